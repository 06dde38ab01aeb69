"""Asking for inspection reports of a period, and fetching those that were made."""

from __future__ import annotations

from typing import cast
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lms.base.models import Job
from lms.people.access import requires
from lms.people.models import Person
from lms.reports.actions import INSPECTIONS_JOB, ask_inspection_report
from lms.reports.cases import question_of_cases
from lms.reports.forms import InspectionReportForm
from lms.reports.models import InspectionReport
from lms.reports.rules import may_list
from lms.reports.views.kept import refuse_another_s, send_kept

# The report lists cases: who may open the lists behind the figures may have it.
LISTS = "targets.lists"
SHOWN = 50


@requires(LISTS)
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Show the form for a new report, and the reports of the reader's agencies."""
    form = InspectionReportForm({**request.GET.dict(), "key": str(uuid4())}, person=request.user)
    form.is_valid()
    return _page(request, form)


@requires(LISTS)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Promise the report and go to the page that shows how far it is."""
    form = InspectionReportForm(request.POST, person=request.user)
    if not form.is_valid():
        return _page(request, form, status=400)
    if not may_list(request.user, form.question):
        raise PermissionDenied(_("Your roles do not open the lists of this agency."))
    key, person = form.cleaned_data["key"], cast("Person", request.user)
    refuse_another_s(InspectionReport, key, person)
    job = ask_inspection_report(key=key, question=form.question, by=person)
    return redirect("job", pk=job.pk)


def _page(request: HttpRequest, form: InspectionReportForm, status: int = 200) -> HttpResponse:
    rows = InspectionReport.scoped.for_person(cast("Person", request.user), LISTS)
    context = {"form": form, "reports": list(rows.select_related("asked_by")[:SHOWN])}
    return render(request, "reports/inspection_reports.html", context, status=status)


def _report(request: HttpRequest, key: UUID | str) -> InspectionReport:
    report = get_object_or_404(InspectionReport.objects.select_related("asked_by"), key=key)
    if not may_list(request.user, question_of_cases(report)):
        raise PermissionDenied(_("Your roles do not open the lists of this agency."))
    return report


@requires(LISTS)
@require_safe
def report(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show one report: its period, its numbers, its hashes, its files, or how far it is."""
    found = _report(request, key)
    job = Job.objects.filter(kind=INSPECTIONS_JOB, key=str(key)).first()
    return render(
        request, "reports/inspection_report.html", {"report": found, "job": job, "data": found.data}
    )


@requires(LISTS)
@require_safe
def file(request: HttpRequest, key: UUID, layout: str) -> FileResponse:
    """Send one of the report's three files."""
    found = _report(request, key)
    if layout not in found.files:
        raise Http404
    shown = f"bao-cao-kiem-tra-{found.period_start:%Y-%m-%d}-{str(found.key)[:8]}.{layout}"
    return send_kept(found.files[layout]["name"], shown)
