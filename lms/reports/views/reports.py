"""Asking for period reports, and fetching those that were made."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lms.base.models import Job
from lms.people.access import requires
from lms.people.models import Person
from lms.reports.actions import JOB, ask_report
from lms.reports.forms import ReportForm
from lms.reports.models import PeriodReport
from lms.reports.period import question_of
from lms.reports.rules import may_see_units
from lms.reports.views.kept import refuse_another_s, send_kept

SHOWN = 50


@requires("targets.view")
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Show the form for a new report, and the reports of the reader's agencies."""
    form = ReportForm({**request.GET.dict(), "key": str(uuid4())}, person=request.user)
    form.is_valid()
    return _page(request, form)


@requires("targets.view")
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Promise the report and go to the page that shows how far it is."""
    form = ReportForm(request.POST, person=request.user)
    if not form.is_valid():
        return _page(request, form, status=400)
    if not may_see_units(request.user, form.question):
        raise PermissionDenied(_("Your roles do not reach the figures of this agency."))
    key, person = form.cleaned_data["key"], cast("Person", request.user)
    refuse_another_s(PeriodReport, key, person)
    job = ask_report(key=key, question=form.question, by=person)
    return redirect("job", pk=job.pk)


def _page(request: HttpRequest, form: ReportForm, status: int = 200) -> HttpResponse:
    rows = PeriodReport.scoped.for_person(cast("Person", request.user), "targets.view")
    context = {"form": form, "reports": list(rows.select_related("asked_by")[:SHOWN])}
    return render(request, "reports/reports.html", context, status=status)


def _report(request: HttpRequest, key: UUID) -> PeriodReport:
    report = get_object_or_404(PeriodReport.objects.select_related("asked_by"), key=key)
    if not may_see_units(request.user, question_of(report)):
        raise PermissionDenied(_("Your roles do not reach the figures of this agency."))
    return report


@requires("targets.view")
@require_safe
def report(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show one report: its question, its hashes, its files, or how far it is."""
    found = _report(request, key)
    context: dict[str, Any] = {"report": found, "job": Job.objects.filter(kind=JOB, key=str(key)).first()}
    return render(request, "reports/report.html", context)


@requires("targets.view")
@require_safe
def file(request: HttpRequest, key: UUID, layout: str) -> FileResponse:
    """Send one of the report's two files."""
    found = _report(request, key)
    name = {"pdf": found.pdf_name, "xlsx": found.xlsx_name}[layout]
    return send_kept(name, f"bao-cao-{found.as_of:%Y-%m-%d}-{str(found.key)[:8]}.{layout}")
