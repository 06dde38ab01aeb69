"""What is done with a plan: its words and lines while it is a draft, then sent, approved, published, changed, skipped."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inspections.actions import plans as acts
from inspections.forms.course import ReasonForm
from inspections.forms.plan import LineForm, PlanTextsForm
from inspections.models import PlanLine, PlanVersion
from inspections.plan_states import PlanEvent
from inspections.rules import may_plan
from inspections.rules.authority import hands_at
from inspections.states import Who
from inspections.views.door import VIEW, actor, put_errors
from inspections.views.plan_steps import ACTS
from inspections.views.plans import plan_page, version_for
from lms.people.access import requires


@requires(VIEW)
@require_POST
def plan_act(request: HttpRequest, plan_pk: int, slug: str) -> HttpResponse:
    """Do one act; refused, the page shows its form with what was typed."""
    if slug not in ACTS:
        raise Http404
    act, version, person = ACTS[slug], version_for(request, plan_pk), actor(request)
    if not may_plan(person, act.event, version):
        raise PermissionDenied(_("This plan does not wait for that, or not for you."))
    form = act.form(request.POST, request.FILES, prefix=slug)
    if form.is_valid():
        facts = form.facts() if hasattr(form, "facts") else form.cleaned_data
        try:
            act.action(by=person, version=version, **facts)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, str(act.done))
            return redirect("inspections:plan", plan_pk)
    return plan_page(request, version, slug, form)


def _draft(request: HttpRequest, plan_pk: int) -> PlanVersion:
    version = version_for(request, plan_pk)
    if not may_plan(actor(request), PlanEvent.CHANGE, version):
        raise PermissionDenied(
            _("Only the draft of a plan is changed, by an inspector or head of its agency.")
        )
    return version


@requires(VIEW)
def change(request: HttpRequest, plan_pk: int) -> HttpResponse:
    """Change the words of a draft."""
    version = _draft(request, plan_pk)
    form = PlanTextsForm.of(version, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.change_plan(by=actor(request), version=version, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The draft is changed."))
            return redirect("inspections:plan", plan_pk)
    return render(request, "inspections/plan_form.html", {"form": form, "version": version})


@requires(VIEW)
def new_line(request: HttpRequest, plan_pk: int) -> HttpResponse:
    """Add a line to a draft."""
    return _line_form(request, _draft(request, plan_pk), None)


@requires(VIEW)
def line(request: HttpRequest, plan_pk: int, line_pk: int) -> HttpResponse:
    """Change a line of a draft, or take it out."""
    version = _draft(request, plan_pk)
    return _line_form(request, version, _line(version, line_pk))


def _line(version: PlanVersion, line_pk: int) -> PlanLine:
    rows = version.lines.select_related("kind", "leader").prefetch_related("parties__subject")
    found: PlanLine | None = rows.filter(pk=line_pk).first()
    if found is None:
        raise Http404(_("There is no such line in this plan."))
    found.version = version
    return found


def _line_form(request: HttpRequest, version: PlanVersion, row: PlanLine | None) -> HttpResponse:
    if row is not None and request.method == "POST" and "remove" in request.POST:
        acts.remove_line(by=actor(request), line=row)
        messages.success(request, _("The line is taken out."))
        return redirect("inspections:plan", version.plan_id)
    form = LineForm(request.POST or None, plan=version.plan, line=row)
    if request.method == "POST" and form.is_valid():
        try:
            acts.keep_line(by=actor(request), version=version, line=row, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The line is kept."))
            return redirect("inspections:plan", version.plan_id)
    return render(request, "inspections/plan_line.html", {"form": form, "version": version, "line": row})


@requires(VIEW)
def skip(request: HttpRequest, plan_pk: int, line_pk: int) -> HttpResponse:
    """Say why a line is not carried out."""
    version, person = version_for(request, plan_pk), actor(request)
    if Who.OFFICE not in hands_at(person, version.plan.agency_id) or not version.is_in_force:
        raise PermissionDenied(
            _("A line of an approved plan is skipped by an inspector or head of its agency.")
        )
    row, form = _line(version, line_pk), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.skip_line(by=person, line=row, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The line is skipped, with its reason."))
            return redirect("inspections:plan", plan_pk)
    return render(request, "inspections/plan_skip.html", {"form": form, "version": version, "line": row})
