"""The course of a case: the clock, the stops and the end."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from inspections.actions.findings import freeze_findings
from inspections.actions.gate import Paper, log, need_reason, pass_gate, refuse_future
from inspections.actions.steps import derive_steps, working_calendar
from inspections.models import Announcement, Inspection, KindVersion, ResultDocument, Suspension
from inspections.rules import Pause, deadline
from inspections.states import BY_EVENT, Duty, Event
from lms.base.dates import local_date, today
from lms.people.models import Person


def _kind(case: Inspection) -> KindVersion:
    """Return the kind as it was at the decision."""
    if case.kind_version is None:
        raise ValidationError(_("This inspection has no kind."))
    return case.kind_version


@transaction.atomic
def announce(
    *, by: Person, inspection: Inspection, announced_on: date, place: str = "", flagrant: bool = False
) -> Announcement:
    """Start the clock: the decision is announced, or the subject was caught in the act (Điều 13, 15.1)."""
    case = pass_gate(Event.ANNOUNCE, inspection, by)
    refuse_future("announced_on", announced_on)
    if announced_on < case.decision.signed_on:
        raise ValidationError({"announced_on": _("The announcement comes after the decision.")})
    if not case.team.filter(duty=Duty.LEADER).exists():
        raise ValidationError(_("Form the team first: it needs a leader."))
    kind, days = _kind(case), case.decision.days
    if kind.requires_plan and not flagrant and not _has_approved_plan(case):
        raise ValidationError(_("The signer approves the work plan first (Điều 14)."))
    last_day = deadline(announced_on, days, kind.day_mode, working_calendar())
    announcement = Announcement.objects.create(
        inspection=case,
        announced_on=announced_on,
        flagrant=flagrant,
        place=place.strip(),
        days=days,
        mode=kind.day_mode,
        deadline_on=last_day,
        last_day=last_day,
        announced_by=by,
    )
    case.announced_on = announced_on
    case.needs_announcement = kind.requires_announcement and not flagrant
    _move(case, Event.ANNOUNCE)
    log(Event.ANNOUNCE, case, by, announced_on=announced_on, deadline_on=announcement.deadline_on)
    derive_steps(case)
    return announcement


def _has_approved_plan(case: Inspection) -> bool:
    plan = getattr(case, "work_plan", None)
    return plan is not None and plan.is_approved


@transaction.atomic
def extend(*, by: Person, inspection: Inspection, reason: str, paper: Paper | None = None) -> Announcement:
    """Extend the time on the spot, once, before it ends (Điều 13)."""
    case = pass_gate(Event.EXTEND, inspection, by)
    reason, clock = need_reason(reason), case.announcement
    if clock.extra_days is not None:
        raise ValidationError(_("An inspection can be extended only once."))
    if today() > clock.last_day:
        raise ValidationError(_("The last day has passed: there is nothing left to extend."))
    period = _kind(case).periods.filter(level=case.lead.level, extra_days__gte=1).first()
    if period is None:
        raise ValidationError(_("This kind of inspection cannot be extended."))
    clock.extra_days, clock.extension_reason = period.extra_days, reason
    clock.extended_deadline_on = deadline(
        clock.announced_on, clock.days + period.extra_days, clock.mode, working_calendar()
    )
    _set_last_day(case, clock)
    log(
        Event.EXTEND,
        case,
        by,
        reason=reason,
        paper=paper,
        days=clock.extra_days,
        deadline_on=clock.last_day,
    )
    return clock


def _set_last_day(case: Inspection, clock: Announcement) -> None:
    """Store the last day in force: extended days counted, days of suspension not."""
    pauses = [Pause(row.suspended_on, row.resumed_on) for row in case.suspensions.all()]
    days = clock.days + (clock.extra_days or 0)
    clock.last_day = deadline(clock.announced_on, days, clock.mode, working_calendar(), pauses)
    clock.full_clean()
    clock.save()


@transaction.atomic
def issue_result(
    *,
    by: Person,
    inspection: Inspection,
    number: str,
    issued_on: date,
    signer_name: str = "",
    summary: str = "",
) -> ResultDocument:
    """Enter the document that closes the case, with the number the registry gave (Điều 15.3.đ)."""
    case = pass_gate(Event.ISSUE_RESULT, inspection, by)
    refuse_future("issued_on", issued_on)
    if issued_on < _last_minutes(case):
        raise ValidationError({"issued_on": _("The result document comes after the minutes.")})
    if hasattr(case, "result"):
        raise ValidationError(_("The result document was already entered."))
    document = ResultDocument(
        inspection=case,
        name=_kind(case).closing_document,
        number=number.strip(),
        issued_on=issued_on,
        signer_name=signer_name.strip(),
        summary=summary.strip(),
        entered_by=by,
    )
    document.full_clean()
    document.save()
    if not case.needs_result:
        case.needs_result, case.result_waiver = True, ""
        case.save()
    log(Event.ISSUE_RESULT, case, by, number=document.number, issued_on=issued_on)
    freeze_findings(by=by, case=case)
    derive_steps(case)
    return document


def _last_minutes(case: Inspection) -> date:
    """Return the day of the last minutes; refuse while one is open."""
    days = []
    for subject in case.subjects.select_related("minutes"):
        minutes = getattr(subject, "minutes", None)
        if minutes is None or not minutes.is_locked:
            raise ValidationError(_("The minutes of %(subject)s are not locked yet.") % {"subject": subject})
        days.append(local_date(minutes.ended_at))
    return max(days)


@transaction.atomic
def waive_result(*, by: Person, inspection: Inspection, reason: str) -> Inspection:
    """Say why no result document is needed, where the kind leaves it open (Điều 15.3.đ)."""
    case = pass_gate(Event.WAIVE_RESULT, inspection, by)
    if _kind(case).requires_result:
        raise ValidationError(_("This kind of inspection always ends with a result document."))
    if hasattr(case, "result"):
        raise ValidationError(_("The result document was already entered."))
    case.needs_result, case.result_waiver = False, need_reason(reason)
    case.save()
    log(Event.WAIVE_RESULT, case, by, reason=case.result_waiver)
    derive_steps(case)
    return case


@transaction.atomic
def complete(*, by: Person, inspection: Inspection) -> Inspection:
    """Close the case on the day of its result document, else of its last minutes."""
    case = pass_gate(Event.COMPLETE, inspection, by)
    last = _last_minutes(case)
    document = getattr(case, "result", None)
    if case.needs_result and document is None:
        raise ValidationError(_("Enter the result document first, or say why none is needed."))
    case.completed_on = document.issued_on if document else last
    _move(case, Event.COMPLETE)
    log(Event.COMPLETE, case, by, completed_on=case.completed_on)
    freeze_findings(by=by, case=case)
    derive_steps(case)
    return case


@transaction.atomic
def suspend(
    *, by: Person, inspection: Inspection, reason: str, paper: Paper | None = None, on: date | None = None
) -> Inspection:
    """Suspend a running case: from that day on the clock stands still (force majeure, Điều 7.2.đ)."""
    case = pass_gate(Event.SUSPEND, inspection, by)
    day = _day_of(on, case.announced_on)
    Suspension.objects.create(inspection=case, suspended_on=day)
    case.suspended_on = day
    return _stop(Event.SUSPEND, by, case, reason, paper, on=day)


@transaction.atomic
def resume(
    *, by: Person, inspection: Inspection, reason: str, paper: Paper | None = None, on: date | None = None
) -> Inspection:
    """Let a suspended case go on: its last day moves by the days that were not counted."""
    case = pass_gate(Event.RESUME, inspection, by)
    day = _end_suspension(case, _day_of(on, case.suspended_on))
    _set_last_day(case, case.announcement)
    return _stop(Event.RESUME, by, case, reason, paper, on=day, last_day=case.announcement.last_day)


@transaction.atomic
def terminate(
    *, by: Person, inspection: Inspection, reason: str, paper: Paper | None = None, on: date | None = None
) -> Inspection:
    """End a case without a result (Điều 7.2.đ)."""
    case = pass_gate(Event.TERMINATE, inspection, by)
    case.stopped_on = _day_of(on, case.suspended_on or case.announced_on)
    if case.suspended_on:
        _end_suspension(case, case.stopped_on)
    return _stop(Event.TERMINATE, by, case, reason, paper, on=case.stopped_on)


@transaction.atomic
def cancel(
    *, by: Person, inspection: Inspection, reason: str, paper: Paper | None = None, on: date | None = None
) -> Inspection:
    """Cancel a case before its decision is announced."""
    case = pass_gate(Event.CANCEL, inspection, by)
    case.stopped_on = _day_of(on, case.decided_on)
    return _stop(Event.CANCEL, by, case, reason, paper, on=case.stopped_on)


@transaction.atomic
def hand_over(
    *, by: Person, inspection: Inspection, reason: str, recipient: str, paper: Paper | None = None
) -> Inspection:
    """Hand a violation over to whoever is competent: inspectorate, police (Điều 15.3.c, d). The case goes on."""
    case = pass_gate(Event.HAND_OVER, inspection, by)
    if not recipient.strip():
        raise ValidationError({"recipient": _("Say to whom it is handed over.")})
    log(Event.HAND_OVER, case, by, reason=reason, paper=paper, recipient=recipient.strip())
    return case


def _day_of(on: date | None, not_before: date | None) -> date:
    """Return the day of a stop, today where none is told; refuse one to come or before what precedes it."""
    day = on or today()
    refuse_future("on", day)
    if not_before and day < not_before:
        raise ValidationError({"on": _("Each date comes after the one before.")})
    return day


def _end_suspension(case: Inspection, day: date) -> date:
    case.suspensions.filter(resumed_on=None).update(resumed_on=day)
    case.suspended_on = None
    return day


def _stop(
    event: Event, by: Person, case: Inspection, reason: str, paper: Paper | None, **detail: object
) -> Inspection:
    case.status_reason = need_reason(reason)
    _move(case, event)
    log(event, case, by, reason=case.status_reason, paper=paper, status=case.status, **detail)
    derive_steps(case)
    return case


def _move(case: Inspection, event: Event) -> None:
    target = BY_EVENT[event].target
    if target is not None:
        case.status = target
    case.save()
