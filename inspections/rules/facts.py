"""From the records of a case to its five steps, and in words which record made each D or P."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from inspections.models import InspectedSubject, Inspection, Minutes, ReceivedFile
from inspections.models.checklist import ChecklistRecord
from inspections.rules.deadline import WorkingCalendar
from inspections.rules.digital import (
    WORKING_DAYS,
    StepFact,
    believed_moment,
    derive,
    last_day_to_record,
    mark,
    tardy,
)
from inspections.states import Mark, Status, Step
from inspections.words import Clock
from lms.base.dates import local_date


@dataclass(frozen=True)
class StepLine:
    """One step of one subject as the case page and the verdict page show it."""

    step: Step
    letter: str
    why: str
    fact: StepFact
    last_day: date | None = None


def facts_of(subject: InspectedSubject) -> list[StepFact]:
    """Return what the records say of the five steps."""
    inspection = subject.inspection
    decision = getattr(inspection, "decision", None)
    announcement = getattr(inspection, "announcement", None)
    result = getattr(inspection, "result", None)
    minutes: Minutes | None = getattr(subject, "minutes", None)
    return [
        _fact(
            decision and decision.signed_on,
            decision and local_date(decision.created_at),
            source=_("decision %(number)s") % {"number": inspection.decision_no},
        ),
        _fact(
            announcement and announcement.announced_on,
            announcement and local_date(announcement.created_at),
            required=inspection.needs_announcement,
            source=_("announcement of the decision"),
            beside=tuple(_collected(row) for row in subject.received.all() if row.on_paper),
        ),
        _checklist_fact(subject, minutes),
        _minutes_fact(minutes),
        _fact(
            result and result.issued_on,
            result and local_date(result.created_at),
            required=inspection.needs_result,
            source=f"{result.name} {result.number}" if result else "",
        ),
    ]


def _fact(
    happened: date | None,
    recorded: date | None,
    *,
    required: bool = True,
    source: str = "",
    clock: Clock = Clock.ARRIVAL,
    beside: tuple[StepFact, ...] = (),
) -> StepFact:
    happened, recorded = happened or None, recorded or None
    said = source if happened else ""
    return StepFact(required, happened, recorded, source=said, clock=clock, beside=beside)


def _collected(row: ReceivedFile) -> StepFact:
    """Return what a receipt for papers says; a file sent here is recorded the moment it comes."""
    return _fact(row.came_on, local_date(row.received_at), source=str(row))


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
    return _fact(
        sheet.examined_on,
        local_date(moment),
        source=_("checklist “%(name)s”, sheet %(uuid)s")
        % {"name": sheet.version.template.name, "uuid": str(sheet.uuid)[:8]},
        clock=Clock.DEVICE if moment == sheet.finalised_at else Clock.ARRIVAL,
    )


def _minutes_fact(minutes: Minutes | None) -> StepFact:
    if minutes is None or minutes.locked_at is None:
        return StepFact()
    return _fact(
        local_date(minutes.ended_at),
        local_date(minutes.locked_at),
        source=_("locked minutes, SHA-256 %(hash)s…") % {"hash": minutes.sha256[:16]},
    )


def steps_of(subject: InspectedSubject, calendar: WorkingCalendar, days: int = WORKING_DAYS) -> str:
    """Return the five letters that follow from the records."""
    closed = subject.inspection.status == Status.COMPLETED
    return derive(facts_of(subject), calendar, closed=closed, days=days)


def explain(subject: InspectedSubject, calendar: WorkingCalendar) -> list[StepLine]:
    """Say of each step which record made it D or P."""
    if not subject.inspection.is_run_here:
        declared = _("declared when the inspection was registered")
        fact = StepFact(clock=Clock.DECLARED)
        return [
            StepLine(step, letter, declared, fact) for step, letter in zip(Step, subject.steps, strict=True)
        ]
    closed = subject.inspection.status == Status.COMPLETED
    lines = []
    for step, fact in zip(Step, facts_of(subject), strict=True):
        letter = mark(fact, calendar, closed=closed)
        told = (tardy(fact, calendar) or fact) if letter == Mark.PAPER else fact
        last = last_day_to_record(told.happened_on, calendar) if told.required and told.happened_on else None
        lines.append(StepLine(step, letter, _why(step, told, letter, last, told is fact), told, last))
    return lines


def _why(step: Step, fact: StepFact, letter: str, last: date | None, whole: bool = True) -> str:
    if not fact.required:
        return _("not required in this inspection")
    if fact.happened_on is None or fact.recorded_on is None or last is None:
        return _("no record yet") if letter == Mark.NONE else _("no record: counts as paper")
    words = {
        "what": WHAT_HAPPENED[step]() if whole else _("papers received"),
        "happened": date_format(fact.happened_on, "d/m/Y"),
        "recorded": date_format(fact.recorded_on, "d/m/Y"),
        "limit": date_format(last, "d/m/Y"),
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


# NĐ 217/2025/NĐ-CP; another law's kinds name their own text as a whole.
ARTICLES = {
    Step.DECISION: "Điều 11",
    Step.ANNOUNCEMENT: "Điều 13, khoản 1 Điều 15",
    Step.CHECKLIST: "khoản 2, khoản 4 Điều 15",
    Step.MINUTES: "điểm a khoản 3 Điều 15",
    Step.RESULT: "điểm đ khoản 3 Điều 15",
}


def law_of(step: Step, inspection: Inspection) -> str:
    """Return article and text that ask for the step, as papers cite them; nothing for a registered case."""
    version = inspection.kind_version
    if version is None:
        return ""
    text = str(version.legal_basis)
    return f"{ARTICLES[step]} {text}" if "217/2025/NĐ-CP" in text else text
