"""What is due in a case, and in whose hands it lies."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inspections.models import InspectedSubject, Inspection
from inspections.states import BY_EVENT, Duty, Event, Status, Who


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next: which page, for which subject, whose turn."""

    act: str
    event: Event
    label: Promise
    subject: InspectedSubject | None = None

    @property
    def who(self) -> Who:
        """Whose hand it needs."""
        return BY_EVENT[self.event].who


def next_step(case: Inspection) -> NextStep | None:
    """Return what comes next; None when nothing does (closed, or registered from elsewhere)."""
    if not case.is_run_here or case.is_closed:
        return None
    if case.status == Status.PLANNED:
        return _before_announcement(case)
    if case.status == Status.SUSPENDED:
        return NextStep("resume", Event.RESUME, _("Resume"))
    for subject in case.subjects.all():
        if step := _of_subject(subject):
            return step
    if case.needs_result and getattr(case, "result", None) is None:
        return NextStep("result", Event.ISSUE_RESULT, _("Enter the result document"))
    return NextStep("complete", Event.COMPLETE, _("Complete the inspection"))


def _before_announcement(case: Inspection) -> NextStep:
    if not any(place.duty == Duty.LEADER for place in case.team.all()):
        return NextStep("team", Event.FORM_TEAM, _("Form the team"))
    return NextStep("announce", Event.ANNOUNCE, _("Announce the decision"))


def _of_subject(subject: InspectedSubject) -> NextStep | None:
    minutes = getattr(subject, "minutes", None)
    if minutes is not None and minutes.is_locked:
        return None
    if not subject.records.all():
        return NextStep("checklist", Event.RECORD, _("Fill in the checklist"), subject)
    if minutes is None:
        return NextStep("minutes", Event.RECORD, _("Write the minutes"), subject)
    return NextStep("lock", Event.LOCK_MINUTES, _("Lock the minutes"), subject)
