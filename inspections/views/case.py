"""The page of one case, and the steps that are one form each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from inspections.actions.gate import PAPER_OF
from inspections.actions.steps import working_calendar
from inspections.models import InspectedSubject, Inspection
from inspections.paper_states import FIXED
from inspections.ports import is_trained
from inspections.rules import (
    NextStep,
    StepLine,
    WorkingCalendar,
    classify,
    classify_all,
    explain,
    hands,
    may_do,
    next_step,
    sheet_that_counts,
)
from inspections.states import BY_EVENT, Act, Duty, Event, Status
from inspections.views.documents import offered
from inspections.views.door import VIEW, actor, case_for, put_errors, signed_in
from inspections.views.lists import STATE_SIGNS
from inspections.views.steps import BESIDE, GRAVE, STEPS
from inspections.words import PaperType
from lms.base.dates import today
from lms.people.organisation import history
from lms.people.rules import may


@dataclass(frozen=True)
class SubjectPart:
    """One subject as the case page shows it."""

    subject: InspectedSubject
    lines: list[StepLine]
    verdict: str
    sheet: Any
    minutes: Any
    may_record: bool
    may_lock: bool


def _part(subject: InspectedSubject, person: Any, calendar: Any) -> SubjectPart:
    case = subject.inspection
    minutes = getattr(subject, "minutes", None)
    is_open = minutes is None or not minutes.is_locked
    return SubjectPart(
        subject,
        explain(subject, calendar),
        str(classify(subject.steps).label) if case.status == Status.COMPLETED and case.act == Act.KT else "",
        sheet_that_counts(subject) if case.is_run_here else None,
        minutes,
        is_open and may_do(person, Event.RECORD, case),
        is_open and minutes is not None and may_do(person, Event.LOCK_MINUTES, case),
    )


def _training_note(case: Inspection) -> str:
    leader = next((place for place in case.team.all() if place.duty == Duty.LEADER), None)
    if leader is None or case.is_closed or is_trained(leader.person, case.named_on) is True:
        return ""
    return _("%(name)s is not known to have been trained to lead inspections (NĐ 217/2025, Điều 12.2).") % {
        "name": leader.name
    }


@signed_in
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one case: the chain as steps, one primary action, and why each step is D or P."""
    case, person, known = case_for(request, pk), actor(request), history()
    calendar, step = working_calendar(), next_step(case)
    clock = getattr(case, "announcement", None)
    subjects = [_part(subject, person, calendar) for subject in case.subjects.all()]
    counted = case.status == Status.COMPLETED and case.act == Act.KT and not case.is_secret
    context = {
        "case": case,
        "lead": known.name(case.lead_id, case.named_on),
        "members": [known.name(agency.pk, case.named_on) for agency in case.members.all()],
        "sign": STATE_SIGNS.get(Status(case.status), "plain"),
        "decision": getattr(case, "decision", None),
        "may_see_plan": may(person, VIEW, case.lead_id),
        "clock": clock,
        "days_left": (clock.last_day - today()).days if clock and not case.is_closed else None,
        "result": getattr(case, "result", None),
        "subjects": subjects,
        "verdict": classify_all(part.subject.steps for part in subjects).label if counted else "",
        "step": step,
        "mine": step is not None and step.who in hands(person, case),
        "step_url": _url_of(step, case) if step else "",
        "beside": [
            (slug, STEPS[slug].title, slug in GRAVE)
            for slug in BESIDE
            if may_do(person, STEPS[slug].event, case) and _makes_sense(slug, case)
        ],
        "training_note": _training_note(case),
        "may_team": may_do(person, Event.FORM_TEAM, case) or may_do(person, Event.CHANGE_TEAM, case),
        "plan": getattr(case, "work_plan", None),
        "may_plan": may_do(person, Event.SUBMIT_PLAN, case),
        "former": case.former_members.all(),
        "documents": case.documents.select_related("signer", "replaced_by"),
        "offered_documents": offered(person, case),
        "entries": case.entries.all(),
        "unknown_year": _unknown_year(case, calendar),
    }
    return render(request, "inspections/case.html", context)


def _unknown_year(case: Inspection, calendar: WorkingCalendar) -> int | None:
    """Return the year whose days off are not known, where the last day rests on it."""
    clock = getattr(case, "announcement", None)
    if clock is None or case.is_closed or calendar.knows(clock.last_day):
        return None
    return int(clock.last_day.year)


def _makes_sense(slug: str, case: Inspection) -> bool:
    plan = getattr(case, "work_plan", None)
    if slug in ("approve-plan", "send-back-plan"):
        return plan is not None and plan.state == plan.State.SUBMITTED
    if slug == "extend":
        return case.announcement.extra_days is None
    if slug == "no-result":
        kind = case.kind_version
        return case.needs_result and not hasattr(case, "result") and bool(kind and not kind.requires_result)
    return True


def _url_of(step: NextStep, case: Inspection) -> str:
    if step.subject is not None:
        return reverse(f"inspections:{step.act}", args=[case.pk, step.subject.pk])
    if step.act == "team":
        return reverse("inspections:team", args=[case.pk])
    return reverse("inspections:step", args=[case.pk, step.act])


def _numbered_paper(event: Event, case: Inspection) -> dict[str, Any]:
    """Return number and day of the document drafted here that the step rests on, where there is one."""
    paper = BY_EVENT[event].paper or PAPER_OF.get(event)
    types = [PaperType.RESULT, PaperType.RECTIFY] if event == Event.ISSUE_RESULT else [paper]
    row = case.documents.filter(type__in=[str(one) for one in types if one], state__in=FIXED).last()
    if row is None:
        return {}
    number, on = row.written_number, row.issued_on
    return {"paper_number": number, "paper_on": on, "number": number, "issued_on": on}


@signed_in
def take_step(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Show the form of one step and take it."""
    if slug not in STEPS:
        raise Http404
    step, case, person = STEPS[slug], case_for(request, pk), actor(request)
    if not may_do(person, step.event, case):
        who = BY_EVENT[step.event].who.label
        raise PermissionDenied(
            _("“%(step)s” is not possible here and now, or not for you. It is for: %(who)s.")
            % {"step": step.title, "who": who}
        )
    posted = request.method == "POST"
    form = step.form(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial=_numbered_paper(step.event, case),
    )
    if request.method == "POST" and form.is_valid():
        try:
            step.action(by=person, inspection=case, **form.facts())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, str(step.done))
            return redirect("inspections:case", case.pk)
    context = {"case": case, "step": step, "form": form, "grave": slug in GRAVE, "row": BY_EVENT[step.event]}
    return render(request, "inspections/step_form.html", context)
