"""From the records of a case to its five steps, and in words which record made each D or P."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from inspections.models import InspectedSubject, Minutes
from inspections.models.checklist import ChecklistRecord
from inspections.rules.deadline import WorkingCalendar, next_working_day
from inspections.rules.digital import StepFact, believed_moment, derive, mark
from inspections.states import Mark, Status, Step
from lms.base.dates import local_date


@dataclass(frozen=True)
class StepLine:
    """One step of one subject as the case page shows it."""

    step: Step
    letter: str
    why: str


def facts_of(subject: InspectedSubject) -> list[StepFact]:
    """Return what the records say of the five steps."""
    inspection = subject.inspection
    decision = getattr(inspection, "decision", None)
    announcement = getattr(inspection, "announcement", None)
    result = getattr(inspection, "result", None)
    minutes: Minutes | None = getattr(subject, "minutes", None)
    return [
        _fact(decision and decision.signed_on, decision and local_date(decision.created_at)),
        _fact(
            announcement and announcement.announced_on,
            announcement and local_date(announcement.created_at),
            required=inspection.needs_announcement,
        ),
        _checklist_fact(subject, minutes),
        _minutes_fact(minutes),
        _fact(
            result and result.issued_on,
            result and local_date(result.created_at),
            required=inspection.needs_result,
        ),
    ]


def _fact(happened: date | None, recorded: date | None, *, required: bool = True) -> StepFact:
    return StepFact(required=required, happened_on=happened or None, recorded_on=recorded or None)


def sheet_that_counts(subject: InspectedSubject) -> ChecklistRecord | None:
    """Return the sheet the minutes rest on, before them the last one finalised."""
    minutes = getattr(subject, "minutes", None)
    if minutes is not None and minutes.is_locked:
        return minutes.record
    sheets = list(subject.records.all())
    return sheets[-1] if sheets else None


def _checklist_fact(subject: InspectedSubject, minutes: Minutes | None) -> StepFact:
    sheet = sheet_that_counts(subject)
    if sheet is None:
        return StepFact()
    opened = subject.inspection.decision.created_at
    moment = believed_moment(sheet.finalised_at, sheet.received_at, opened)
    return _fact(sheet.examined_on, local_date(moment))


def _minutes_fact(minutes: Minutes | None) -> StepFact:
    if minutes is None or minutes.locked_at is None:
        return StepFact()
    return _fact(local_date(minutes.ended_at), local_date(minutes.locked_at))


def steps_of(subject: InspectedSubject, calendar: WorkingCalendar) -> str:
    """Return the five letters that follow from the records."""
    return derive(facts_of(subject), calendar, closed=subject.inspection.status == Status.COMPLETED)


def explain(subject: InspectedSubject, calendar: WorkingCalendar) -> list[StepLine]:
    """Say of each step which record made it D or P."""
    if not subject.inspection.is_run_here:
        declared = _("declared when the inspection was registered")
        return [StepLine(step, letter, declared) for step, letter in zip(Step, subject.steps, strict=True)]
    closed = subject.inspection.status == Status.COMPLETED
    lines = []
    for step, fact in zip(Step, facts_of(subject), strict=True):
        letter = mark(fact, calendar, closed=closed)
        lines.append(StepLine(step, letter, _why(step, fact, letter, calendar)))
    return lines


def _why(step: Step, fact: StepFact, letter: str, calendar: WorkingCalendar) -> str:
    if not fact.required:
        return _("not required in this inspection")
    if fact.happened_on is None or fact.recorded_on is None:
        return _("no record yet") if letter == Mark.NONE else _("no record: counts as paper")
    words = {
        "what": WHAT_HAPPENED[step](),
        "happened": date_format(fact.happened_on, "d/m/Y"),
        "recorded": date_format(fact.recorded_on, "d/m/Y"),
        "limit": date_format(next_working_day(fact.happened_on, calendar), "d/m/Y"),
    }
    if letter == Mark.DIGITAL:
        return _("%(what)s %(happened)s, recorded %(recorded)s (by %(limit)s)") % words
    return _("%(what)s %(happened)s, recorded only %(recorded)s (after %(limit)s)") % words


WHAT_HAPPENED = {
    Step.DECISION: lambda: _("decision signed"),
    Step.ANNOUNCEMENT: lambda: _("announced"),
    Step.CHECKLIST: lambda: _("examined"),
    Step.MINUTES: lambda: _("minutes of"),
    Step.RESULT: lambda: _("result document issued"),
}
