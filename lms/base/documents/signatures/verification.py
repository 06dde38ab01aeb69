"""Looking at a signed file: whole, unchanged, by whom, when, under which authority."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import x509

from lms.base.documents.signatures.fields import AGENCY, ORDER, PERSON
from lms.base.documents.signatures.findings import Code, Finding
from lms.base.documents.signatures.loops import apart
from lms.base.documents.signatures.opening import MOST_SIGNATURES, Unreadable, opened

CLOCKS_DIFFER = timedelta(minutes=5)
SHA2 = bytes.fromhex(
    "06096086480165030402"
)  # the object identifiers of SHA-256, -384 and -512 but for their last byte
PLAIN_DIGESTS = {SHA2 + bytes([last]) + parameters for last in (1, 2, 3) for parameters in (b"", b"\x05\x00")}


@dataclass(frozen=True)
class SignatureFound:
    """One signature of a file, as it was read; whether it holds is said by the report's findings."""

    field: str
    signer: str
    organisation: str
    signed_at: datetime | None
    is_stamped: bool  # the time comes from a time stamp authority, not from the signer's own clock
    sha256: str  # of the signature itself: the same in a copy whose other bytes were changed
    signed_bytes: int  # how many bytes of the file stand before its end of what was signed
    certificate: str  # SHA-256 of the signer's certificate
    expires_at: datetime | None = None


@dataclass(frozen=True)
class Report:
    """Everything found in a file."""

    signatures: tuple[SignatureFound, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against the file."""
        return not self.findings

    @property
    def codes(self) -> frozenset[Code]:
        """The kinds of what was found."""
        return frozenset(finding.code for finding in self.findings)

    def of(self, field: str) -> SignatureFound | None:
        """Return the signature in a field."""
        return next((found for found in self.signatures if found.field == field), None)


def verify(
    pdf: bytes,
    *,
    roots: Sequence[x509.Certificate],
    at: datetime,
    expected: Iterable[str] = (),
    crls: Sequence[bytes] = (),
) -> Report:
    """Return what a signed file is worth at an instant that is ours, not the file's.

    `at` is when the file was first known to us: now for one that comes in, the day of the register for one
    of the store. A certificate that expired afterwards takes nothing from it. `expected` names the fields that
    must be signed, in their order. Revocation is asked of `crls` alone: nothing is fetched.
    """
    try:
        reader = opened(pdf)
        return _read(pdf, reader, _Asked(tuple(roots), at, tuple(expected), tuple(crls)))
    except Unreadable as refusal:
        return Report(findings=(Finding(refusal.code),))


def signature_hashes(pdf: bytes) -> list[str]:
    """Return the SHA-256 of each signature in a file, without believing any of it; empty where unreadable."""
    try:
        return [_hash(embedded) for embedded in _embedded(opened(pdf))]
    except Unreadable:
        return []


@dataclass(frozen=True)
class _Asked:
    roots: tuple[x509.Certificate, ...]
    at: datetime
    expected: tuple[str, ...]
    crls: tuple[bytes, ...]


def _read(pdf: bytes, reader: Any, asked: _Asked) -> Report:
    embedded = _embedded(reader)
    if not embedded:
        return Report(findings=(Finding(Code.UNSIGNED),))
    if len(embedded) > MOST_SIGNATURES:
        return Report(findings=(Finding(Code.TOO_MANY),))
    found: list[SignatureFound] = []
    findings: list[Finding] = []
    for place, signature in enumerate(embedded):
        one, against = _judged(pdf, signature, asked, is_last=place == len(embedded) - 1)
        found += [one] if one else []
        findings += [Finding(code, signature.field_name) for code in against]
    try:
        findings += _of_all(found, reader, asked)
    except Exception:  # as above: the fields are the file's own, too
        findings.append(Finding(Code.DAMAGED))
    return Report(tuple(found), tuple(findings))


def _embedded(reader: Any) -> list[Any]:
    from pyhanko.pdf_utils.misc import PdfDecodeLimitError

    try:
        found = list(reader.embedded_regular_signatures)
    except PdfDecodeLimitError as error:
        raise Unreadable(Code.BOMB) from error
    except Exception as error:  # whatever a hostile structure makes the parser raise
        raise Unreadable(Code.DAMAGED) from error
    return found


def _judged(
    pdf: bytes, embedded: Any, asked: _Asked, *, is_last: bool
) -> tuple[SignatureFound | None, list[Code]]:
    """Return a signature and what speaks against it."""
    from pyhanko.pdf_utils.misc import PdfDecodeLimitError
    from pyhanko.sign.validation.errors import DisallowedAlgorithmError

    try:
        found = _facts(embedded)
        if gap := _gap(pdf, embedded):
            return found, [gap]
        if not _is_plain(embedded):
            return found, [Code.MALFORMED]
        status = _status(embedded, asked)
    except PdfDecodeLimitError:
        return None, [Code.BOMB]
    except DisallowedAlgorithmError:
        return None, [Code.WEAK]
    except Exception:  # a malformed signature makes the reader raise whatever it likes
        return None, [Code.MALFORMED]
    return found, list(_against(status, embedded, found, asked, is_last=is_last))


def _facts(embedded: Any) -> SignatureFound:
    certificate = embedded.signer_cert
    subject = certificate.subject.native
    _zero, _length, start, length = (int(number) for number in embedded.byte_range)
    stamped = _stamped_at(embedded)
    return SignatureFound(
        field=embedded.field_name,
        signer=str(subject.get("common_name", "")) or certificate.subject.human_friendly,
        organisation=str(subject.get("organization_name", "")),
        signed_at=stamped or embedded.self_reported_timestamp,
        is_stamped=stamped is not None,
        sha256=_hash(embedded),
        signed_bytes=start + length,
        certificate=certificate.sha256.hex(),
        expires_at=certificate.not_valid_after,
    )


def _hash(embedded: Any) -> str:
    return hashlib.sha256(embedded.pkcs7_content.rstrip(b"\0")).hexdigest()


def _stamped_at(embedded: Any) -> datetime | None:
    from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

    stamp = next(extract_tst_data_iter(embedded.signer_info, signed=False), None)
    return stamp["encap_content_info"]["content"].parsed["gen_time"].native if stamp is not None else None


def _gap(pdf: bytes, embedded: Any) -> Code | None:
    """Refuse whatever stands between the two signed parts but the signature in plain hexadecimal and zeros.

    Nothing there is signed: other digits, blanks or a second object could hide in it.
    """
    try:
        first, length, start, rest = (int(number) for number in embedded.byte_range)
    except (TypeError, ValueError):
        return Code.MALFORMED
    if first != 0 or length <= 0 or start <= length or rest < 0 or start + rest > len(pdf):
        return Code.MALFORMED
    content = embedded.pkcs7_content
    der = _der_length(content)
    if not 0 < der <= len(content) or content[der:].strip(b"\0") or not _is_filled(content[:der]):
        return Code.GAP
    gap = pdf[length:start]
    wanted = b"<" + content.hex().encode() + b">"
    return None if gap in (wanted, b"<" + content.hex().upper().encode() + b">") else Code.GAP


def _is_plain(embedded: Any) -> bool:
    """Tell whether the parts of the signature that nobody signs say what the signed ones say (RFC 5652)."""
    signed, signer = embedded.signed_data, embedded.signer_info
    method = signer["digest_algorithm"].dump()
    by_issuer = signer["sid"].name == "issuer_and_serial_number"
    wanted = "v1" if by_issuer else "v3"
    issuer = embedded.signer_cert.issuer.dump()
    return (
        (signed["version"].native, signer["version"].native) == (wanted, wanted)
        and [each.dump() for each in signed["digest_algorithms"]] == [method]
        and method[2:] in PLAIN_DIGESTS
        and (not by_issuer or signer["sid"].chosen["issuer"].dump() == issuer)
    )


def _is_filled(der: bytes) -> bool:
    """Tell whether the two parts of a ContentInfo fill it to the last byte: zeros behind them are not its own."""
    start = len(der) - _inner_length(der)
    first = _der_length(der[start:])
    return first > 0 and start + first + _der_length(der[start + first :]) == len(der)


def _der_length(content: bytes) -> int:
    """Return how long a DER value is with its head; 0 where it is none."""
    inner = _inner_length(content)
    width = content[1] & 0x7F if len(content) > 1 and content[1] >= 0x80 else 0
    return 2 + width + inner if inner else 0


def _inner_length(content: bytes) -> int:
    if len(content) < 2 or content[1] < 0x80:
        return content[1] if len(content) > 1 else 0
    width = content[1] & 0x7F
    return int.from_bytes(content[2 : 2 + width], "big") if 0 < width <= 4 else 0


def _status(embedded: Any, asked: _Asked) -> Any:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(
        trust_roots=list(asked.roots),
        moment=asked.at,
        allow_fetching=False,
        crls=list(asked.crls),
        revocation_mode="soft-fail",
    )
    return apart(lambda: validate_pdf_signature(embedded, signer_validation_context=context))


def _against(
    status: Any, embedded: Any, found: SignatureFound, asked: _Asked, *, is_last: bool
) -> Iterator[Code]:
    if not status.intact:
        yield Code.CHANGED
        return
    if not status.valid:
        yield Code.FORGED
        return
    yield from _coverage(status, embedded, is_last=is_last)
    yield from _signer(status, embedded, found, asked)
    yield from _time(status, embedded, found, asked)


def _coverage(status: Any, embedded: Any, *, is_last: bool) -> Iterator[Code]:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        yield Code.NOT_COVERED
    elif status.coverage == SignatureCoverageLevel.ENTIRE_REVISION:
        level = status.modification_level
        if level is None or level > ModificationLevel.FORM_FILLING or status.docmdp_ok is False:
            yield Code.MODIFIED
        elif is_last and not _only_archived(embedded):
            yield Code.APPENDED


def _only_archived(embedded: Any) -> bool:
    """Tell whether nothing but proofs of validity (DSS, document time stamps) follows the last signature."""
    from pyhanko.sign import diff_analysis as diff

    if embedded.signed_revision == embedded.reader.xrefs.total_revisions - 1:
        return False  # no update at all, and yet there are bytes

    lasting = diff.ModificationLevel.LTA_UPDATES
    rules = [diff.XrefStreamRule(), diff.ObjectStreamRule(), diff.DSSCompareRule()]
    policy = diff.StandardDiffPolicy(
        global_rules=[diff.CatalogModificationRule(), *(rule.as_qualified(lasting) for rule in rules)],
        form_rule=diff.FormUpdatingRule([diff.SigFieldCreationRule(), diff.SigFieldModificationRule()]),
    )
    result = embedded.evaluate_modifications(policy)
    return isinstance(result, diff.DiffResult) and result.modification_level <= lasting


def _signer(status: Any, embedded: Any, found: SignatureFound, asked: _Asked) -> Iterator[Code]:
    from pyhanko.sign.ades.report import AdESIndeterminate

    problem = status.trust_problem_indic
    if status.revoked:
        yield Code.REVOKED
    elif not asked.roots:
        yield Code.NO_ROOTS
    elif not status.trusted:
        named = {
            AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: Code.EXPIRED,
            AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: Code.EXPIRED,
            AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: Code.WRONG_USE,
        }
        is_alone = embedded.signer_cert.issuer == embedded.signer_cert.subject
        yield Code.SELF_SIGNED if is_alone else named.get(problem, Code.UNTRUSTED)


def _time(status: Any, embedded: Any, found: SignatureFound, asked: _Asked) -> Iterator[Code]:
    stamp = status.timestamp_validity
    if stamp is not None and not (stamp.valid and stamp.intact and stamp.trusted):
        yield Code.STAMP
    if found.signed_at is None:
        yield Code.NO_TIME
        return
    if found.signed_at > asked.at + CLOCKS_DIFFER:
        yield Code.FUTURE
    certificate = embedded.signer_cert
    if status.trusted and not certificate.not_valid_before <= found.signed_at <= certificate.not_valid_after:
        yield Code.EXPIRED


def _of_all(found: list[SignatureFound], reader: Any, asked: _Asked) -> Iterator[Finding]:
    """Yield what speaks against the signatures as a set: places, order, one key for two."""
    names = [one.field for one in found]
    if asked.expected:
        yield from (Finding(Code.MISSING, name) for name in asked.expected if name not in names)
    allowed = set(asked.expected) | set(ORDER)
    yield from (Finding(Code.UNKNOWN_FIELD, name) for name in _all_fields(reader) if name not in allowed)
    person, agency = (next((one for one in found if one.field == name), None) for name in (PERSON, AGENCY))
    if person and agency:
        if agency.signed_bytes < person.signed_bytes:
            yield Finding(Code.WRONG_ORDER)
        if agency.certificate == person.certificate:
            yield Finding(Code.SAME_SIGNER)


def _all_fields(reader: Any) -> list[str]:
    from pyhanko.sign.fields import enumerate_sig_fields

    stamps = {stamp.field_name for stamp in reader.embedded_timestamp_signatures}
    return [name for name, _value, _reference in enumerate_sig_fields(reader) if name not in stamps]
