"""One certificate with everything that proves it, as a bundle."""

from __future__ import annotations

from django.utils import timezone

from certificates.actions import file_content
from certificates.credentials import status_list
from certificates.models import Certificate, Credential
from lms.base.bundle import Part, packed
from lms.base.bundle.packing import json_part
from lms.base.bundle.places import audit_parts
from lms.base.dates import today
from lms.base.documents import signatures


def certificate_bundle(certificate: Certificate) -> bytes:
    """Return the bundle: file, facts with their evidence manifest, credential, status list, audit events, roots."""
    credential = Credential.objects.filter(certificate=certificate).first()
    parts = [
        Part("certificate.pdf", "document", file_content(certificate)),
        json_part("facts.json", "facts", certificate.facts),
        *audit_parts([(certificate._meta.label, str(certificate.pk))]),
        Part("roots.pem", "roots", _roots()),
    ]
    if credential:
        parts.append(Part("credential.jwt", "credential", credential.text.encode()))
        parts.append(Part("status.jwt", "status", _status(credential.list_number).encode()))
    return packed(
        kind="certificate",
        subject=certificate.serial,
        parts=parts,
        at=timezone.now(),
        expected={
            "facts_sha256": certificate.facts_sha256,
            "file_sha256": certificate.file_sha256,
            "signatures": certificate.signatures.count(),
            "credential": certificate.facts["address"],
            "standing": certificate.standing.value,
        },
    )


def _roots() -> bytes:
    from asn1crypto import pem

    return b"".join(pem.armor("CERTIFICATE", root.dump()) for root in signatures.trust_roots())


def _status(number: int) -> str:
    gone = Credential.objects.filter(list_number=number).withdrawn(today())
    return status_list(number, gone.values_list("list_index", flat=True), at=timezone.now())
