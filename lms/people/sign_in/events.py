"""What happens at the door is an audit event: who, from where, by what means; never a password or a code."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from lms.base.actions import record_event
from lms.people.models import Person
from lms.people.sign_in.locking import PERSON, account_key
from lms.people.sign_in.second_factor import FACTORS, forget_shown, has_factor, note_shown


def _record(action: str, person: Person, **new: Any) -> None:
    with transaction.atomic():
        record_event(by=person, action=action, target=person, new=new)


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: Person, **kwargs: Any) -> None:
    """After every step, the second factor too; `force_login` and other makeshifts do not come here."""
    means = [record["method"] for record in get_authentication_records(request, user)]
    _record("account.sign_in", user, means=means)


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: Person | None, **kwargs: Any) -> None:
    """One session has ended by its owner."""
    if isinstance(user, Person) and user.pk:
        _record("account.sign_out", user)


def _account(key: str) -> Person:
    """Return the account named; for one that does not exist a row-less stand-in, so that no name is kept."""
    known = (
        Person.objects.filter(pk=int(key.removeprefix(PERSON))).first() if key.startswith(PERSON) else None
    )
    return known or Person(pk=0, full_name="")


def _nobody(action: str, key: str, **new: Any) -> None:
    with transaction.atomic():
        record_event(by=None, action=action, target=_account(key), new=new)


@receiver(user_login_failed)
def failed(credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    """A wrong password or first code. While an account is locked no further failure is counted or written."""
    if request is None:
        return
    was_locked = getattr(request, "axes_locked_out", False) and not _counted(request)
    if not was_locked:
        _nobody("account.sign_in_failed", account_key(request, credentials))


def _counted(request: HttpRequest) -> int | None:
    """Return the failures axes has counted in this request; none while the account is locked."""
    count: int | None = getattr(request, "axes_failures_since_start", None)
    return count


@receiver(user_locked_out)
def locked_out(request: HttpRequest, username: str, **kwargs: Any) -> None:
    """Written once, when it happens: later tries while it is locked have no failures counted."""
    if failures := _counted(request):
        _nobody("account.lock_out", username, failures=failures)


@receiver(authentication_failed)
def factor_failed(user: Person, authenticator: Authenticator, **kwargs: Any) -> None:
    """A wrong code of the second factor."""
    _nobody("account.second_factor_failed", f"{PERSON}{user.pk}", kind=authenticator.type)


@receiver(authenticator_added)
def factor_added(request: HttpRequest, user: Person, authenticator: Authenticator, **kwargs: Any) -> None:
    """Whoever has just set a factor up has it at hand: the session counts as having shown it."""
    _record("account.add_factor", user, kind=authenticator.type)
    if authenticator.type in FACTORS:
        note_shown(request, user)


@receiver(authenticator_removed)
def factor_removed(request: HttpRequest, user: Person, authenticator: Authenticator, **kwargs: Any) -> None:
    """Without the last factor no other session may go on as if it had shown one."""
    _record("account.remove_factor", user, kind=authenticator.type)
    if authenticator.type in FACTORS and not has_factor(user):
        forget_shown(request)
        end_other_sessions(request, user)


@receiver(authenticator_reset)
def codes_made_anew(user: Person, **kwargs: Any) -> None:
    """New recovery codes; the old ones open nothing any more."""
    _record("account.renew_recovery_codes", user)


@receiver(authenticator_used)
def factor_used(request: HttpRequest, user: Person, authenticator: Authenticator, **kwargs: Any) -> None:
    """The session has shown the factor; a recovery code is worth an event of its own."""
    note_shown(request, user)
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        _record("account.use_recovery_code", user)
