"""What the agencies have done in inspections since a change of theirs: while there is nothing, it can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspections.models import (
    Announcement,
    ChecklistRecord,
    Evidence,
    Inspection,
    Minutes,
    Remedy,
    ResultDocument,
    TeamMember,
)
from inspections.states import Event
from lms.base.models import AuditEvent
from lms.people.ports import Built

# Steps of which no record but the audit event tells when they were made.
STEPS = (
    Event.SUBMIT_PLAN,
    Event.APPROVE_PLAN,
    Event.SEND_BACK_PLAN,
    Event.EXTEND,
    Event.CHANGE_TEAM,
    Event.HAND_OVER,
    Event.WAIVE_RESULT,
    Event.COMPLETE,
    Event.SUSPEND,
    Event.RESUME,
    Event.TERMINATE,
    Event.CANCEL,
)
STEP_ACTIONS = [*(f"inspections.{step.value}" for step in STEPS), "import.inspections.correct"]


@dataclass(frozen=True)
class Fact:
    """A record of a case: the way to the case, when it was written, of which day it is."""

    what: Any
    model: type[models.Model]
    case: str
    written: str
    day: str


FACTS = (
    Fact(gettext_lazy("places in teams"), TeamMember, "inspection", "created_at", "created_at"),
    Fact(gettext_lazy("announcements"), Announcement, "inspection", "created_at", "announced_on"),
    Fact(
        gettext_lazy("inspection sheets"),
        ChecklistRecord,
        "subject__inspection",
        "received_at",
        "examined_on",
    ),
    Fact(gettext_lazy("files of evidence"), Evidence, "subject__inspection", "received_at", "received_at"),
    Fact(gettext_lazy("minutes"), Minutes, "subject__inspection", "locked_at", "ended_at"),
    # Minutes that nobody has locked say when they were written only by the visit they tell of.
    Fact(gettext_lazy("draft minutes"), Minutes, "subject__inspection", "ended_at", "ended_at"),
    Fact(gettext_lazy("remedies"), Remedy, "finding__subject__inspection", "created_at", "created_at"),
    Fact(gettext_lazy("result documents"), ResultDocument, "inspection", "created_at", "issued_on"),
)


def built(agency_ids: frozenset[int], on: date, since: datetime) -> Iterator[Built]:
    """Count the inspections that the agencies lead or join since, and what was written in those that stood."""
    cases = Inspection.objects.filter(Q(lead__in=agency_ids) | Q(members__in=agency_ids))
    days = cases.filter(created_at__gte=since).annotate(day=Coalesce("decided_on", "completed_on"))
    fresh = days.filter(Q(day=None) | Q(day__gte=on)).values("pk").distinct()
    yield Built(_("inspections"), fresh.count())
    stood = cases.filter(created_at__lt=since).values("pk")
    for fact in FACTS:
        yield Built(str(fact.what), _written(fact, stood, on, since))
    yield Built(_("steps of inspections"), _steps(stood, on, since))


def _written(fact: Fact, stood: Any, on: date, since: datetime) -> int:
    rows = fact.model._default_manager.filter(
        Q((f"{fact.case}__in", stood))
        & Q((f"{fact.written}__gte", since))
        & Q((f"{fact.day}__gte", _begins(fact, on)))
    )
    if fact.model is Minutes and fact.written != "locked_at":
        rows = rows.filter(locked_at=None)
    return rows.count()


def _begins(fact: Fact, on: date) -> date | datetime:
    """Return the day as the fact's column holds it: a day, or the first instant of it."""
    column = fact.model._meta.get_field(fact.day)
    return _midnight(on) if isinstance(column, models.DateTimeField) else on


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))


def _steps(stood: Any, on: date, since: datetime) -> int:
    named = Inspection.objects.filter(pk__in=stood).annotate(named=Cast("pk", models.CharField()))
    return AuditEvent.objects.filter(
        target_type=Inspection._meta.label,
        target_id__in=named.values("named"),
        action__in=STEP_ACTIONS,
        happened_at__gte=max(since, _midnight(on)),
    ).count()
