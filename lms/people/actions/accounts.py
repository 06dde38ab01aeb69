"""What is done to accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from lms.base.actions import Actor, enqueue, record_event, record_events
from lms.base.models import Job
from lms.people.models import Agency, Invitation, InvitationRun, Person
from lms.people.sign_in.locking import person_key
from lms.people.sign_in.sealing import code_digest, new_code

INVITE, ERASE, NOTICE = "people.invite", "people.erase_letters", "people.notice"
VALID_FOR = timedelta(days=14)
KEPT_FOR = timedelta(days=1)


class InvitationSpent(Exception):
    """The code has been used, withdrawn, or is too old."""


@transaction.atomic
def set_password(*, people: Sequence[Person], password: str, by: Actor | None) -> None:
    """Give people one password to sign in with, hashed once for all of them."""
    hashed = make_password(password)
    for person in people:
        person.password = hashed
        person.save(update_fields=["password"])
        record_event(by=by, action="people.set_password", target=person)


@transaction.atomic
def change_password(*, person: Person, password: str, by: Actor | None) -> None:
    """Give one person a new password of their own; an open first code goes out of use with it."""
    person.set_password(password)
    person.save(update_fields=["password"])
    now = timezone.now()
    open_codes = Invitation.objects.filter(person=person, used_at=None, withdrawn_at=None)
    open_codes.update(withdrawn_at=now)
    record_event(by=by, action="account.change_password", target=person)


@transaction.atomic
def ask_invitations(
    *, agency: Agency, agency_name: str, way: str, person: Person | None = None, by: Person
) -> tuple[InvitationRun, Job]:
    """Promise first codes for the unit's staff without an account, or for one person."""
    run = InvitationRun.objects.create(
        agency=agency, agency_name=agency_name, way=way, person=person, asked_by=by
    )
    record_event(by=by, action="account.ask_codes", target=run, new={"way": way, "agency": agency})
    job = enqueue(kind=INVITE, key=str(run.key), payload={"run": run.pk}, by=by)
    return run, job


@transaction.atomic
def invite(*, run: InvitationRun, people: Sequence[Person], codes: Sequence[str] = ()) -> list[str]:
    """Make a code a person; the codes made for them earlier open nothing any more. Return the codes."""
    now = timezone.now()
    made = list(codes) or [new_code() for _person in people]
    earlier = Invitation.objects.filter(person__in=people, used_at=None, withdrawn_at=None)
    earlier.update(withdrawn_at=now)
    rows = [
        Invitation(
            run=run,
            person=person,
            digest=code_digest(code),
            made_at=now,
            expires_at=now + VALID_FOR,
        )
        for person, code in zip(people, made, strict=True)
    ]
    Invitation.objects.bulk_create(rows, batch_size=500)
    record_events(
        by=run.asked_by,
        action="account.make_code",
        changes=[(person, None, {"way": run.way, "until": now + VALID_FOR}) for person in people],
    )
    return made


@transaction.atomic
def finish_run(*, run: InvitationRun, made: int, left_out: int, file_name: str = "") -> None:
    """Note that the codes are made; letters are erased a day later."""
    run.made, run.left_out, run.file_name, run.made_at = made, left_out, file_name, timezone.now()
    run.save(update_fields=["made", "left_out", "file_name", "made_at"])
    if file_name:
        enqueue(kind=ERASE, key=str(run.key), payload={"run": run.pk}, run_after=run.made_at + KEPT_FOR)
    new = {"made": made, "left_out": left_out}
    record_event(by=run.asked_by, action="account.codes_made", target=run, new=new)


@transaction.atomic
def note_letters_fetched(*, run: InvitationRun, by: Person) -> None:
    """Record who has fetched the letters: they hold the codes."""
    record_event(by=by, action="account.fetch_letters", target=run)


@transaction.atomic
def use_invitation(*, invitation: Invitation, password: str) -> Person:
    """Open the account: the code is used up and the person has a password. Raises InvitationSpent."""
    held = Invitation.objects.select_for_update().select_related("person").get(pk=invitation.pk)
    if not held.is_open:
        raise InvitationSpent
    held.used_at = timezone.now()
    held.save(update_fields=["used_at"])
    person = held.person
    person.set_password(password)
    person.save(update_fields=["password"])
    record_event(by=person, action="account.open", target=person, new={"way": held.run.way})
    return person


@transaction.atomic
def unlock(*, person: Person, by: Actor, reason: str) -> int:
    """Let a locked account try again at once; return how many addresses were locked."""
    count = AxesProxyHandler.reset_attempts(username=person_key(person))
    record_event(by=by, action="account.unlock", target=person, reason=reason)
    return int(count)


@transaction.atomic
def take_off_second_factors(*, person: Person, by: Actor, reason: str) -> int:
    """Take off every factor of who has lost phone, key and recovery codes; end their sessions."""
    count, _rows = Authenticator.objects.filter(user=person).delete()
    record_event(
        by=by, action="account.take_off_factors", target=person, old={"factors": count}, reason=reason
    )
    end_sessions(person=person, by=by)
    send_notice(person=person, what="factors_taken_off", at=timezone.now())
    return count


@transaction.atomic
def end_sessions(*, person: Person, by: Actor) -> int:
    """Sign the person out everywhere."""
    sessions = list(UserSession.objects.filter(user=person))
    for session in sessions:
        session.end()
    record_event(by=by, action="account.sign_out_everywhere", target=person, new={"sessions": len(sessions)})
    return len(sessions)


@transaction.atomic
def send_notice(*, person: Person, what: str, at: datetime) -> None:
    """Promise a message to the person that something about the account has changed."""
    if person.email:
        key = f"{person.pk} {what} {at.isoformat()}"
        enqueue(kind=NOTICE, key=key, payload={"person": person.pk, "what": what, "at": at.isoformat()})
