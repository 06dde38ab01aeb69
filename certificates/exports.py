"""The register as a file: the columns of the book "Sổ cấp giấy chứng nhận"."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from certificates.models import Certificate
from certificates.states import Standing, State
from lms.base.dates import local_date


def register_headers() -> list[str]:
    """Return the columns of the book."""
    return [
        _("No."),
        _("Number in the register"),
        _("Serial number"),
        _("Full name"),
        _("Date of birth"),
        _("Agency"),
        _("Course code"),
        _("Course"),
        _("Periods"),
        _("Issued on"),
        _("Issued by"),
        _("Signed for by"),
        _("Notes"),
    ]


def register_rows(certificates: Iterable[Certificate]) -> Iterator[list[Any]]:
    """Yield the rows of the book, in the order given; the column for signing stays empty."""
    for place, certificate in enumerate(certificates, start=1):
        yield [
            place,
            certificate.register_number,
            certificate.serial,
            certificate.person_name,
            certificate.birth_date,
            certificate.agency_name,
            certificate.course_code,
            certificate.course_name,
            certificate.hours,
            certificate.issued_on,
            certificate.issuer_name,
            "",
            note_of(certificate),
        ]


def note_of(certificate: Certificate) -> str:
    """Return what the book notes of a number: annulled, replaced, replacing, withdrawn."""
    return "; ".join(part for part in (_made_note(certificate), _standing_note(certificate)) if part)


def _made_note(certificate: Certificate) -> str:
    if certificate.replaces is None:
        return ""
    facts = {"serial": certificate.replaces.serial, "reason": certificate.reissue_reason}
    return _("Issued in the place of %(serial)s: %(reason)s") % facts


def _standing_note(certificate: Certificate) -> str:
    if certificate.state == State.SPOILT:
        spoilt = certificate.spoilt
        return f"{Standing.SPOILT.label}, {local_date(spoilt.spoilt_at):%d/%m/%Y}: {spoilt.reason}"
    if certificate.replaced_by is not None:
        return _("Replaced by %(serial)s") % {"serial": certificate.replaced_by.serial}
    revocation = certificate.revocation
    if revocation is None:
        return ""
    standing = Standing.VOID if revocation.mode == "ab_initio" else Standing.ENDED
    return f"{standing.label}, {revocation.on:%d/%m/%Y}: {revocation.reason}"
