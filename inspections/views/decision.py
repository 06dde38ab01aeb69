"""New decision, team, registration."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from inspections.actions.decision import open_decision, register_paper_inspection
from inspections.actions.team import change_team, form_team
from inspections.forms.course import PaperForm
from inspections.forms.decision import DecisionForm, PartyFormSet, RegisterForm, TeamFormSet
from inspections.models import Inspection
from inspections.ports import is_trained
from inspections.rules import may_do
from inspections.states import Duty, Event
from inspections.views.door import actor, case_for, put_errors, signed_in
from inspections.views.from_plan import decision_of, parties_of, plan_line_for
from lms.people.access import requires
from lms.people.rules import may


@requires("inspections.view")
def new(request: HttpRequest) -> HttpResponse:
    """Open a case by its decision."""
    person = actor(request)
    if not (may(person, "inspections.run") or may(person, "inspections.sign")):
        raise PermissionDenied(_("Opening a decision is for inspectors and heads of agencies."))
    line = plan_line_for(request)
    said, named = (decision_of(line), parties_of(line)) if line else ({}, [])
    form = DecisionForm(request.POST or None, by=person, initial=said)
    parties = PartyFormSet(request.POST or None, prefix="parties", initial=named)
    if request.method == "POST" and form.is_valid() and parties.is_valid():
        try:
            case = open_decision(by=person, parties=parties.parties(), plan_line=line, **form.facts())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The decision is recorded. Next: form the team."))
            return redirect("inspections:team", case.pk)
    context = {"form": form, "parties": parties, "line": line}
    return render(request, "inspections/decision_form.html", context)


@signed_in
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """Form the team of a case not yet announced; afterwards the signer changes it with a reason and a paper."""
    case, person = case_for(request, pk), actor(request)
    forming, changing = may_do(person, Event.FORM_TEAM, case), may_do(person, Event.CHANGE_TEAM, case)
    if not (forming or changing):
        raise PermissionDenied(
            _("The team of this inspection is not yours to form, or it was already announced.")
        )
    known = [
        {"person": place.person_id, "duty": place.duty, "declared_no_conflict": True}
        for place in case.team.all()
    ]
    rows = TeamFormSet(request.POST or None, prefix="team", case=case, initial=known)
    paper = PaperForm(request.POST or None, request.FILES or None) if changing else None
    problem = ""
    if request.method == "POST" and rows.is_valid() and (paper is None or paper.is_valid()):
        try:
            if paper is None:
                form_team(by=person, inspection=case, places=rows.places())
            else:
                change_team(by=person, inspection=case, places=rows.places(), **paper.facts())
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            messages.success(request, _("The team is formed."))
            warn_of_untrained_leader(request, case)
            return redirect("inspections:case", case.pk)
    context = {"case": case, "rows": rows, "problem": problem, "paper": paper}
    return render(request, "inspections/team_form.html", context)


def warn_of_untrained_leader(request: HttpRequest, case: Inspection) -> None:
    """Say so where the leader is not known to be trained (Điều 12.2): it warns and does not block."""
    leader = case.team.filter(duty=Duty.LEADER).select_related("person").first()
    if leader and is_trained(leader.person, case.named_on) is not True:
        messages.warning(
            request,
            _("%(name)s is not known to have been trained to lead inspections (NĐ 217/2025, Điều 12.2).")
            % {"name": leader.name},
        )


@requires("inspections.view")
def register(request: HttpRequest) -> HttpResponse:
    """Register an inspection done on paper."""
    person = actor(request)
    if not (may(person, "inspections.register") or may(person, "inspections.run")):
        raise PermissionDenied(_("Registering inspections is for registry clerks and inspectors."))
    form = RegisterForm(request.POST or None, by=person)
    parties = PartyFormSet(request.POST or None, prefix="parties")
    if request.method == "POST" and form.is_valid() and parties.is_valid():
        try:
            case: Inspection = register_paper_inspection(
                by=person, parties=parties.parties(), **form.cleaned_data
            )
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The inspection is registered as done on paper."))
            return redirect("inspections:case", case.pk)
    return render(request, "inspections/register_form.html", {"form": form, "parties": parties})
