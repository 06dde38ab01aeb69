"""The register as a file: the columns of the book "Sổ cấp giấy chứng nhận"."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from certificates.models import Certificate
from certificates.states import Standing


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
            _note(certificate),
        ]


def _note(certificate: Certificate) -> str:
    revocation = certificate.revocation
    if revocation is None:
        return ""
    standing = Standing.VOID if revocation.mode == "ab_initio" else Standing.ENDED
    return f"{standing.label}, {revocation.on:%d/%m/%Y}: {revocation.reason}"
