"""Of whom a second factor is demanded, and whether this session has shown it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from lms.people.rules import permissions_held

# HR, inspectors, heads (who sign) and administrators, by what their roles let them do: a role to come
# that lets somebody do the same is meant too, and so is who stands in for them.
DEMANDING = frozenset({"people.import", "inspections.run", "inspections.sign", "system.run"})
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SHOWN = "second_factor_shown"


class Lack(StrEnum):
    """What is still to be done before any other page."""

    NOTHING = ""
    SET_UP = "set up"
    CONFIRM = "confirm"


def is_demanded_of(person: Any) -> bool:
    """Tell whether the person's roles of today demand a second factor, wherever it is switched on."""
    return bool(person.is_superuser or permissions_held(person) & DEMANDING)


def has_factor(person: Any) -> bool:
    """Tell whether the person has an authenticator app or a security key; recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=person.pk, type__in=FACTORS).exists()


def lack_of(request: HttpRequest) -> Lack:
    """Return what this session lacks. A session that has shown its factor costs no query."""
    person = request.user
    if not settings.SECOND_FACTOR_DEMANDED or not person.is_authenticated:
        return Lack.NOTHING
    if request.session.get(SHOWN) == str(person.pk) or not is_demanded_of(person):
        return Lack.NOTHING
    return Lack.CONFIRM if has_factor(person) else Lack.SET_UP


def note_shown(request: HttpRequest, person: Any) -> None:
    """Remember that this session has shown the person's second factor."""
    request.session[SHOWN] = str(person.pk)


def forget_shown(request: HttpRequest) -> None:
    """Forget it: the last factor is gone."""
    request.session.pop(SHOWN, None)
