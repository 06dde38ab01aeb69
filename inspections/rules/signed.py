"""The file of a numbered document as it stands: who signed it, and whether that still holds."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models.fields.files import FieldFile

from inspections.models import CaseDocument, PaperSignature
from lms.base.documents import signatures
from lms.base.vietnamese import fold, nfc, spelling

# A name of so many signs may be one that was cut, at 64 signs or 64 bytes; no person is called so.
CUT_NAME = 45


@dataclass(frozen=True)
class SignatureLine:
    """One signature as a page shows it: `against` says what speaks against it, nothing where it holds."""

    row: PaperSignature
    expires_at: datetime | None
    against: tuple[str, ...]


def latest_file(document: CaseDocument) -> tuple[FieldFile, str]:
    """Return the document's file with every signature taken so far, and the hash it was kept with."""
    last = max(document.signatures.all(), key=lambda row: row.pk, default=None)
    return (last.pdf, last.file_sha256) if last else (document.pdf, document.sha256)


def is_whole(file: FieldFile, sha256: str) -> bool:
    """Tell whether the store still holds the very bytes that were kept."""
    try:
        with file.open("rb") as stored:
            return hashlib.sha256(stored.read()).hexdigest() == sha256
    except FileNotFoundError:
        return False


def signature_lines(document: CaseDocument) -> list[SignatureLine]:
    """Return each signature of the document, read anew from its file.

    Asked at the moment it was taken: a certificate that expired afterwards takes nothing from it.
    """
    rows = list(document.signatures.all())
    if not rows:
        return []
    report = _report(document, rows)
    return [_line(row, report) for row in rows]


def _report(document: CaseDocument, rows: list[PaperSignature]) -> signatures.Report:
    file, _sha256 = latest_file(document)
    try:
        with file.open("rb") as stored:
            content = stored.read()
    except FileNotFoundError:
        return signatures.Report(findings=(signatures.Finding(signatures.Code.DAMAGED),))
    try:
        roots = signatures.trust_roots()
    except signatures.KeyMissing:
        roots = ()
    expected = [row.field for row in rows]
    return signatures.verify(content, roots=roots, at=rows[-1].known_at, expected=expected)


def _line(row: PaperSignature, report: signatures.Report) -> SignatureLine:
    found = report.of(row.field)
    against = [str(one.code.label) for one in report.findings if one.field in ("", row.field)]
    if found is not None and found.sha256 != row.sha256:
        against.append(str(signatures.Code.CHANGED.label))
    return SignatureLine(row, found.expires_at if found else None, tuple(dict.fromkeys(against)))


def is_named(found: signatures.SignatureFound, name: str) -> bool:
    """Tell whether a certificate was given to this name, word by word; it may say more around it.

    Accents are forgiven a certificate that has none; case, the place of a tone and the committees' short form every one.
    A certificate has room for 64 signs (X.520): a longer name of an agency is cut in it.
    The organisation in it is not asked: a person's certificate names the agency there.
    """
    signer, wanted = _words(found.signer), _words(name)
    if signer == fold(signer):
        wanted = fold(wanted)
    if len(signer) >= CUT_NAME and _spelling(wanted).startswith(_spelling(signer).rstrip()):
        return True
    return bool(wanted) and _spelling(wanted) in _spelling(signer)


def _words(name: str) -> str:
    return " ".join(re.findall(r"\w+", nfc(name).casefold()))


def _spelling(words: str) -> str:
    committee = "uy ban nhan dan" if words == fold(words) else "ủy ban nhân dân"
    return f" {spelling(words.replace('ubnd', committee))} "
