"""A document signed in the agency's own tool and brought back: it must be ours, with signatures added and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from asn1crypto import x509

from lms.base.documents.signatures.findings import Code, Finding
from lms.base.documents.signatures.opening import Unreadable, refuse_bytes
from lms.base.documents.signatures.verification import Report, verify


def brought_back(
    pdf: bytes,
    *,
    given_out: bytes,
    roots: Sequence[x509.Certificate],
    at: datetime,
    expected: Iterable[str],
    crls: Sequence[bytes] = (),
) -> Report:
    """Return what a signed file is worth that should begin with every byte of the one we gave out.

    A tool that writes the file anew instead of adding to it breaks the proof that the text is ours.
    """
    try:
        refuse_bytes(pdf)
    except Unreadable as refusal:
        return Report(findings=(Finding(refusal.code),))
    if not pdf.startswith(given_out):
        return Report(findings=(Finding(Code.OTHER_FILE),))
    if len(pdf) == len(given_out):
        return Report(findings=(Finding(Code.UNSIGNED),))
    return verify(pdf, roots=roots, at=at, expected=expected, crls=crls)
