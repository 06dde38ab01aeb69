"""Workbooks of an attempt: the one to start from, handing one in, reading it back. Only its owner comes here."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model

from courses.actions import save_answer, take_upload
from courses.models import Answer, Attempt, Upload
from courses.questions.xlsx import MAX_BYTES
from courses.rules import Refused
from courses.views.access import learner_of, own_attempt, post_or_back

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@post_or_back(lambda key, position: reverse("attempt", args=[key]))
def attempt_upload(request: HttpRequest, key: UUID, position: int) -> HttpResponse:
    """Take a workbook: sent by the page's script, or by the plain form, whose answer is then saved too."""
    arrived_at = timezone.now()
    row = own_attempt(request, key)
    part = request.GET.get("part", "")
    field = f"q{position}.{part}.file" if part else f"q{position}.file"
    file = request.FILES.get("file") or request.FILES.get(field)
    try:
        if not isinstance(file, UploadedFile) or file.size is None or file.size > MAX_BYTES:
            return _refused(request, row, _("Choose an XLSX file of at most 5 MB."))
        upload, note = take_upload(
            attempt=row,
            position=position,
            name=file.name or "",
            content=file.read(),
            by=learner_of(request),
            at=arrived_at,
        )
        if "plain" in request.GET:
            _answer(row, position, part, upload, arrived_at)
    except Refused as refused:
        return _refused(request, row, str(refused))
    if "plain" in request.GET:
        messages.success(request, note or _("The workbook is uploaded: %(name)s") % {"name": upload.name})
        return redirect("attempt", row.key)
    return JsonResponse({"upload": str(upload.pk), "name": upload.name, "note": note})


def _refused(request: HttpRequest, row: Attempt, sentence: str) -> HttpResponse:
    if "plain" not in request.GET:
        return JsonResponse({"sentence": sentence}, status=400)
    messages.error(request, sentence)
    return redirect("attempt", row.key)


def _answer(row: Attempt, position: int, part: str, upload: Upload, at: Any) -> None:
    """Save the upload as the answer, beside what a case's other questions hold already."""
    saved = Answer.objects.filter(attempt_question=upload.attempt_question).in_force()
    before = saved[0].response if saved else {}
    named: dict[str, Any] = {"upload": str(upload.pk)}
    if part:
        named = {"parts": {**before.get("parts", {}), part: named}}
    save_answer(
        attempt=row,
        position=position,
        client_id=uuid4(),
        sequence=saved[0].sequence + 1 if saved else 1,
        response=named,
        by=None,
        at=at,
    )


@require_safe
@never_cache
@login_required
def attempt_uploaded(request: HttpRequest, key: UUID, upload: UUID) -> FileResponse:
    """Give a workbook back to who handed it in."""
    row = own_attempt(request, key)
    found = get_object_or_404(Upload, pk=upload, attempt_question__attempt=row)
    return _download(found.file.open("rb"), found.name)


@require_safe
@never_cache
@login_required
def attempt_start_file(request: HttpRequest, key: UUID, position: int) -> FileResponse:
    """Give the workbook a task starts from."""
    question = own_attempt(request, key).questions.filter(position=position).first()
    content = question.key if question else {}
    if part := request.GET.get("part", ""):
        parts = {one["key"]: one["content"] for one in content.get("parts", [])}
        content = parts.get(part, {})
    document = get_document_model().objects.filter(pk=content.get("start_file")).first()
    if document is None:
        raise Http404
    return _download(document.file.open("rb"), document.filename)


def _download(file: Any, name: str) -> FileResponse:
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
