"""The course of a case: the clock, the stops and the end."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from inspections.actions.gate import log, need_reason, pass_gate, refuse_future
from inspections.actions.steps import derive_steps, working_calendar
from inspections.models import Announcement, Inspection, InspectionKind, KindPeriod, ResultDocument
from inspections.rules import deadline
from inspections.states import BY_EVENT, Duty, Event
from lms.base.dates import local_date, today
from lms.people.models import Person


def _kind(case: Inspection) -> InspectionKind:
    if case.kind is None:
        raise ValidationError(_("This inspection has no kind."))
    return case.kind


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
    announcement = Announcement.objects.create(
        inspection=case,
        announced_on=announced_on,
        flagrant=flagrant,
        place=place.strip(),
        days=days,
        mode=kind.day_mode,
        deadline_on=deadline(announced_on, days, kind.day_mode, working_calendar()),
        announced_by=by,
    )
    case.needs_announcement = kind.requires_announcement and not flagrant
    _move(case, Event.ANNOUNCE)
    log(Event.ANNOUNCE, case, by, announced_on=announced_on, deadline_on=announcement.deadline_on)
    derive_steps(case)
    return announcement


@transaction.atomic
def extend(*, by: Person, inspection: Inspection, reason: str) -> Announcement:
    """Extend the time on the spot, once, before it ends (Điều 13)."""
    case = pass_gate(Event.EXTEND, inspection, by)
    reason, clock = need_reason(reason), case.announcement
    if clock.extra_days is not None:
        raise ValidationError(_("An inspection can be extended only once."))
    if today() > clock.deadline_on:
        raise ValidationError(_("The last day has passed: there is nothing left to extend."))
    period = KindPeriod.objects.filter(kind=case.kind, level=case.lead.level, extra_days__gte=1).first()
    if period is None:
        raise ValidationError(_("This kind of inspection cannot be extended."))
    clock.extra_days, clock.extension_reason = period.extra_days, reason
    clock.extended_deadline_on = deadline(
        clock.announced_on, clock.days + period.extra_days, clock.mode, working_calendar()
    )
    clock.full_clean()
    clock.save()
    log(Event.EXTEND, case, by, reason=reason, deadline_on=clock.extended_deadline_on)
    return clock


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
    derive_steps(case)
    return case


def suspend(*, by: Person, inspection: Inspection, reason: str) -> Inspection:
    """Suspend a running case (force majeure, Điều 7.2.đ)."""
    return _stop(Event.SUSPEND, by, inspection, reason)


def resume(*, by: Person, inspection: Inspection, reason: str) -> Inspection:
    """Let a suspended case go on."""
    return _stop(Event.RESUME, by, inspection, reason)


def terminate(*, by: Person, inspection: Inspection, reason: str) -> Inspection:
    """End a case without a result (Điều 7.2.đ)."""
    return _stop(Event.TERMINATE, by, inspection, reason)


def cancel(*, by: Person, inspection: Inspection, reason: str) -> Inspection:
    """Cancel a case before its decision is announced."""
    return _stop(Event.CANCEL, by, inspection, reason)


@transaction.atomic
def _stop(event: Event, by: Person, inspection: Inspection, reason: str) -> Inspection:
    case = pass_gate(event, inspection, by)
    case.status_reason = need_reason(reason)
    _move(case, event)
    log(event, case, by, reason=case.status_reason, status=case.status)
    derive_steps(case)
    return case


def _move(case: Inspection, event: Event) -> None:
    target = BY_EVENT[event].target
    if target is not None:
        case.status = target
    case.save()
