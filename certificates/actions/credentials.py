"""Making the digital credential of a certificate that is given out."""

from __future__ import annotations

import hashlib
import secrets

from django.utils import timezone

from certificates.credentials import LIST_LENGTH, badge_of
from certificates.models import Certificate, Credential

TRIES = 20


def make_credential(*, certificate: Certificate) -> Credential:
    """Make the credential in the caller's transaction; asked again, return the one there is."""
    if earlier := Credential.objects.filter(certificate=certificate).first():
        return earlier
    place = _free_place()
    badge = badge_of(
        certificate.facts,
        agency_id=certificate.issuer_id,
        facts_sha256=certificate.facts_sha256,
        file_sha256=certificate.file_sha256,
        place=place,
    )
    return Credential.objects.create(
        certificate=certificate,
        text=badge.text,
        sha256=hashlib.sha256(badge.text.encode()).hexdigest(),
        key=badge.key,
        made_at=timezone.now(),
        list_number=place[0],
        list_index=place[1],
    )


def _free_place() -> tuple[int, int]:
    """Return a list and a random place in it that is free: the order of places must not tell the order of issue.

    Where so many tries meet a taken place the list is nearly full, and the next one is begun.
    """
    number = Credential.objects.order_by("-list_number").values_list("list_number", flat=True).first() or 1
    for _try in range(TRIES):
        index = secrets.randbelow(LIST_LENGTH)
        if not Credential.objects.filter(list_number=number, list_index=index).exists():
            return number, index
    return number + 1, secrets.randbelow(LIST_LENGTH)
