"""Sending a file, seeing what it would do, letting it do so, and taking it back."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lms.base.actions import Actor
from lms.base.exports import csv_response, xlsx_file, xlsx_response
from lms.base.forms import ConfirmImportForm, ImportFileForm, ImportIntoForm, ImportListForm, ReasonForm
from lms.base.importing import Importer, importers
from lms.base.importing.runs import NotNow, ask_undo, confirm_import, release, send_file, waits_for
from lms.base.models import ImportLine, ImportRun, Job
from lms.base.tables import Filter, Listing

SHOWN_KINDS = 20
PROBLEMS = (ImportLine.Effect.REFUSED, ImportLine.Effect.WARNING)


@login_required
@require_GET
def kinds(request: HttpRequest) -> HttpResponse:
    """List what this person may import, and their last files."""
    usable = [importer for importer in importers().values() if importer.may_be_used_by(request.user)]
    if not usable:
        raise PermissionDenied(_("Your roles do not include imports."))
    runs = ImportRun.objects.filter(uploaded_by_id=str(request.user.pk))[:SHOWN_KINDS]
    return render(request, "base/imports/kinds.html", {"importers": usable, "runs": runs})


@login_required
def send(request: HttpRequest, kind: str) -> HttpResponse:
    """Take a file and promise to look at it; the run's page shows how far that is."""
    importer = _importer(request, kind)
    form = _file_form(request, importer)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        run = send_file(
            importer=importer,
            content=upload.read(),
            name=upload.name,
            full_list=form.full_list,
            list_on=form.list_on,
            into=form.into_code,
            by=cast(Actor, request.user),
        )
        return redirect("import-run", pk=run.pk)
    context = {"form": form, "importer": importer}
    return render(request, "base/imports/send.html", context, status=422 if form.errors else 200)


def _file_form(request: HttpRequest, importer: type[Importer]) -> ImportFileForm:
    data, files = request.POST or None, request.FILES or None
    if importer.goes_into:
        initial = {"into": request.GET.get("into", "")}
        return ImportIntoForm(data, files, importer=importer, person=request.user, initial=initial)
    if importer.takes_full_list:
        return ImportListForm(data, files, agencies=importer.full_list_choices(request.user))
    return ImportFileForm(data, files)


@login_required
@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Give an empty workbook with the headers in Vietnamese."""
    importer = _importer(request, kind)
    if content := importer.template():
        return xlsx_file(f"{kind}-mau", content)
    headers = [column.aliases[0] if column.aliases else column.name for column in importer.columns]
    return xlsx_response(f"{kind}-mau", headers, [])


@login_required
@require_GET
def run_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a file would do or did; while a job is at work, how far it is."""
    run = _own_run(request, pk)
    return _run_page(request, run)


def _run_page(request: HttpRequest, run: ImportRun, **forms: Any) -> HttpResponse:
    listing = _lines(request, run)
    if (layout := request.GET.get("format")) in ("csv", "xlsx"):
        return _lines_file(layout, run, listing)
    importer = _importer(request, run.kind)
    back_url, back_words = importer(by=request.user, into=run.options.get("into", "")).back_to()
    context = {
        "run": run,
        "importer": importer,
        "back_url": back_url,
        "back_words": back_words,
        "listing": listing,
        "waits_for": waits_for(run) if run.state in (run.State.APPLYING, run.State.UNDOING) else None,
        "has_failed": run.is_busy and run.job is not None and run.job.state == Job.State.FAILED,
        "confirm_form": forms.get("confirm") or ConfirmImportForm(stops=run.report.get("stops", [])),
        "undo_form": forms.get("undo") or ReasonForm(),
        "export_url": request.path,
        "list_on": parse_date(run.options.get("list_on") or ""),
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, "base/imports/run.html", context, status=422 if wrong else 200)


def _lines(request: HttpRequest, run: ImportRun) -> Listing:
    return Listing(
        request,
        run.lines.all(),
        search=("folded__contains",),
        sorts={"row": ("row",), "effect": ("effect", "row")},
        filters=(Filter("effect", _("What is done"), ImportLine.Effect.choices),),
    )


def _lines_file(layout: str, run: ImportRun, listing: Listing) -> HttpResponse:
    """Send the lines shown as a file: row, column, value and message first, for whoever mends the sheet."""
    headers = [_("Row"), _("Column"), _("Value"), _("Message"), _("What is done"), _("What"), _("Changes")]
    rows = (
        (
            line.row,
            line.column,
            line.value,
            line.message,
            line.get_effect_display(),
            line.label,
            "; ".join(f"{name}: {old} → {new}" for name, old, new in line.changes),
        )
        for line in listing.rows.iterator(chunk_size=2000)
    )
    respond = xlsx_response if layout == "xlsx" else csv_response
    return cast(HttpResponse, respond(f"{run.kind}-{run.pk}", headers, rows))


@login_required
@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Promise to import the checked file, where every number that stops it was confirmed."""
    run = _own_run(request, pk)
    _importer(request, run.kind)
    form = ConfirmImportForm(request.POST, stops=run.report.get("stops", []))
    if run.state == run.State.CHECKED and not form.is_valid():
        return _run_page(request, run, confirm=form)
    try:
        confirm_import(
            run=run, confirmed=form.cleaned_data if form.is_valid() else {}, by=cast(Actor, request.user)
        )
    except NotNow:
        messages.error(request, _("This file has already been applied or has errors."))
    return redirect("import-run", pk=pk)


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Promise to take an import back, with a reason."""
    run = _own_run(request, pk)
    importer = _importer(request, run.kind)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _run_page(request, run, undo=form)
    try:
        if importer.not_undone:
            raise NotNow
        ask_undo(run=run, reason=form.cleaned_data["reason"], by=cast(Actor, request.user))
    except NotNow:
        messages.error(request, importer.not_undone or _("This import can no longer be taken back."))
    return redirect("import-run", pk=pk)


@login_required
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a file back whose job failed in all its tries, so that it can be confirmed or sent again."""
    run = _own_run(request, pk)
    try:
        release(run=run, by=cast(Actor, request.user))
    except NotNow:
        messages.error(request, _("The work on this file has not failed."))
    return redirect("import-run", pk=pk)


def _importer(request: HttpRequest, kind: str) -> type[Importer]:
    importer = importers().get(kind)
    if importer is None:
        raise Http404
    if not importer.may_be_used_by(request.user):
        raise PermissionDenied(_("Your roles do not include this import."))
    return importer


def _own_run(request: HttpRequest, pk: int) -> ImportRun:
    return get_object_or_404(
        ImportRun.objects.select_related("job"), pk=pk, uploaded_by_id=str(request.user.pk)
    )
