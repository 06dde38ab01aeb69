"""Inspection plans: the list, one plan with its lines, overlaps and what became of them, its document."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, DateField, Value
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from inspections.actions.plan_overlaps import Overlap, overlaps_of
from inspections.actions.plan_progress import Progress, counts_of, progress_of, unplanned
from inspections.actions.plans import make_plan
from inspections.documents.plan import plan_content, plan_pdf
from inspections.forms.plan import NewPlanForm
from inspections.models import Inspection, InspectionPlan, PlanLine, PlanVersion
from inspections.plan_states import PlanEvent, PlanScope, PlanState, Stand
from inspections.rules import has_drafted, may_plan
from inspections.rules.plan import plan_hands
from inspections.states import Act, Who
from inspections.views.door import VIEW, actor, put_errors
from inspections.views.plan_steps import offered_acts
from lms.base.dates import local_date, today
from lms.base.tables import Filter, Listing
from lms.people.access import requires
from lms.people.models import Person
from lms.people.organisation import history
from lms.people.rules import may
from lms.people.tables import agency_filters

LINES_SHOWN, UNPLANNED_SHOWN = 50, 50
STATE_SIGNS = {
    PlanState.DRAFT: "plain",
    PlanState.SENT: "near",
    PlanState.APPROVED: "active",
    PlanState.PUBLISHED: "met",
    PlanState.REPLACED: "plain",
}
STAND_SIGNS = {
    Stand.PLANNED: "plain",
    Stand.OVERDUE: "late",
    Stand.DECIDED: "pending",
    Stand.RUNNING: "active",
    Stand.DONE: "met",
    Stand.STOPPED: "near",
    Stand.SKIPPED: "plain",
}


@dataclass(frozen=True)
class LineRow:
    """One line as the page shows it."""

    line: PlanLine
    progress: Progress
    sign: str
    overlaps: list[tuple[Overlap, str]]
    may_open: bool
    may_skip: bool


@requires(VIEW)
def plans(request: HttpRequest) -> HttpResponse:
    """List the plans of the agencies one sees, each with its newest version."""
    person, known = actor(request), history()
    rows = InspectionPlan.scoped.for_person(person, VIEW)
    agencies = rows.order_by("agency").values_list("agency", flat=True).distinct()
    day = Value(today(), output_field=DateField())
    years = rows.order_by("-year").values_list("year", flat=True).distinct()
    listing = Listing(
        request,
        rows.prefetch_related("versions"),
        search=("versions__title__icontains",),
        filters=(
            Filter("year", _("Year"), [(year, str(year)) for year in years]),
            Filter("scope", _("Kind of plan"), PlanScope.choices),
            *agency_filters(request, agencies, name="agency", label=_("Agency"), lookup="agency", day=day),
        ),
        sorts={"year": ("year",)},
        default_sort="-year",
    )
    page = list(listing.page)
    counts = _counts([plan.pk for plan in page])
    lines = [
        (plan, version, known.name(plan.agency_id, local_date(version.drafted_at)), counts.get(version.pk, 0),
         STATE_SIGNS[PlanState(version.state)])
        for plan in page
        if (version := _newest(plan))
    ]  # fmt: skip
    context = {
        "listing": listing,
        "lines": lines,
        "may_make": _may_make(person),
    }
    return render(request, "inspections/plans.html", context)


def _may_make(person: Person) -> bool:
    return may(person, "inspections.run") or may(person, "inspections.sign")


def _newest(plan: InspectionPlan) -> PlanVersion | None:
    return max(plan.versions.all(), key=lambda version: version.number, default=None)


def _counts(plan_pks: list[int]) -> dict[int, int]:
    rows = PlanLine.objects.filter(version__plan__in=plan_pks).order_by().values_list("version")
    return dict(rows.annotate(count=Count("pk")))


@requires(VIEW)
def new_plan(request: HttpRequest) -> HttpResponse:
    """Draft a plan."""
    person = actor(request)
    if not _may_make(person):
        raise PermissionDenied(_("Drafting a plan is for inspectors and heads of agencies."))
    form = NewPlanForm(request.POST or None, by=person)
    if request.method == "POST" and form.is_valid():
        try:
            version = make_plan(by=person, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The plan is drafted. Next: its lines."))
            return redirect("inspections:plan", version.plan_id)
    return render(request, "inspections/plan_form.html", {"form": form})


def plan_for(request: HttpRequest, plan_pk: int) -> InspectionPlan:
    """Return a plan the reader may see."""
    rows = InspectionPlan.scoped.for_person(actor(request), VIEW)
    found: InspectionPlan | None = rows.prefetch_related("versions").filter(pk=plan_pk).first()
    if found is None:
        raise Http404(_("There is no such plan, or it is not yours to see."))
    return found


def version_for(request: HttpRequest, plan_pk: int) -> PlanVersion:
    """Return the version asked for (`?version=2`), else the newest, with its plan."""
    plan = plan_for(request, plan_pk)
    asked = request.GET.get("version", "")
    versions = {str(version.number): version for version in plan.versions.all()}
    found = versions.get(asked) if asked else _newest(plan)
    if found is None:
        raise Http404(_("There is no such version of this plan."))
    found.plan = plan
    return found


@requires(VIEW)
def plan(request: HttpRequest, plan_pk: int) -> HttpResponse:
    """Show a plan: what is next, its lines with their overlaps, and what became of them."""
    return plan_page(request, version_for(request, plan_pk))


def plan_page(request: HttpRequest, version: PlanVersion, act: str = "", form: Any = None) -> HttpResponse:
    """Show the page, with the form of one act where it was refused."""
    person, known, day = actor(request), history(), today()
    lines = list(version.lines.select_related("kind").prefetch_related("parties__subject"))
    progress = progress_of(version, lines, day)
    overlaps = overlaps_of(version) if version.state != PlanState.REPLACED else []
    page = Paginator(lines, LINES_SHOWN).get_page(request.GET.get("page"))
    extra = unplanned(version)
    hands = plan_hands(person, version.plan.agency_id)
    rows = _rows(version, list(page), progress, overlaps, Who.OFFICE in hands)
    mine = Inspection.scoped.for_person(person, VIEW).values("pk")
    shown = extra.filter(pk__in=mine).order_by("decided_on", "pk").prefetch_related("subjects")
    context = {
        "version": version,
        "versions": sorted(version.plan.versions.all(), key=lambda one: one.number),
        "agency": known.name(version.plan.agency_id, version.issued_on or day),
        "sign": STATE_SIGNS[PlanState(version.state)],
        "rows": rows,
        "page": page,
        "counts": [(stand, STAND_SIGNS[stand], count) for stand, count in counts_of(progress)],
        "line_count": len(lines),
        "subject_count": sum(one.subjects for one in progress),
        "overlap_count": len(overlaps),
        "unplanned": list(shown[:UNPLANNED_SHOWN]),
        "unplanned_count": extra.count() if version.is_in_force else 0,
        "entries": version.entries.exclude(event=PlanEvent.CHANGE),
        "acts": offered_acts(person, version, act, form),
        "may_change": may_plan(person, PlanEvent.CHANGE, version),
        "may_import": may_plan(person, PlanEvent.CHANGE, version) and may(person, "inspections.import"),
        "has_drafted": version.state == PlanState.SENT and has_drafted(person, version),
    }
    return render(request, "inspections/plan.html", context, status=422 if form and form.errors else 200)


def _rows(
    version: PlanVersion,
    lines: list[PlanLine],
    progress: list[Progress],
    overlaps: list[Overlap],
    is_office: bool,
) -> list[LineRow]:
    known, day = history(), today()
    by_line: dict[int, list[tuple[Overlap, str]]] = defaultdict(list)
    for overlap in overlaps:
        by_line[overlap.line_pk].append((overlap, known.name(overlap.agency_id, day)))
    of_line = {one.line.pk: one for one in progress}
    acts = is_office and version.is_in_force
    found = []
    for line in lines:
        one = of_line[line.pk]
        waits = one.skipped is None and one.decided < one.subjects
        found.append(
            LineRow(
                line=line,
                progress=one,
                sign=STAND_SIGNS[one.stand],
                overlaps=by_line[line.pk],
                may_open=acts and waits and version.plan.act == Act.KT,
                may_skip=acts and waits,
            )
        )
    return found


@requires(VIEW)
def plan_file(request: HttpRequest, plan_pk: int) -> HttpResponse | FileResponse:
    """Send the plan's document: what was published as it was, anything else as a draft of today."""
    version = version_for(request, plan_pk)
    name = f"ke-hoach-{version.plan.year}-{version.number}.pdf"
    response: Any
    if version.pdf:
        response = FileResponse(version.pdf.open("rb"), filename=name, content_type="application/pdf")
    else:
        response = HttpResponse(plan_pdf(plan_content(version)), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
