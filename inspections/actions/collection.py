"""Asking a subject for documents, and taking what comes (Điều 15.2, 15.4 NĐ 217/2025)."""

from __future__ import annotations

import hashlib
import uuid as uuids
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.actions.document import change_document, make_document
from inspections.actions.evidence import refuse_after_lock
from inspections.actions.gate import Paper, log, need_reason, pass_gate, refuse_future
from inspections.actions.steps import derive_steps
from inspections.collection_states import FileFormat
from inspections.models import (
    CaseDocument,
    DocumentRequest,
    InspectedSubject,
    Inspection,
    ReceivedFile,
    RequestItem,
)
from inspections.paper_states import PaperState
from inspections.rules.files import MAX_EVIDENCE, fits, type_of_document
from inspections.states import Event
from inspections.words import PaperType
from lms.base.actions import Actor, record_event
from lms.base.dates import today
from lms.base.vietnamese import nfc
from lms.people.models import Person

ENDINGS = {"image/jpeg": "jpg", "application/pdf": "pdf"}


@dataclass(frozen=True)
class Wanted:
    """One document asked for, and in which form."""

    what: str
    format: str = FileFormat.ANY


@transaction.atomic
def make_request(
    *, by: Person, subject: InspectedSubject, due_on: date, items: Sequence[Wanted], note: str = ""
) -> DocumentRequest:
    """Draft a list of documents to ask of a subject; a further one may follow an earlier one."""
    case = pass_gate(Event.REQUEST, subject.inspection, by)
    refuse_after_lock(subject)
    last = DocumentRequest.objects.filter(subject=subject).aggregate(last=Max("number"))["last"] or 0
    row = DocumentRequest(subject=subject, number=last + 1, made_by=by)
    _write(row, due_on, items, note)
    record_event(by=by, action="inspections.make_request", target=case, new=_said(row))
    return row


@transaction.atomic
def change_request(
    *, by: Person, request: DocumentRequest, due_on: date, items: Sequence[Wanted], note: str = ""
) -> DocumentRequest:
    """Write the draft anew; refused once its document is signed."""
    case = pass_gate(Event.REQUEST, request.subject.inspection, by)
    row = _held(request)
    if row.document is not None and row.document.state != PaperState.DRAFT:
        raise ValidationError(
            _("The document of this request is signed: what is asked besides is another request.")
        )
    row.items.all().delete()
    _write(row, due_on, items, note)
    if row.document is not None:
        change_document(by=by, document=row.document, **paper_inputs(row))
    record_event(by=by, action="inspections.change_request", target=case, new=_said(row))
    return row


def _write(row: DocumentRequest, due_on: date, items: Sequence[Wanted], note: str) -> None:
    if due_on < today():
        raise ValidationError({"due_on": _("The day to hand over by is a day to come.")})
    wanted = [one for one in items if one.what.strip()]
    if not wanted:
        raise ValidationError(_("Name at least one document."))
    row.due_on, row.note = due_on, note.strip()
    row.full_clean()
    row.save()
    for position, one in enumerate(wanted, start=1):
        item = RequestItem(request=row, position=position, what=" ".join(one.what.split()), format=one.format)
        item.full_clean()
        item.save()


@transaction.atomic
def draft_request_paper(*, by: Person, request: DocumentRequest) -> CaseDocument:
    """Draft the request's document, or write its draft anew; signing and numbering follow on its own page."""
    case = pass_gate(Event.REQUEST, request.subject.inspection, by)
    row = _held(request)
    if row.document is not None:
        return change_document(by=by, document=row.document, **paper_inputs(row))
    made = make_document(by=by, inspection=case, type=PaperType.REQUEST, **paper_inputs(row))
    row.document = made
    row.save(update_fields=["document"])
    return made


def paper_inputs(request: DocumentRequest) -> dict[str, Any]:
    """Return what the document of a request says."""
    lines = [
        f"{item.what} ({FORMS[item.format]})" if item.format in FORMS else item.what
        for item in request.items.all()
    ]
    earlier = DocumentRequest.objects.filter(subject=request.subject_id, number__lt=request.number)
    papers = [
        one.document.written_number
        for one in earlier.handed_over().select_related("document")
        if one.document
    ]
    return {
        "addressee": str(request.subject),
        "requested": "\n".join(lines),
        "due_day": request.due_on.isoformat(),
        "hand_in": request.note,
        "further": ", ".join(papers),
    }


# Documents are Vietnamese, whatever language the screen has.
FORMS: dict[str, str] = {
    FileFormat.PDF: "tệp PDF",
    FileFormat.PICTURE: "ảnh chụp hoặc bản quét",
    FileFormat.SHEET: "bảng tính XLSX",
    FileFormat.PAPER: "bản giấy",
}


@transaction.atomic
def hand_request(*, by: Person, request: DocumentRequest) -> DocumentRequest:
    """Hand the signed and numbered request to the subject: from now on it stands in the subject's portal."""
    case = pass_gate(Event.REQUEST, request.subject.inspection, by)
    refuse_after_lock(request.subject)
    row = _held(request)
    paper = row.document
    if paper is None or not paper.is_numbered or paper.issued_on is None:
        raise ValidationError(_("Its document is signed and numbered first."))
    asked = paper_inputs(row)
    if any(paper.inputs.get(name, "") != asked[name] for name in ("requested", "due_day")):
        raise ValidationError(_("The signed document does not say what this request asks for."))
    row.handed_at, row.handed_by = timezone.now(), by
    row.full_clean()
    row.save()
    log(
        Event.REQUEST,
        case,
        by,
        paper=Paper(paper.written_number, paper.issued_on),
        subject=str(row.subject),
        request=row.number,
    )
    return row


@transaction.atomic
def put_item_aside(*, by: Person, item: RequestItem, reason: str) -> RequestItem:
    """Do without one document of a request, and say why."""
    case = pass_gate(Event.REQUEST, item.request.subject.inspection, by)
    fresh = RequestItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if fresh.files.exists():
        raise ValidationError(_("This document was received already."))
    fresh.aside_because = need_reason(reason)
    fresh.save(update_fields=["aside_because"])
    new = {"request": item.request.number, "item": fresh.what}
    record_event(by=by, action="inspections.put_item_aside", target=case, new=new, reason=fresh.aside_because)
    return fresh


@transaction.atomic
def register_papers(
    *,
    by: Person,
    subject: InspectedSubject,
    name: str,
    giver: str,
    came_on: date,
    uuid: uuids.UUID,
    item: RequestItem | None = None,
    sheets: int | None = None,
    file: UploadedFile | None = None,
) -> ReceivedFile:
    """Register what came on paper, with a scan where there is one; the same UUID again is the same receipt.

    Entered later than a working day after it came, the step of collection counts as paper.
    """
    case = pass_gate(Event.RECORD, subject.inspection, by)
    if (stored := _stored(uuid, subject)) is not None:
        return stored
    refuse_after_lock(subject)
    refuse_future("came_on", came_on)
    if case.announced_on and came_on < case.announced_on:
        raise ValidationError({"came_on": _("Documents are collected after the announcement.")})
    content = checked_document(file) if file is not None else b""
    row = ReceivedFile(
        uuid=uuid,
        subject=subject,
        item=_of_subject(item, subject),
        on_paper=True,
        came_on=came_on,
        sheets=sheets,
        name=nfc(" ".join(name.split()))[:300],
        giver=giver.strip(),
        taken_by=by,
        taken_by_name=by.audit_name,
    )
    return keep_received(row, content, case, by)


def checked_document(file: UploadedFile, wanted: str = FileFormat.ANY) -> bytes:
    """Return the bytes of a document handed over; refuse by name what is too large, not what it says, or not as asked."""
    words = {"name": file.name, "limit": MAX_EVIDENCE // 1024 // 1024}
    if not file.size:
        raise ValidationError({"file": _("%(name)s is empty.") % words})
    if file.size > MAX_EVIDENCE:
        raise ValidationError({"file": _("%(name)s is larger than %(limit)d MB.") % words})
    content: bytes = file.read()
    content_type = type_of_document(content)
    if content_type is None:
        raise ValidationError(
            {
                "file": _(
                    "%(name)s is neither a PDF, a photo, a video (MP4), nor a workbook or letter (XLSX, DOCX) without"
                    " macros."
                )
                % words
            }
        )
    if not fits(content_type, wanted):
        words["form"] = str(FileFormat(wanted).label)
        raise ValidationError({"file": _("%(name)s is not in the form asked for: %(form)s.") % words})
    return content


def keep_received(row: ReceivedFile, content: bytes, case: Inspection, by: Actor) -> ReceivedFile:
    """Store a receipt with the next number of its subject; the caller holds the case and has checked the bytes."""
    last = ReceivedFile.objects.filter(subject=row.subject_id).aggregate(last=Max("number"))["last"] or 0
    row.number = last + 1
    if content:
        row.size, row.sha256 = len(content), hashlib.sha256(content).hexdigest()
        row.content_type = type_of_document(content) or ""
        row.file.save(f"{row.uuid}.{_ending(row.content_type)}", ContentFile(content), save=False)
    row.full_clean(exclude=["uuid"])
    row.save(force_insert=True)
    new: dict[str, Any] = {
        "receipt": row.number,
        "subject": str(row.subject),
        "name": row.name,
        "sha256": row.sha256,
    }
    record_event(by=by, action="inspections.receive_file", target=case, new=new)
    derive_steps(case)
    return row


def _ending(content_type: str) -> str:
    if content_type in ENDINGS:
        return ENDINGS[content_type]
    if "openxmlformats" in content_type:
        return "xlsx" if "spreadsheet" in content_type else "docx"
    return content_type.rsplit("/", 1)[-1]


def plain_name(name: str | None) -> str:
    """Return a file's own name without its folders, in one Unicode form."""
    return nfc(PurePath((name or "").replace("\\", "/")).name)[:300]


def _stored(uuid: uuids.UUID, subject: InspectedSubject) -> ReceivedFile | None:
    stored = ReceivedFile.objects.filter(uuid=uuid).first()
    if stored is not None and stored.subject_id != subject.pk:
        raise ValidationError({"file": _("Another file was already sent under this identifier.")})
    return stored


def _of_subject(item: RequestItem | None, subject: InspectedSubject) -> RequestItem | None:
    if item is not None and (item.request.subject_id != subject.pk or not item.request.is_handed_over):
        raise ValidationError({"item": _("This document was not asked of this subject.")})
    return item


def _held(request: DocumentRequest) -> DocumentRequest:
    """Lock the request and return it fresh; refuse one the subject already has."""
    row: DocumentRequest = (
        DocumentRequest.objects.select_for_update(of=("self",))
        .select_related("document", "subject__inspection")
        .get(pk=request.pk)
    )
    if row.is_handed_over:
        raise ValidationError(_("This request was handed over: it stays as it is."))
    return row


def _said(row: DocumentRequest) -> dict[str, Any]:
    return {
        "subject": str(row.subject),
        "request": row.number,
        "due_on": row.due_on,
        "items": [item.what for item in row.items.all()],
    }
