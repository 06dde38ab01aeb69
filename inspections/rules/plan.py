"""Who may do what with an inspection plan, and what became of its lines."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Any

from inspections.models import PlanVersion
from inspections.plan_states import BY_PLAN_EVENT, DRAFTING, PlanEvent, Stand
from inspections.rules.authority import Reach
from inspections.states import Status, Who


def may_plan(person: Any, event: PlanEvent, version: PlanVersion) -> bool:
    """Tell whether this person may let this happen to the version now, by role."""
    row = BY_PLAN_EVENT[event]
    return version.state in row.sources and row.who in plan_hands(person, version.plan.agency_id)


def plan_hands(person: Any, agency_id: int) -> set[Who]:
    """Return the hands of a person's roles over an agency's plans: only its registry numbers a plan."""
    reach = Reach.of(person)
    found = reach.hands_at(agency_id) - {Who.CLERK}
    return found | {Who.CLERK} if reach.keeps_registry(agency_id) else found


def has_drafted(person: Any, version: PlanVersion) -> bool:
    """Tell whether the person, under any of their records, had a hand in the draft."""
    drafting = [entry.by for entry in version.entries.all() if entry.by and entry.event in DRAFTING]
    hands = {by.canonical.pk for by in drafting}
    return person.canonical.pk in hands


def stand_of(
    statuses: Sequence[Status | str | None], *, skipped: bool, year: int, month_to: int, on: date
) -> Stand:
    """Tell what became of a line: of each subject the status of its inspection, or nothing.

    A decision that was cancelled before its announcement is none.
    """
    found = [None if status == Status.CANCELLED else status for status in statuses]
    if found and all(status == Status.COMPLETED for status in found):
        return Stand.DONE
    if any(status in (Status.IN_PROGRESS, Status.SUSPENDED) for status in found):
        return Stand.RUNNING
    if any(status == Status.PLANNED for status in found):
        return Stand.DECIDED
    if skipped:
        return Stand.SKIPPED
    return _not_going_on(found, is_over=date(year, month_to, monthrange(year, month_to)[1]) < on)


def _not_going_on(found: Sequence[Any], *, is_over: bool) -> Stand:
    if found and all(found):
        return Stand.STOPPED
    if is_over:
        return Stand.OVERDUE
    return Stand.RUNNING if any(found) else Stand.PLANNED
