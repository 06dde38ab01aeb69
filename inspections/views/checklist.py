"""Filling in a checklist in the browser, and taking what it sends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inspections.actions.checklist import receive_sheet
from inspections.documents.content import items_of
from inspections.models import ChecklistRecord, ChecklistVersion, InspectedSubject, Inspection
from inspections.rules import may_do
from inspections.states import Event
from inspections.views.door import actor, signed_in, subject_for
from lms.base.vietnamese import fold

XML_PART = "xml_submission_file"
STATUS_OF = {"created": 201, "same": 200, "conflict": 409}


def versions_in_use(case: Inspection) -> list[ChecklistVersion]:
    """Return the newest version of every checklist in use: those of the case's kind, of all where it names none."""
    found: dict[int, ChecklistVersion] = {}
    rows = ChecklistVersion.objects.filter(template__is_active=True, retired_at=None)
    if case.kind_version and (named := case.kind_version.checklists.values_list("pk", flat=True)):
        rows = rows.filter(template__in=named)
    for version in rows.select_related("template").order_by("template__name", "-number"):
        found.setdefault(version.template_id, version)
    return list(found.values())


# ODK Web Forms compiles WebAssembly, reads data: addresses and writes its own styles (its page only).
@csp_update(
    {
        "script-src": ["'wasm-unsafe-eval'"],
        "connect-src": ["data:", "blob:"],
        "worker-src": [SELF, "blob:"],
        "font-src": ["data:"],
    }
)
@signed_in
def fill(request: HttpRequest, pk: int, subject_pk: int) -> HttpResponse:
    """Show the form engine with the version chosen, the only one, or the choice among several."""
    subject, person = subject_for(request, pk, subject_pk), actor(request)
    _need_open(person, subject)
    offered = versions_in_use(subject.inspection)
    asked = request.GET.get("version", "")
    chosen = next((version for version in offered if str(version.pk) == asked), None)
    fitting = [
        row for row in offered if fold(row.template.field) == fold(subject.inspection.field)
    ] or offered
    if chosen is None and len(fitting) == 1:
        chosen = fitting[0]
    context = {
        "case": subject.inspection,
        "subject": subject,
        "offered": offered,
        "version": chosen,
        "opened_at": timezone.now().isoformat(),
    }
    response = render(request, "inspections/checklist.html", context)
    # The component writes style elements without a nonce; a nonce beside it would switch this off.
    response._csp_replace = {"style-src": [SELF, "'unsafe-inline'"]}  # type: ignore[attr-defined]
    return response


def _need_open(person: Any, subject: InspectedSubject) -> None:
    minutes = getattr(subject, "minutes", None)
    if not may_do(person, Event.RECORD, subject.inspection) or (minutes is not None and minutes.is_locked):
        raise PermissionDenied(_("Nothing can be added here now, or not by you."))


@signed_in
def xform(request: HttpRequest, pk: int, subject_pk: int, version_pk: int) -> HttpResponse:
    """Send the XForm of one version to whoever fills it in."""
    subject_for(request, pk, subject_pk)
    version = get_object_or_404(ChecklistVersion, pk=version_pk)
    return HttpResponse(version.xform, content_type="application/xml; charset=utf-8")


@require_POST
@signed_in
def receive(request: HttpRequest, pk: int, subject_pk: int, version_pk: int) -> JsonResponse:
    """Take one finalised sheet: 201 stored, 200 stored before, 409 other content under the same UUID."""
    subject = subject_for(request, pk, subject_pk)
    version = get_object_or_404(ChecklistVersion.objects.select_related("template"), pk=version_pk)
    part = request.FILES.get(XML_PART)
    if not isinstance(part, UploadedFile):
        return _refused(_("What was sent is no filled checklist."))
    files = {
        name: file
        for name, file in request.FILES.items()
        if name != XML_PART and isinstance(file, UploadedFile)
    }
    try:
        xml = part.read().decode("utf-8")
        receipt = receive_sheet(
            by=actor(request),
            subject=subject,
            version=version,
            xml=xml,
            files={file.name or name: file for name, file in files.items()},
            started_at=_moment(request.POST.get("started_at", "")),
            finalised_at=_moment(request.POST.get("finalised_at", "")) or timezone.now(),
        )
    except UnicodeDecodeError:
        return _refused(_("What was sent is no filled checklist."))
    except ValidationError as error:
        return _refused(" ".join(error.messages))
    return JsonResponse(receipt.as_dict(), status=STATUS_OF[receipt.state])


def _refused(sentence: str) -> JsonResponse:
    return JsonResponse({"state": "refused", "error": sentence}, status=400)


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None


@signed_in
def sheet(request: HttpRequest, pk: int, subject_pk: int, record_pk: int) -> HttpResponse:
    """Show one filled checklist as it was sent."""
    subject = subject_for(request, pk, subject_pk)
    record = get_object_or_404(
        ChecklistRecord.objects.select_related("version__template", "filled_by").prefetch_related("evidence"),
        pk=record_pk,
        subject=subject,
    )
    files = [{"no": str(row.pk), "question": row.question, "name": row.name} for row in record.evidence.all()]
    context = {
        "case": subject.inspection,
        "subject": subject,
        "record": record,
        "items": items_of(record, files),
        "files": record.evidence.all(),
        "conflicts": record.conflicts.select_related("sent_by"),
    }
    return render(request, "inspections/sheet.html", context)
