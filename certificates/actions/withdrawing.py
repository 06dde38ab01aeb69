"""Annulling a number, and withdrawing a certificate that was given out."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates import points
from certificates.models import Certificate, Spoilt
from certificates.rules import may_revoke, refuse_second_person
from courses.actions import revoke_completion
from courses.models import Revocation
from lms.base.actions import Actor, record_event
from lms.people.models import Person


class RegisterRefused(Exception):
    """The book does not take this, and the sentence says why."""


def spoil(*, certificate: Certificate, reason: str, by: Actor | None) -> Spoilt:
    """Annul a number: it stays in the book with its reason, and is never given again. Raises RegisterRefused.

    The completion, where it still stands, earns a certificate under a new number.
    """
    if not reason.strip():
        raise RegisterRefused(_("An annulled number needs a reason."))
    with transaction.atomic():
        before = certificate.state
        if not Certificate.objects.filter(pk=certificate.pk).step("spoil"):
            raise RegisterRefused(_("This number was annulled or replaced before."))
        certificate.moved("spoil")
        points.reached("spoil.stepped")
        spoilt = Spoilt.objects.create(
            certificate=certificate,
            reason=reason.strip(),
            spoilt_at=timezone.now(),
            by_id=by.pk if by else None,
            by_name=by.audit_name if by else "",
        )
        record_event(
            by=by,
            action="certificates.spoil",
            target=certificate,
            old={"state": before},
            new={"state": certificate.state},
            reason=spoilt.reason,
        )
    points.reached("spoil.committed")
    return spoilt


@transaction.atomic
def revoke(
    *,
    certificate: Certificate,
    mode: str,
    on: date,
    reason: str,
    by: Person,
    confirmed_by: Person,
) -> Revocation:
    """Withdraw a certificate by withdrawing its completion. Raises PermissionDenied, or Refused of courses.

    `confirmed_by` is the second person (rule of two): pages go through `second_person.propose_withdrawal`.
    """
    if not may_revoke(by, certificate):
        raise PermissionDenied(_("Only the agency that issued a certificate may withdraw it."))
    if sentence := refuse_second_person(by, confirmed_by, certificate):
        raise PermissionDenied(sentence)
    revocation = revoke_completion(completion=certificate.completion, mode=mode, on=on, reason=reason, by=by)
    record_event(
        by=by,
        action="certificates.revoke",
        target=certificate,
        new={"mode": mode, "on": on, "confirmed_by": confirmed_by.pk},
        reason=reason.strip(),
    )
    return revocation
