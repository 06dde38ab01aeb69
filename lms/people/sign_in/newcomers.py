"""Staff without an account: whose record has no password that could be typed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from lms.base.dates import today
from lms.people.models import InvitationRun, Person, Post
from lms.people.organisation import Organisation

NO_PASSWORD = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)


def without_account(people: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the kept, active records that nobody can sign in to by password."""
    return people.filter(NO_PASSWORD, merged_into=None, is_active=True)


def in_unit(people: QuerySet[Any], agency_id: int) -> QuerySet[Any]:
    """Keep those whose primary post of today is in the unit itself."""
    held = Post.objects.on(today()).primary().filter(agency=agency_id)
    return people.filter(Q(pk__in=held.values("person")) | Q(duplicates__in=held.values("person"))).distinct()


def with_posts(people: QuerySet[Any]) -> QuerySet[Any]:
    """Add each person's position and unit of today."""
    held = Post.objects.on(today()).primary().filter(person=OuterRef("pk")).order_by("-valid_from", "pk")
    return people.annotate(
        unit_id=Subquery(held.values("agency")[:1]), position=Subquery(held.values("position")[:1])
    )


def units_of(people: QuerySet[Any]) -> list[tuple[int, str, int]]:
    """Return the units these people have their primary post in today, with how many, by name."""
    tree = Organisation.on(today())
    held = Post.objects.on(today()).primary().filter(person__in=people.values("pk"))
    counted = held.values("agency").annotate(count=Count("person", distinct=True)).order_by()
    rows = [(row["agency"], tree.name(row["agency"]), row["count"]) for row in counted]
    return sorted(rows, key=lambda row: row[1])


def people_of_run(run: InvitationRun) -> list[Any]:
    """Return whom a run is for, by name: one person, or the unit's staff without an account."""
    if run.person_id:
        chosen: QuerySet[Any] = Person.objects.filter(pk=run.person_id, is_active=True)
    else:
        chosen = in_unit(without_account(Person.objects.all()), run.agency_id)
    return list(with_posts(chosen).order_by("name_key", "pk"))
