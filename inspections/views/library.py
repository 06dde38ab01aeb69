"""The checklists: every version, and uploading a new one from an XLSForm."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from inspections.actions.checklist import add_checklist, publish_version
from inspections.checklists.xlsform import MAX_SIZE
from inspections.forms.checklist import UploadForm
from inspections.models import ChecklistTemplate, ChecklistVersion
from inspections.views.door import actor, put_errors
from lms.base.views.errors import FileGone
from lms.people.access import requires


@requires("system.run")
def checklists(request: HttpRequest) -> HttpResponse:
    """List the checklists with their versions; POST adds a version."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            version = _publish(request, form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            words = {"name": version.template.name, "number": version.number}
            messages.success(request, _("%(name)s, version %(number)d, is in use from now on.") % words)
            return redirect("inspections:checklists")
    templates = ChecklistTemplate.objects.prefetch_related("versions")
    return render(request, "inspections/checklists.html", {"form": form, "templates": templates})


def _publish(request: HttpRequest, data: dict[str, Any]) -> ChecklistVersion:
    upload = data["sheet"]
    if upload.size > MAX_SIZE:
        raise ValidationError(
            {"sheet": _("The file is larger than %(limit)d MB.") % {"limit": MAX_SIZE // 1024 // 1024}}
        )
    person, sheet = actor(request), upload.read()
    if data["template"] is not None:
        return publish_version(by=person, template=data["template"], sheet=sheet)
    return add_checklist(by=person, code=data["code"], name=data["name"], field=data["field"], sheet=sheet)


@requires("system.run")
def sheet_file(request: HttpRequest, version_pk: int) -> HttpResponseBase:
    """Send the XLSForm of a version as it was uploaded, to be changed in Excel."""
    version = get_object_or_404(ChecklistVersion.objects.select_related("template"), pk=version_pk)
    name = f"{version.template.code}-v{version.number}.xlsx"
    try:
        content = version.sheet.open("rb")
    except FileNotFoundError as error:
        raise FileGone(
            _("The sheet of this version cannot be found. Please tell the administrator.")
        ) from error
    return FileResponse(content, as_attachment=True, filename=name)
