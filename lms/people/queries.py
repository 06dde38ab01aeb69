"""Sets of people and agencies, and the guard that no personal row is read without a scope."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import structlog
from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Q

from lms.base.dates import today
from lms.base.queries import DatedQuerySet
from lms.base.vietnamese import fold, nfc
from lms.people.ports import reach_of

if TYPE_CHECKING:
    from lms.people.models import CorrectionRequest, Grant, Person, PersonName, Post  # noqa: F401 (named in strings)

log = structlog.get_logger("lms.people.scope")


class ScopeMissing(Exception):
    """A personal or case row was asked for without saying for whom."""


class ScopedManager(models.Manager[Any]):
    """Reads personal and case rows only for somebody, or for a stated reason.

    The model names the way to the owning agency in `scope_path` (a lookup such as "agency_id").
    """

    def get_queryset(self) -> models.QuerySet[Any]:
        """Refuse: there is no reading without a scope."""
        raise ScopeMissing(
            f"{self.model.__name__}.scoped needs for_person(actor, permission) or unscoped(reason=…)."
        )

    def for_person(self, actor: Person, permission: str) -> models.QuerySet[Any]:
        """Return the rows the actor may see by this permission, today."""
        rows = super().get_queryset()
        scope = reach_of(actor, permission)
        if scope.everything:
            return rows
        return rows.filter(self.model.within(scope.agency_ids))

    def unscoped(self, *, reason: str) -> models.QuerySet[Any]:
        """Return all rows, for a job or a rule that needs them; the reason is logged."""
        log.info("unscoped read", model=self.model.__name__, reason=reason)
        return super().get_queryset()


class GrantQuerySet(DatedQuerySet["Grant"]):
    """Granted roles."""

    def held(self, day: date) -> GrantQuerySet:
        """Keep the roles that hold on that day.

        A delegated role holds no longer than the one it comes from, and not while its giver's account is closed.
        """
        source = Q(delegated_from__valid_from__lte=day, delegated_from__person__is_active=True)
        source &= Q(delegated_from__valid_to=None) | Q(delegated_from__valid_to__gt=day)
        return self.on(day).filter(Q(delegated_from=None) | source)

    def own(self) -> GrantQuerySet:
        """Leave out delegated roles."""
        return self.filter(delegated_from=None)


class PersonQuerySet(models.QuerySet["Person"]):
    """Persons."""

    def kept(self) -> PersonQuerySet:
        """Leave out the records that were merged into another."""
        return self.filter(merged_into=None)

    def in_agencies(self, agency_ids: frozenset[int], on: date) -> PersonQuerySet:
        """Keep those with a post in one of the agencies on that day."""
        posts = Q(posts__agency__in=agency_ids, posts__valid_from__lte=on)
        return self.filter(posts & (Q(posts__valid_to=None) | Q(posts__valid_to__gt=on))).distinct()

    def matching(self, text: str) -> PersonQuerySet:
        """Keep those whose name (accents ignored) or number holds the text."""
        words = fold(text)
        return self.filter(Q(name_folded__contains=words) | Q(code__icontains=nfc(text).strip()))

    def by_name(self) -> PersonQuerySet:
        """Sort as Vietnamese lists do: given name first."""
        return self.order_by("name_key", "code")


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Makes persons, and reads plain rows: sign-in, Wagtail and foreign keys read here."""

    def create_user(self, code: str, password: str | None = None, **fields: Any) -> Person:
        """Make one person who can sign in."""
        person: Person = self.model(code=code, **fields)
        person.set_password(password)
        person.save()
        return person

    def create_superuser(self, code: str, password: str | None = None, **fields: Any) -> Person:
        """Make the first administrator of a new installation."""
        return self.create_user(code, password, is_superuser=True, **fields)


class PostQuerySet(DatedQuerySet["Post"]):
    """Posts over time."""

    def primary(self) -> PostQuerySet:
        """Keep primary posts."""
        return self.filter(is_primary=True)

    def primary_of(self, person: Person, on: date | None = None) -> Post | None:
        """Return the person's primary post on that day (today by default), None without one.

        Where a kept record and its duplicate both have one, the kept record's own prevails.
        """
        kept = person.canonical
        held = self.on(on or today()).primary().filter(Q(person=kept) | Q(person__merged_into=kept))
        own_first = models.Case(models.When(person=kept, then=0), default=1)
        return held.select_related("agency").order_by(own_first, "-valid_from", "pk").first()


def holds_word(column: str, word: str) -> Q:
    """Return the condition that a word of the column begins so; one expression for both databases."""
    return Q(**{f"{column}__startswith": word}) | Q(**{f"{column}__contains": f" {word}"})


class PersonNameQuerySet(models.QuerySet["PersonName"]):
    """Names in use."""

    def holding(self, folded: Iterable[str]) -> PersonNameQuerySet:
        """Keep the names of which some word begins with each of these, accents ignored."""
        rows = self
        for word in folded:
            rows = rows.filter(name_folded__contains=f" {word}")  # it begins with a blank, as every word does
        return rows

    def spelt(self, accented: Iterable[str]) -> Q:
        """Return the condition that the accents agree too. Names are written Nguyễn, NGUYỄN or nguyễn:
        SQLite knows lower case of ASCII only."""
        condition = Q()
        for word in accented:
            ways = (word, word.capitalize(), word.upper())
            condition &= Q(*[holds_word("full_name", way) for way in ways], _connector=Q.OR)
        return condition


class CorrectionQuerySet(models.QuerySet["CorrectionRequest"]):
    """Corrections asked for."""

    def open(self) -> CorrectionQuerySet:
        """Keep those HR has still to answer."""
        return self.filter(state="open")
