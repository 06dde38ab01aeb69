"""Who comes into the portal for a subject: invited by the team, one link and one code, revocable (Điều 9)."""

from __future__ import annotations

import hmac
import re
import secrets
import uuid as uuids
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from inspections.actions.findings import TEAM, case_in_hand
from inspections.actions.gate import need_reason
from inspections.models import (
    InspectedSubject,
    Minutes,
    PartyAccess,
    PartyAttempt,
    PartySession,
    ShownMinutes,
)
from inspections.states import OPEN_TO_PARTIES
from lms.base.actions import enqueue, record_event
from lms.base.vietnamese import nfc
from lms.people.models import Person
from lms.people.sign_in.sealing import code_digest, new_code, seal

MAIL = "inspections.party_mail"
LINK_VALID, CODE_BY_MAIL_VALID, SESSION_VALID = timedelta(days=14), timedelta(minutes=15), timedelta(hours=8)
# Within a quarter of an hour: wrong codes for one contact, from one address; codes asked for.
WINDOW, WRONG_OF_CONTACT, WRONG_OF_ADDRESS = timedelta(minutes=15), 5, 30
ASKED_OF_CONTACT, ASKED_OF_ADDRESS = 3, 30
KEPT = timedelta(days=1)
Kind = PartyAttempt.Kind


@dataclass(frozen=True)
class Invited:
    """An access with the link and the code that are shown once and kept nowhere."""

    access: PartyAccess
    token: str = ""
    code: str = ""


class TooOften(Exception):
    """Too many wrong codes, or too many codes asked for."""


@transaction.atomic
def invite_party(
    *,
    by: Person,
    subject: InspectedSubject,
    key: uuids.UUID,
    name: str,
    title: str = "",
    email: str = "",
    phone: str = "",
    personal_number: str = "",
) -> Invited:
    """Invite one person of a subject: the link goes by e-mail where there is one, the code is told another way.

    The same key again changes nothing and shows nothing.
    """
    case = case_in_hand(subject.inspection, by, TEAM)
    if not case.is_run_here or case.status not in OPEN_TO_PARTIES:
        raise ValidationError(
            _("A party is invited after the announcement, while its case is not cancelled.")
        )
    stored = PartyAccess.objects.filter(key=key, subject=subject).first()
    if stored is not None:
        return Invited(stored)
    token, code = secrets.token_urlsafe(32), new_code()
    until = timezone.now() + LINK_VALID
    access = PartyAccess(
        key=key,
        subject=subject,
        name=nfc(" ".join(name.split())),
        title=nfc(" ".join(title.split())),
        email=plain_contact(email),
        phone=plain_contact(phone),
        personal_number=personal_number.strip(),
        link_digest=digest_of(token),
        link_until=until,
        code_digest=code_digest(code),
        code_until=until,
        invited_by=by,
    )
    access.full_clean()
    access.save()
    record_event(by=by, action="inspections.invite_party", target=case, new=_said(access))
    if access.email:
        _mail(access, "link", token)
    return Invited(access, token, code)


@transaction.atomic
def renew_code(*, by: Person, access: PartyAccess) -> Invited:
    """Give a new code to tell by phone, and a new link where the person has not come in yet."""
    case = case_in_hand(access.subject.inspection, by, TEAM)
    held = _locked(access)
    if held.is_revoked or case.status not in OPEN_TO_PARTIES:
        raise ValidationError(_("This access was revoked: invite the person anew."))
    token, code = "", new_code()
    held.code_digest, held.code_until = code_digest(code), timezone.now() + LINK_VALID
    if held.opened_at is None:
        token = secrets.token_urlsafe(32)
        held.link_digest, held.link_until = digest_of(token), held.code_until
    held.save()
    record_event(by=by, action="inspections.renew_party_code", target=case, new=_said(held))
    if token and held.email:
        _mail(held, "link", token)
    return Invited(held, token, code)


@transaction.atomic
def revoke_party(*, by: Person, access: PartyAccess, reason: str) -> PartyAccess:
    """Take an access back: its sessions end at once."""
    case = case_in_hand(access.subject.inspection, by, TEAM)
    held = _locked(access)
    if held.is_revoked:
        raise ValidationError(_("This access was revoked already."))
    held.revoked_because = need_reason(reason)
    held.revoked_at, held.revoked_by = timezone.now(), by
    held.code_digest, held.code_until = "", None
    held.save()
    record_event(
        by=by, action="inspections.revoke_party", target=case, new=_said(held), reason=held.revoked_because
    )
    return held


@transaction.atomic
def show_minutes(*, by: Person, subject: InspectedSubject) -> ShownMinutes:
    """Let the subject read its minutes before they are locked, to have its opinion (Điều 15.3.a)."""
    case = case_in_hand(subject.inspection, by, TEAM)
    minutes = Minutes.objects.filter(subject=subject).first()
    if minutes is None:
        raise ValidationError(_("Write the minutes first."))
    row, created = ShownMinutes.objects.get_or_create(minutes=minutes, defaults={"shown_by": by})
    if created:
        record_event(by=by, action="inspections.show_minutes", target=case, new={"subject": str(subject)})
    return row


# What follows is asked by somebody we do not know yet.


def ask_code(*, contact: str, address: str | None) -> None:
    """Send a code by e-mail to whom the contact means; of an unknown contact nothing is said and nothing is sent.

    Raises TooOften for an address that asks for many; a contact asked for often gets no more for a while.
    """
    plain = plain_contact(contact)
    with transaction.atomic():
        asked = _attempts(Kind.ASKED)
        if asked.filter(address=address).count() >= ASKED_OF_ADDRESS:
            raise TooOften
        spare = asked.filter(contact_digest=digest_of(plain)).count() < ASKED_OF_CONTACT
        _note(Kind.ASKED, plain, address)
        if not spare:
            return
        for access in (
            PartyAccess.objects.in_force().named(plain).exclude(email="").select_for_update(of=("self",))
        ):
            code = new_code()
            access.code_digest, access.code_until = code_digest(code), timezone.now() + CODE_BY_MAIL_VALID
            access.save(update_fields=["code_digest", "code_until"])
            _mail(access, "code", code)


def access_of_link(token: str) -> PartyAccess | None:
    """Return whom a link in force means; None for one used, expired, revoked or invented."""
    rows = PartyAccess.objects.in_force().filter(link_digest=digest_of(token), opened_at=None)
    return rows.filter(link_until__gt=timezone.now()).select_related("subject__inspection").first()


def open_link(*, token: str, code: str, address: str | None) -> tuple[PartyAccess, str] | None:
    """Open an invitation by its link and code; return the access with the cookie of its session, None for a wrong code."""
    access = access_of_link(token)
    return _come_in([access] if access else [], f"link:{token}", code, address)


def come_in(*, contact: str, code: str, address: str | None) -> tuple[PartyAccess, str] | None:
    """Sign in by contact and code; None for whatever is wrong, always the same. Raises TooOften."""
    plain = plain_contact(contact)
    rows = PartyAccess.objects.in_force().named(plain).select_related("subject__inspection")
    return _come_in(list(rows), plain, code, address)


def _come_in(
    rows: list[PartyAccess], contact: str, code: str, address: str | None
) -> tuple[PartyAccess, str] | None:
    wrong = _attempts(Kind.WRONG)
    if (
        wrong.filter(contact_digest=digest_of(contact)).count() >= WRONG_OF_CONTACT
        or wrong.filter(address=address).count() >= WRONG_OF_ADDRESS
    ):
        raise TooOften
    given = code_digest(code)
    found = next((row for row in rows if _is_code(row, given)), None)
    with transaction.atomic():
        opened = _open_session(found, given) if found else None
        if opened is None:
            _note(Kind.WRONG, contact, address)
    return opened


def _is_code(access: PartyAccess, given: str) -> bool:
    """Tell whether this is the access's code, in the time any code takes."""
    same = hmac.compare_digest(access.code_digest or "-" * 64, given)
    return same and access.code_until is not None and timezone.now() < access.code_until


def _open_session(access: PartyAccess, given: str) -> tuple[PartyAccess, str] | None:
    """Use the code up and begin a session; of two who type it at once one comes in."""
    held = _locked(access)
    if held.is_revoked or not _is_code(held, given):
        return None
    now, token = timezone.now(), secrets.token_urlsafe(32)
    held.code_digest, held.code_until = "", None
    held.opened_at = held.opened_at or now
    held.save()
    PartySession.objects.create(
        access=held, token_digest=digest_of(token), seen_at=now, ends_at=now + SESSION_VALID
    )
    case = held.subject.inspection
    record_event(
        by=held.actor, action="inspections.party_signed_in", target=case, new={"subject": str(held.subject)}
    )
    return held, token


@transaction.atomic
def leave(*, session: PartySession) -> None:
    """End a session."""
    access = session.access
    PartySession.objects.filter(pk=session.pk).update(ends_at=timezone.now())
    record_event(by=access.actor, action="inspections.party_signed_out", target=access.subject.inspection)


def _locked(access: PartyAccess) -> PartyAccess:
    rows = PartyAccess.objects.select_for_update(of=("self",)).select_related("subject__inspection")
    return rows.get(pk=access.pk)


def _attempts(kind: str) -> QuerySet[PartyAttempt]:
    return PartyAttempt.objects.filter(kind=kind, at__gt=timezone.now() - WINDOW)


def _note(kind: str, contact: str, address: str | None) -> None:
    PartyAttempt.objects.filter(at__lt=timezone.now() - KEPT).delete()
    PartyAttempt.objects.create(kind=kind, contact_digest=digest_of(contact), address=address)


def _mail(access: PartyAccess, what: str, secret: str) -> None:
    """Promise a message; its secret waits sealed."""
    payload = {"access": access.pk, "what": what, "sealed": seal(secret.encode()).decode()}
    enqueue(kind=MAIL, key=str(uuids.uuid4()), payload=payload)


def _said(access: PartyAccess) -> dict[str, str]:
    return {"subject": str(access.subject), "name": str(access)}


def plain_contact(text: str) -> str:
    """Return an e-mail or a number in the one form it is stored and asked in.

    >>> plain_contact(" +84 909.123-456 "), plain_contact("An@Vi.Du")
    ('0909123456', 'an@vi.du')
    """
    text = nfc(text).strip()
    if "@" in text:
        return text.casefold()
    digits = re.sub(r"[\s.\-()]", "", text)
    return re.sub(r"^(\+84|0084)", "0", digits)


def digest_of(text: str) -> str:
    """Return what is kept of a random token or of a contact somebody typed."""
    return salted_hmac("inspections.party", text, algorithm="sha256").hexdigest()
