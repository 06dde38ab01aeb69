"""Sending a file, seeing what it would do, and letting it do so."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lms.base.exports import xlsx_response
from lms.base.forms import ImportFileForm
from lms.base.importing import FileRefused, Importer, importers
from lms.base.models import ImportRun


@login_required
@require_GET
def kinds(request: HttpRequest) -> HttpResponse:
    """List what this person may import, and their last files."""
    usable = [importer for importer in importers().values() if importer.may_be_used_by(request.user)]
    if not usable:
        raise PermissionDenied(_("Your roles do not include imports."))
    runs = ImportRun.objects.filter(uploaded_by_id=str(request.user.pk))[:20]
    return render(request, "base/imports/kinds.html", {"importers": usable, "runs": runs})


@login_required
def send(request: HttpRequest, kind: str) -> HttpResponse:
    """Take a file, check it, and show what it would do."""
    importer = _importer(request, kind)
    form = ImportFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        content = upload.read()
        try:
            run = _check(request, importer, content, upload.name)
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("import-run", pk=run.pk)
    context = {"form": form, "importer": importer}
    return render(request, "base/imports/send.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Give an empty workbook with the headers in Vietnamese."""
    importer = _importer(request, kind)
    headers = [column.aliases[0] if column.aliases else column.name for column in importer.columns]
    return xlsx_response(f"{kind}-mau.xlsx", headers, [])


@login_required
@require_GET
def run_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a file would do or did."""
    run = _own_run(request, pk)
    return render(request, "base/imports/run.html", {"run": run, "importer": _importer(request, run.kind)})


@login_required
@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Import the checked file; rows that changed since the check are checked again."""
    run = _own_run(request, pk)
    importer = _importer(request, run.kind)
    if run.state != ImportRun.State.CHECKED:
        messages.error(request, _("This file has already been applied or has errors."))
        return redirect("import-run", pk=pk)
    with run.file.open("rb") as file:
        outcome = importer(by=request.user, uploaded=run).run(file.read(), run.file_name)
    if outcome.errors:
        run.state, run.report = ImportRun.State.REFUSED, outcome.as_dict()
        run.save(update_fields=["state", "report"])
        messages.error(request, _("The records have changed since the check: nothing was written."))
    else:
        words = _("Imported: %(added)d added, %(changed)d changed, %(unchanged)d unchanged.")
        messages.success(request, words % outcome.as_dict())
    return redirect("import-run", pk=pk)


def _check(request: HttpRequest, importer: type[Importer], content: bytes, name: str) -> ImportRun:
    outcome = importer(by=request.user).check(content, name)
    run = ImportRun(
        kind=importer.kind,
        file_name=name[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        state=ImportRun.State.REFUSED if outcome.errors else ImportRun.State.CHECKED,
        report=outcome.as_dict(),
        uploaded_by_id=str(request.user.pk),
    )
    run.file.save(f"{run.sha256[:16]}.bin", ContentFile(content), save=False)
    run.save()
    return run


def _importer(request: HttpRequest, kind: str) -> type[Importer]:
    importer = importers().get(kind)
    if importer is None:
        raise Http404
    if not importer.may_be_used_by(request.user):
        raise PermissionDenied(_("Your roles do not include this import."))
    return importer


def _own_run(request: HttpRequest, pk: int) -> ImportRun:
    return get_object_or_404(ImportRun, pk=pk, uploaded_by_id=str(request.user.pk))
