"""A new certificate in the place of one that was printed wrongly: a new row that points to the old."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.actions.freezing import frozen_columns
from certificates.actions.issuing import finish, locked_counter, write_numbered
from certificates.actions.signing import WaitsForSignature
from certificates.actions.withdrawing import RegisterRefused, spoil
from certificates.models import Certificate, Spoilt
from certificates.rules import may_revoke, refuse_second_person
from certificates.states import MAKING, State
from lms.base.actions import record_event
from lms.people.models import Person


def reissue(*, certificate: Certificate, reason: str, by: Person, confirmed_by: Person) -> Certificate:
    """Number a new certificate with what the person's record says today, and give it out in the old one's place.

    The old number stays in the book as replaced. Raises PermissionDenied, RegisterRefused or NotIssued.
    """
    _refuse_strangers(certificate, by, confirmed_by)
    if not reason.strip():
        raise RegisterRefused(_("A new issue needs a reason."))
    with transaction.atomic():
        fresh = _numbered_again(certificate, reason.strip(), by)
        record_event(
            by=by,
            action="certificates.reissue",
            target=certificate,
            old={"number": certificate.serial, "name": certificate.person_name},
            new={"number": fresh.serial, "name": fresh.person_name, "confirmed_by": confirmed_by.pk},
            reason=reason.strip(),
        )
    try:
        return finish(certificate=fresh, by=by)
    except WaitsForSignature:
        return fresh  # numbered and printed; the old one stands until the signed file is brought back


def annul(*, certificate: Certificate, reason: str, by: Person, confirmed_by: Person) -> Spoilt:
    """Annul the number of a certificate that was given out. Raises PermissionDenied or RegisterRefused."""
    _refuse_strangers(certificate, by, confirmed_by)
    return spoil(certificate=certificate, reason=reason, by=by)


def refuse_reissue(certificate: Certificate) -> str:
    """Say why there can be no new issue; empty where nothing speaks against it."""
    if certificate.state != State.ISSUED:
        return _("This number was annulled or replaced before.")
    if certificate.revocation is not None:
        return _("This certificate was withdrawn; there is nothing to issue anew.")
    if Certificate.objects.filter(completion=certificate.completion_id, state__in=MAKING).exists():
        return _("A new certificate is being made already.")
    return ""


def _refuse_strangers(certificate: Certificate, by: Person, confirmed_by: Person) -> None:
    if not may_revoke(by, certificate):
        raise PermissionDenied(_("Only the agency that issued a certificate may do this."))
    if sentence := refuse_second_person(by, confirmed_by, certificate):
        raise PermissionDenied(sentence)


def _numbered_again(certificate: Certificate, reason: str, by: Person) -> Certificate:
    held = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if sentence := refuse_reissue(held):
        raise RegisterRefused(sentence)
    columns = frozen_columns(held.completion, timezone.now())
    # The completion keeps the name of its day; the new paper bears the corrected one.
    columns["person_name"] = held.completion.person.canonical.full_name
    counter = locked_counter(columns["issuer_id"], columns["issued_on"].year)
    fresh = Certificate(completion=held.completion, replaces=held, reissue_reason=reason, **columns)
    return write_numbered(fresh, counter, by)
