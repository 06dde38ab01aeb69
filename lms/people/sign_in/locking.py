"""Lock-out after wrong passwords: by account and address, and never with a number in it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from lms.base.vietnamese import nfc

if TYPE_CHECKING:
    from lms.people.models import Person

PERSON = "person:"


def account_key(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Return the account meant, however it was named; what nobody bears is counted under a hash.

    The e-mail, the number and the number of a merged duplicate are one account; an unknown name is locked
    like a known one, so that nobody learns who exists.
    """
    given = credentials or {}
    typed = nfc(str(given.get("email") or given.get("username") or "")).strip()
    known: dict[str, str] = request.__dict__.setdefault("_account_keys", {})
    if typed not in known:
        known[typed] = _key(typed)
    return known[typed]


def _key(typed: str) -> str:
    bearers = people_named(typed)
    if len(bearers) == 1:
        return person_key(bearers[0])
    return (
        "name:" + salted_hmac("lms.people.sign_in.locking", typed.casefold(), algorithm="sha256").hexdigest()
    )


def people_named(typed: str) -> list[Person]:
    """Return the kept records that bear this e-mail or number; two at most."""
    from lms.people.models import Person

    if not typed:
        return []
    found = Person.objects.filter(Q(code=typed) | Q(email__iexact=typed)).select_related("merged_into")[:5]
    return list({person.canonical.pk: person.canonical for person in found}.values())[:2]


def person_key(person: Person) -> str:
    """Return how axes names a person's account."""
    return f"{PERSON}{person.canonical.pk}"


def client_words(username: str, ip_address: str, user_agent: str, path_info: str, request: Any) -> str:
    """Return what axes writes into the log: axes would name who has signed in by the personal number."""
    return f"{{ip_address: {ip_address}, path_info: {path_info}}}"


def locked_page(request: HttpRequest, *rest: Any) -> HttpResponse:
    """Say how long, and whom to ask; the same for a known and an unknown account."""
    seconds = int(settings.AXES_COOLOFF_TIME.total_seconds())
    context = {"minutes": math.ceil(seconds / 60), "failures": settings.AXES_FAILURE_LIMIT}
    answer = render(request, "account/locked.html", context, status=429)
    answer["Retry-After"] = str(seconds)
    return answer


def locked_accounts() -> dict[int, list[str]]:
    """Return the locked persons' keys with the addresses they are locked at."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    recent = AccessAttempt.objects.filter(username__startswith=PERSON, attempt_time__gte=since)
    counted = (
        recent.values("username", "ip_address")
        .annotate(failures=Sum("failures_since_start"))
        .filter(failures__gte=settings.AXES_FAILURE_LIMIT)
        .order_by("username", "ip_address")
    )
    found: dict[int, list[str]] = {}
    for row in counted:
        found.setdefault(int(row["username"].removeprefix(PERSON)), []).append(row["ip_address"] or "")
    return found
