"""Whose hands may do what: the lead agency's people by role, the team in its own case."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from inspections.models import Inspection
from inspections.states import BY_EVENT, Duty, Event, Who
from lms.base.dates import today
from lms.people.organisation import History, history
from lms.people.rules import Scope, scope_of


@dataclass(frozen=True)
class Reach:
    """How far a person's roles go today: asked once, used for many cases."""

    runs: Scope
    signs: Scope
    registers: Scope
    known: History
    day: date

    @classmethod
    def of(cls, person: Any) -> "Reach":
        """Ask what the person's roles reach today."""
        permissions = ("inspections.run", "inspections.sign", "inspections.register")
        runs, signs, registers = (scope_of(person, permission) for permission in permissions)
        return cls(runs, signs, registers, history(), today())

    def hands_at(self, lead_id: int) -> set[Who]:
        """Return the hands over the cases of this agency, or of the one that stands for it today."""
        agency = self.known.bearer(lead_id, self.day) or lead_id
        found: set[Who] = set()
        if self.runs.covers(agency):
            found |= {Who.RUNNER, Who.OFFICE, Who.CLERK}
        if self.signs.covers(agency):
            found |= {Who.OFFICE, Who.SIGNER}
        if self.registers.covers(agency):
            found.add(Who.CLERK)
        return found

    def keeps_registry(self, agency_id: int) -> bool:
        """Tell whether the person numbers what this agency, or the one that stands for it today, issues."""
        return self.registers.covers(self.known.bearer(agency_id, self.day) or agency_id)


def hands_at(person: Any, lead_id: int) -> set[Who]:
    """Return the hands a person has through roles over the lead agency."""
    return Reach.of(person).hands_at(lead_id)


def hands(person: Any, inspection: Inspection, reach: Reach | None = None) -> frozenset[Who]:
    """Return every hand the person has in this case."""
    found = (reach or Reach.of(person)).hands_at(inspection.lead_id)
    duties = {place.duty for place in inspection.team.all() if place.person_id == person.pk}
    if duties:
        found.add(Who.RUNNER)
    if Duty.LEADER in duties:
        found.add(Who.LEADER)
    decision = getattr(inspection, "decision", None)
    if decision is not None and decision.signer_id == person.pk:
        found.add(Who.SIGNER)
    return frozenset(found)


def may_do(person: Any, event: Event, inspection: Inspection) -> bool:
    """Tell whether this person may let this happen in this case now."""
    row = BY_EVENT[event]
    return (
        inspection.is_run_here and inspection.status in row.sources and row.who in hands(person, inspection)
    )
