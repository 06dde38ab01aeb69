"""Signing a certificate's file: by our own key in the issuing job, or outside and brought back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates import points
from certificates.actions.freezing import NotIssued, paper_of
from certificates.actions.steps import store_file, take_step
from certificates.documents import Paper, boxes_of
from certificates.models import Certificate, FileSignature
from certificates.states import State
from lms.base.actions import Actor, record_event
from lms.base.documents import signatures

NONE, KEY, OUTSIDE = "none", "key", "outside"
REASON = "Cấp giấy chứng nhận"  # in the file: Vietnamese whatever language the worker speaks


class WaitsForSignature(NotIssued):
    """A certificate cannot be given out before it is signed, and the sentence says what the operator can do."""


class SignatureRefused(Exception):
    """A file signed outside is not taken, and the sentences say why."""

    def __init__(self, report: signatures.Report) -> None:
        super().__init__(" ".join(str(finding) for finding in report.findings))
        self.report = report


def with_places(pdf: bytes, paper: Paper) -> bytes:
    """Return the printed file with places for the signatures, where it will be signed outside."""
    return signatures.reserve(pdf, places(paper)) if settings.SIGNING_CERTIFICATES == OUTSIDE else pdf


def places(paper: Paper) -> list[signatures.Field]:
    """Return where the person signs (between post and name) and where the agency does, to the person's left."""
    person, agency = boxes_of(paper)
    return [
        signatures.Field(signatures.PERSON, person, label="Người ký"),
        signatures.Field(signatures.AGENCY, agency, label="Cơ quan"),
    ]


def sign(*, certificate: Certificate, by: Actor | None) -> Certificate:
    """Sign the file where it is to be signed; done again, nothing more happens. Raises WaitsForSignature."""
    if settings.SIGNING_CERTIFICATES == NONE or certificate.state != State.RENDERED:
        return certificate
    if settings.SIGNING_CERTIFICATES == OUTSIDE:
        raise WaitsForSignature(
            _("Certificate %(serial)s waits for its signature: give its file out, and bring it back signed.")
            % {"serial": certificate.serial}
        )
    try:
        content = _signed_by_us(certificate)
    except signatures.KeyMissing as missing:
        raise WaitsForSignature(
            _("Certificate %(serial)s waits for its signature. %(why)s")
            % {"serial": certificate.serial, "why": missing}
        ) from missing
    points.reached("sign.signed")
    _take(certificate, content, signatures.verify(content, roots=(), at=timezone.now()), by)
    points.reached("sign.committed")
    return certificate


def take_signed(*, certificate: Certificate, content: bytes, by: Actor) -> Certificate:
    """Take a file that was signed outside. Raises SignatureRefused with every reason."""
    if certificate.state != State.RENDERED:
        raise SignatureRefused(signatures.Report(findings=(signatures.Finding(signatures.Code.ALREADY),)))
    report = signatures.brought_back(
        content,
        given_out=file_content(certificate),
        roots=signatures.trust_roots(),
        at=timezone.now(),
        expected=signatures.ORDER,
    )
    if not report.holds:
        raise SignatureRefused(report)
    _take(certificate, content, report, by)
    return certificate


def file_content(certificate: Certificate) -> bytes:
    """Return the stored file."""
    with storages["private"].open(certificate.file_name) as file:
        content: bytes = file.read()
    return content


def _signed_by_us(certificate: Certificate) -> bytes:
    key, content = signatures.signing_key(), file_content(certificate)
    appearance = signatures.Appearance(key.subject, certificate.issuer_name, timezone.now())
    return signatures.sign(
        content,
        key=key,
        field=places(paper_of(certificate))[0],
        appearance=appearance,
        reason=REASON,
        location=certificate.place_name,
    )


def _take(certificate: Certificate, content: bytes, report: signatures.Report, by: Actor | None) -> None:
    """Store the signed file and its signatures. Where another worker did so before, this one's file goes again."""
    file, unsigned = store_file(certificate, content), certificate.file_name
    with transaction.atomic():
        taken = take_step(certificate, "sign", **file)
        if taken:
            points.reached("sign.stepped")
            for found in report.signatures:
                FileSignature.objects.create(
                    certificate=certificate, known_at=timezone.now(), **_columns(found)
                )
            record_event(
                by=by, action="certificates.sign", target=certificate, new=_told(certificate, report)
            )
    # The signed file begins with every byte of the unsigned one.
    storages["private"].delete(unsigned if taken else file["file_name"])


def _columns(found: signatures.SignatureFound) -> dict[str, Any]:
    return {
        "field": found.field,
        "signer": found.signer[:250],
        "organisation": found.organisation[:250],
        "signed_at": found.signed_at or timezone.now(),
        "is_stamped": found.is_stamped,
        "sha256": found.sha256,
        "key_sha256": found.certificate,
    }


def _told(certificate: Certificate, report: signatures.Report) -> dict[str, Any]:
    return {
        "number": certificate.serial,
        "file_sha256": certificate.file_sha256,
        "signed_by": [found.signer for found in report.signatures],
    }
