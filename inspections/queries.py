"""Sets of inspections and their parts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from inspections.states import CLOSED, PROTECTED_SUBJECTS, Act, Origin, Status
from lms.base.dates import today
from lms.base.vietnamese import fold
from lms.people.organisation import history
from lms.people.queries import ScopedManager

if TYPE_CHECKING:
    from inspections.models import Announcement, InspectedSubject, Inspection  # noqa: F401
    from lms.people.models import Person


def with_forebears(agency_ids: frozenset[int]) -> frozenset[int]:
    """Return the agencies and those for which one of them alone stands today."""
    known, day = history(), today()
    found, waiting = set(agency_ids), list(agency_ids)
    while waiting:
        for forebear in known.forebears.get(waiting.pop(), ()):
            if forebear not in found and known.bearer(forebear, day) in agency_ids:
                found.add(forebear)
                waiting.append(forebear)
    return frozenset(found)


class InspectionQuerySet(models.QuerySet["Inspection"]):
    """Inspections."""

    def matching(self, text: str) -> Self:
        """Keep those whose code, number, field or subjects hold every word, accents ignored."""
        kept = self
        for word in fold(text).split():
            kept = kept.filter(search_text__contains=word)
        return kept

    def open(self) -> Self:
        """Keep those in which something may still happen."""
        return self.exclude(status__in=CLOSED)

    def run_here(self) -> Self:
        """Keep those whose steps are derived from records."""
        return self.filter(origin=Origin.SYSTEM)

    def with_team_of(self, person: Person) -> Self:
        """Keep those in whose team the person is."""
        return self.filter(team__person=person)

    def running_by_deadline(self) -> Self:
        """Sort what runs by its last day."""
        last = Coalesce("announcement__extended_deadline_on", "announcement__deadline_on")
        return self.filter(status=Status.IN_PROGRESS).annotate(last_day=last).order_by("last_day", "pk")


class CaseManager(ScopedManager.from_queryset(InspectionQuerySet)):  # type: ignore[misc]
    """Reads cases for whoever has the permission over the lead agency, or is in the team."""

    def for_person(self, actor: Person, permission: str) -> InspectionQuerySet:
        """Return the cases within the actor's scope and those the actor's team runs."""
        inside = super().for_person(actor, permission)
        if not actor.is_authenticated:
            return inside
        rows = self.unscoped_rows()
        mine = rows.with_team_of(actor).values("pk")
        return rows.filter(Q(pk__in=inside.values("pk")) | Q(pk__in=mine))

    def unscoped_rows(self) -> InspectionQuerySet:
        """Return all rows, for the two filters above."""
        return models.Manager.get_queryset(self)  # type: ignore[return-value]


class InspectedSubjectQuerySet(models.QuerySet["InspectedSubject"]):
    """Subjects as inspected in a case."""

    def of_year(self, year: int) -> Self:
        """Keep those whose case's decision is of the year; without its date, the day of completion."""
        decided = Q(inspection__decided_on__year=year)
        undated = Q(inspection__decided_on=None, inspection__completed_on__year=year)
        return self.filter(decided | undated)

    def using_up_the_year(self, identifiers: list[str], year: int) -> Self:
        """Keep what NQ 198/2025/QH15 Điều 4 counts for these businesses: every KT or TT not cancelled."""
        return (
            self.of_year(year)
            .filter(identifier__in=identifiers, kind__in=PROTECTED_SUBJECTS)
            .filter(inspection__act__in=[Act.KT, Act.TT])
            .exclude(identifier="")
            .exclude(inspection__status=Status.CANCELLED)
        )


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Clocks."""

    def overdue(self, on: date) -> Self:
        """Keep those of running cases whose last day has passed."""
        last = Coalesce("extended_deadline_on", "deadline_on")
        return (
            self.filter(inspection__status=Status.IN_PROGRESS).annotate(last_day=last).filter(last_day__lt=on)
        )
