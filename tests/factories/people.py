"""Agencies, persons and posts for tests, made as simply as the database allows."""

from __future__ import annotations

import itertools
import time
from datetime import date

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as USER_OF_MEANS,
)
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as MEANS

from lms.people.actions.roles import grant_role
from lms.people.models import Agency, AgencyPeriod, Person, Post, Succession

LONG_AGO = date(2020, 1, 1)
_numbers = itertools.count(1)


def agency(
    code: str = "SNV",
    *,
    name: str | None = None,
    level: str = "province",
    parent: Agency | None = None,
    valid_from: date = LONG_AGO,
    valid_to: date | None = None,
    place_name: str = "Đồng Tháp",
) -> Agency:
    """Make an agency with one period."""
    row = Agency.objects.create(level=level, valid_from=valid_from, valid_to=valid_to)
    AgencyPeriod.objects.create(
        agency=row,
        code=code,
        name=name or f"Cơ quan {code}",
        parent=parent,
        place_name=place_name,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    return row


def succeed(old: Agency, *new: Agency, on: date, kind: str = "merge") -> None:
    """Let an agency go on in others."""
    for rank, successor in enumerate(new):
        Succession.objects.create(predecessor=old, successor=successor, on=on, kind=kind, rank=rank)


def person(
    name: str = "Nguyễn Thị Mỹ Tiên",
    *,
    code: str | None = None,
    agency: Agency | None = None,
    category: str = "CC",
    role: str | None = None,
    at: Agency | None = None,
    valid_from: date = LONG_AGO,
    email: str = "",
    password: str = "một-mật-khẩu-dài",
) -> Person:
    """Make a person, with a primary post when an agency is given and a role (at `at`, else that agency)."""
    number = next(_numbers)
    row = Person(
        # All end in 8, so that a search for the last digits of a test's own person finds nobody else.
        code=code or f"0829{number:07d}8",
        full_name=name,
        email=email or f"nguoi{number}@songtien.example",
    )
    row.set_password(password)
    row.save()
    if agency:
        post(row, agency, category=category, valid_from=valid_from)
    if role:
        grant_role(person=row, role=role, agency=at or agency, valid_from=LONG_AGO, by=None)
    return row


def post(
    holder: Person,
    agency: Agency,
    *,
    category: str = "CC",
    valid_from: date = LONG_AGO,
    valid_to: date | None = None,
    primary: bool = True,
) -> Post:
    """Make one post."""
    return Post.objects.create(
        person=holder,
        agency=agency,
        category=category,
        valid_from=valid_from,
        valid_to=valid_to,
        is_primary=primary,
        position="Chuyên viên",
    )


def sign_in(client, who: Person):
    """Sign a Django test client in, as one who has just given the password; return the client."""
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[USER_OF_MEANS] = str(who.pk)
    session[MEANS] = [{"method": "password", "at": time.time()}]
    session.save()
    return client
