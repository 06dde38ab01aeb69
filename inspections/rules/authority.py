"""Whose hands may do what: the lead agency's people by role, the team in its own case."""

from typing import Any

from inspections.models import Inspection
from inspections.states import BY_EVENT, Duty, Event, Who
from lms.base.dates import today
from lms.people.organisation import history
from lms.people.rules import may


def answering_agency(lead_id: int) -> int:
    """Return the agency that answers today for cases of this one (itself, or its only successor)."""
    return history().bearer(lead_id, today()) or lead_id


def hands_at(person: Any, lead_id: int) -> set[Who]:
    """Return the hands a person has through roles over the lead agency."""
    agency = answering_agency(lead_id)
    runs, signs = may(person, "inspections.run", agency), may(person, "inspections.sign", agency)
    found: set[Who] = set()
    if runs:
        found |= {Who.RUNNER, Who.OFFICE, Who.CLERK}
    if signs:
        found |= {Who.OFFICE, Who.SIGNER}
    if may(person, "inspections.register", agency):
        found.add(Who.CLERK)
    return found


def hands(person: Any, inspection: Inspection) -> frozenset[Who]:
    """Return every hand the person has in this case."""
    found = hands_at(person, inspection.lead_id)
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
