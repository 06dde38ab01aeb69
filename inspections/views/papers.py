"""Evidence and minutes."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.actions.drawn_signatures import signing_sheet
from inspections.actions.evidence import add_evidence
from inspections.actions.minutes import lock_minutes, preview, word_draft, write_minutes
from inspections.documents.content import items_of
from inspections.forms.course import EvidenceForm, MinutesForm
from inspections.models import Evidence, InspectedSubject, ReceivedFile, RemedyEvidence
from inspections.rules import may_do, sheet_that_counts
from inspections.states import Event
from inspections.views.door import actor, case_for, put_errors, signed_in, subject_for
from lms.base.documents.word import WORD_TYPE
from lms.base.exports import file_response
from lms.base.views.errors import FileGone
from lms.people.sign_in.again import asks_again

INLINE = ("image/jpeg", "image/png", "image/webp", "application/pdf")


def opened(file: FieldFile) -> File[bytes]:
    """Open a stored file; where it is gone, say so in words."""
    try:
        return file.open("rb")
    except FileNotFoundError as error:
        raise FileGone(
            _("The file of this paper cannot be found any more. Please tell the administrator.")
        ) from error


def send_kept(row: Evidence | ReceivedFile | RemedyEvidence) -> HttpResponseBase:
    """Return a file as it came; what a browser might run is saved, never shown."""
    response = FileResponse(
        opened(row.file),
        as_attachment=row.content_type not in INLINE,
        filename=row.name,
        content_type=row.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _need_open(person: Any, subject: InspectedSubject) -> None:
    minutes = getattr(subject, "minutes", None)
    if not may_do(person, Event.RECORD, subject.inspection) or (minutes is not None and minutes.is_locked):
        raise PermissionDenied(_("Nothing can be added here now, or not by you."))


@signed_in
def evidence(request: HttpRequest, pk: int, subject_pk: int) -> HttpResponse:
    """Show the evidence of one subject and take one more file."""
    subject, person = subject_for(request, pk, subject_pk), actor(request)
    minutes = getattr(subject, "minutes", None)
    may_add = may_do(person, Event.RECORD, subject.inspection) and not (minutes and minutes.is_locked)
    form = EvidenceForm(request.POST or None, request.FILES or None, initial={"uuid": uuid.uuid4()})
    if request.method == "POST":
        _need_open(person, subject)
        if form.is_valid():
            try:
                kept = add_evidence(by=person, subject=subject, **form.cleaned_data)
            except ValidationError as error:
                put_errors(form, error)
            else:
                messages.success(request, _("Kept: %(name)s, SHA-256 %(hash)s.") % _receipt(kept))
                return redirect("inspections:evidence", pk, subject_pk)
    context = {"case": subject.inspection, "subject": subject, "form": form, "may_add": may_add}
    return render(request, "inspections/evidence.html", context)


def _receipt(kept: Evidence) -> dict[str, str]:
    return {"name": kept.name, "hash": f"{kept.sha256[:16]}…"}


@signed_in
def evidence_file(request: HttpRequest, pk: int, evidence_pk: int) -> HttpResponseBase:
    """Send one evidence file to whoever may see the case."""
    case = case_for(request, pk)
    return send_kept(get_object_or_404(Evidence, pk=evidence_pk, subject__inspection=case))


@signed_in
def entry_paper(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponseBase:
    """Send the paper of one event to whoever may see the case."""
    case = case_for(request, pk)
    entry = get_object_or_404(case.entries.exclude(paper_file=""), pk=entry_pk)
    name = f"{entry.paper_type}-{case.code}.pdf"
    response = FileResponse(opened(entry.paper_file), filename=name, content_type="application/pdf")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@signed_in
def minutes(request: HttpRequest, pk: int, subject_pk: int) -> HttpResponse:
    """Write the draft minutes of one subject."""
    subject, person = subject_for(request, pk, subject_pk), actor(request)
    _need_open(person, subject)
    draft = getattr(subject, "minutes", None)
    now = timezone.localtime().replace(second=0, microsecond=0)
    initial = {} if draft else {"started_at": now, "ended_at": now, "place": subject.address}
    form = MinutesForm(request.POST or None, instance=draft, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            write_minutes(by=person, subject=subject_for(request, pk, subject_pk), **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The draft is kept. Read it, then the leader locks it."))
            return redirect("inspections:lock", pk, subject_pk)
    context = {"case": subject.inspection, "subject": subject, "form": form}
    return render(request, "inspections/minutes_form.html", context)


@signed_in
def lock(request: HttpRequest, pk: int, subject_pk: int) -> HttpResponseBase:
    """Show what will be locked; POST locks it for good, once the leader has shown who they are."""
    return (asks_again(_lock) if request.method == "POST" else _lock)(request, pk, subject_pk)


def _lock(request: HttpRequest, pk: int, subject_pk: int) -> HttpResponse:
    subject, person = subject_for(request, pk, subject_pk), actor(request)
    draft = getattr(subject, "minutes", None)
    if draft is None:
        return redirect("inspections:minutes", pk, subject_pk)
    if draft.is_locked:
        return redirect("inspections:case", pk)
    problem = ""
    if request.method == "POST":
        try:
            lock_minutes(by=person, subject=subject)
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            messages.success(request, _("The minutes are locked. They never change any more."))
            return redirect("inspections:case", pk)
    sheet = sheet_that_counts(subject)
    context = {
        "case": subject.inspection,
        "subject": subject,
        "minutes": draft,
        "sheet": sheet,
        "items": items_of(sheet, []) if sheet else [],
        "problem": problem,
        "signing": signing_sheet(person, subject),
        "may_lock": may_do(person, Event.LOCK_MINUTES, subject.inspection),
        "may_write": may_do(person, Event.RECORD, subject.inspection),
    }
    return render(request, "inspections/minutes_lock.html", context)


@signed_in
def minutes_word(request: HttpRequest, pk: int, subject_pk: int) -> HttpResponse:
    """Send the draft minutes in Word."""
    subject = subject_for(request, pk, subject_pk)
    paper = getattr(subject, "minutes", None)
    if paper is None:
        raise Http404(_("There are no minutes yet."))
    try:
        content = word_draft(paper)
    except ValidationError as error:
        raise PermissionDenied(" ".join(error.messages)) from error
    return file_response(f"bien-ban-{subject.inspection.code}-{subject.pk}.docx", content, WORD_TYPE)


@signed_in
def minutes_file(request: HttpRequest, pk: int, subject_pk: int) -> HttpResponseBase:
    """Send the locked minutes, or the draft with the word draft across it."""
    subject = subject_for(request, pk, subject_pk)
    paper = getattr(subject, "minutes", None)
    if paper is None:
        raise Http404(_("There are no minutes yet."))
    name = f"bien-ban-{subject.inspection.code}-{subject.pk}.pdf"
    if paper.is_locked:
        return FileResponse(opened(paper.pdf), filename=name, content_type="application/pdf")
    response = HttpResponse(preview(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
