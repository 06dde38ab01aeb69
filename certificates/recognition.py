"""Whose certificate a file is or once was, whatever was done to it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from certificates.models import Certificate, FileSignature
from lms.base.documents import signatures
from lms.base.documents.signatures import Code, Finding

END = re.compile(rb"%%EOF[ \t]*(?:\r\n|\r|\n)?")
MOST_ENDS = 12


@dataclass(frozen=True)
class Recognised:
    """A certificate that a file comes from, and what speaks against the file; nothing where it is the very file."""

    certificate: Certificate | None = None
    findings: tuple[Finding, ...] = ()


def recognised(pdf: bytes) -> Recognised:
    """Return the certificate by the file's hash; else by a signature it bears, else by how it begins."""
    shown = Certificate.objects.shown().with_standing()
    if same := shown.filter(file_sha256=hashlib.sha256(pdf).hexdigest()).first():
        return Recognised(same)
    try:
        signatures.refuse_bytes(pdf)
    except signatures.Unreadable as refusal:
        return Recognised(findings=(Finding(refusal.code),))
    if begun := shown.filter(file_sha256__in=_beginnings(pdf)).first():
        return Recognised(begun, (Finding(Code.APPENDED),))
    return _by_signature(pdf)


def _by_signature(pdf: bytes) -> Recognised:
    """Look the signatures up that the file bears, without believing them."""
    hashes = signatures.signature_hashes(pdf)
    known = FileSignature.objects.filter(sha256__in=hashes).order_by("-pk").first() if hashes else None
    if known is None:
        return Recognised()
    certificate = Certificate.objects.shown().with_standing().filter(pk=known.certificate_id).first()
    if certificate is None:
        return Recognised()
    report = signatures.verify(pdf, roots=signatures.trust_roots(), at=known.known_at)
    against = tuple(finding for finding in report.findings if finding.code != Code.NO_ROOTS)
    return Recognised(certificate, against or (Finding(Code.CHANGED),))


def _beginnings(pdf: bytes) -> list[str]:
    """Return the hashes of the file cut off after each of its last dozen ends but the very last byte."""
    ends = [match.end() for match in END.finditer(pdf)][-MOST_ENDS:]
    return [hashlib.sha256(pdf[:end]).hexdigest() for end in ends if end < len(pdf)]
