"""The portal of the inspected party: its own part of one case, and nothing else of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inspections.actions import portal as act
from inspections.actions.minutes import preview
from inspections.collection_states import OUTSTANDING
from inspections.documents.content import items_of
from inspections.forms.party import DoneForm, FilesForm, StatementForm
from inspections.forms.remedies import RemedyEvidenceForm, fresh_uuid
from inspections.models import (
    CaseDocument,
    InspectedSubject,
    Minutes,
    PartyAccess,
    PartyStatement,
    ReceivedFile,
    Remedy,
    RemedyEvidence,
    RequestItem,
)
from inspections.paper_states import FIXED
from inspections.remedy_states import BY_REMEDY_EVENT, RemedyEvent
from inspections.rules import sheet_that_counts
from inspections.rules.collection import RequestPart, is_open, parts_of
from inspections.states import Duty
from inspections.views.collection import send_receipts
from inspections.views.door import put_errors
from inspections.views.papers import opened, send_kept
from inspections.views.party_door import party_of, party_only
from inspections.views.remedies import SIGNS
from inspections.words import PaperType
from lms.base.dates import today
from lms.people.organisation import history

# What is served on the parties; work plan and report are the team's own.
SERVED = (
    PaperType.DECISION,
    PaperType.NOTICE,
    PaperType.OUTLINE,
    PaperType.RESULT,
    PaperType.RECTIFY,
    PaperType.EXTENSION,
    PaperType.SUSPENSION,
    PaperType.RESUMPTION,
    PaperType.TERMINATION,
    PaperType.TEAM_CHANGE,
)
HAND_IN = BY_REMEDY_EVENT[RemedyEvent.HAND_IN].sources
About = PartyStatement.About


@dataclass(frozen=True)
class ToDo:
    """One thing the party is asked to do, and by when."""

    words: str
    url_name: str
    pk: int | None
    due: Any
    sign: str


def _subject_of(access: PartyAccess) -> InspectedSubject:
    """Return the party's subject fresh, with what its pages show."""
    rows = InspectedSubject.objects.select_related(
        "inspection__decision", "inspection__announcement", "inspection__result", "minutes__shown"
    )
    return rows.get(pk=access.subject_id)


def _minutes_of(subject: InspectedSubject) -> Minutes | None:
    minutes: Minutes | None = getattr(subject, "minutes", None)
    return minutes if act.may_read_minutes(minutes) else None


def _requests(subject: InspectedSubject) -> list[RequestPart]:
    rows = subject.requests.handed_over().with_items()
    return parts_of(rows, today(), closed=not is_open(subject))


def _remedies(subject: InspectedSubject) -> QuerySet[Remedy]:
    return Remedy.objects.filter(finding__subject=subject).select_related("finding__basis")


def served(subject: InspectedSubject) -> QuerySet[CaseDocument]:
    """Return the numbered documents this party may read: its own requests, and what names no other party."""
    numbered = CaseDocument.objects.filter(inspection=subject.inspection_id, state__in=FIXED)
    own = numbered.filter(request__subject=subject, request__handed_at__isnull=False)
    if subject.inspection.subjects.count() > 1:
        return own
    return own | numbered.filter(type__in=SERVED)


@require_safe
@party_only
def home(request: HttpRequest) -> HttpResponse:
    """Show what is asked of the party and by when, then everything it may read."""
    access = party_of(request)
    subject = _subject_of(access)
    case, parts, minutes = subject.inspection, _requests(subject), _minutes_of(subject)
    remedies = list(_remedies(subject))
    leader = case.team.filter(duty=Duty.LEADER).first()
    context = {
        "access": access,
        "subject": subject,
        "case": case,
        "lead": history().name(case.lead_id, case.named_on),
        "leader": leader,
        "clock": getattr(case, "announcement", None),
        "result": getattr(case, "result", None),
        "todo": _to_do(subject, parts, minutes, remedies),
        "parts": parts,
        "minutes": minutes,
        "remedies": [(row, row.due_on(today())) for row in remedies],
        "documents": served(subject).select_related("request").order_by("issued_on", "pk"),
        "shared": case.subjects.count() > 1,
        "received": subject.received.all(),
        "statements": subject.statements.select_related("item"),
        "is_open": is_open(subject),
    }
    return render(request, "inspections/party/home.html", context)


def _to_do(
    subject: InspectedSubject, parts: list[RequestPart], minutes: Minutes | None, remedies: list[Remedy]
) -> list[ToDo]:
    found = [
        ToDo(
            _("Hand over %(count)d documents (request %(number)d)")
            % {"count": part.outstanding, "number": part.request.number},
            "party:request",
            part.request.pk,
            part.request.due_on,
            "late" if part.late else "active",
        )
        for part in parts
        if part.outstanding
    ]
    if minutes is not None and not minutes.is_locked and not _has_said(subject):
        found.append(
            ToDo(_("Read the draft minutes and give your opinion"), "party:minutes", None, None, "active")
        )
    for row in remedies:
        if row.state in HAND_IN:
            due = row.due_on(today())
            found.append(ToDo(row.what, "party:remedy", row.pk, row.deadline, SIGNS[due] if due else "met"))
    return found


def _has_said(subject: InspectedSubject) -> bool:
    return any(row.about == About.MINUTES for row in subject.statements.all())


@require_safe
@party_only
def request_page(request: HttpRequest, request_pk: int) -> HttpResponse:
    """Show one request: each document, how it stands, and where it is handed over."""
    subject = _subject_of(party_of(request))
    part = next((one for one in _requests(subject) if one.request.pk == request_pk), None)
    if part is None:
        raise Http404
    context = {
        "access": party_of(request),
        "subject": subject,
        "part": part,
        "is_open": is_open(subject),
        "outstanding_states": OUTSTANDING,
    }
    return render(request, "inspections/party/request.html", context)


@require_http_methods(["GET", "POST"])
@party_only
def item_page(request: HttpRequest, item_pk: int) -> HttpResponse:
    """Hand files over for one document asked for, or say why it cannot be."""
    subject = _subject_of(party_of(request))
    rows = RequestItem.objects.select_related("request").prefetch_related(
        "files", Prefetch("statements", PartyStatement.objects.filter(subject=subject))
    )
    item = get_object_or_404(rows, pk=item_pk, request__subject=subject, request__handed_at__isnull=False)
    return _send_page(request, subject, item)


@require_http_methods(["GET", "POST"])
@party_only
def files_page(request: HttpRequest) -> HttpResponse:
    """Hand over what nobody asked for in particular."""
    return _send_page(request, _subject_of(party_of(request)), None)


def _send_page(request: HttpRequest, subject: InspectedSubject, item: RequestItem | None) -> HttpResponse:
    access = party_of(request)
    saying = request.method == "POST" and "say" in request.POST
    sending = request.method == "POST" and not saying
    form = FilesForm(
        request.POST if sending else None, request.FILES if sending else None, initial={"key": uuid.uuid4()}
    )
    words = StatementForm(
        request.POST if saying else None,
        initial=fresh_uuid(),
        label=gettext_lazy("Why you cannot hand it over, or what you want to add"),
    )
    if sending and form.is_valid() and _sent(request, access, form, item):
        return redirect("party:request", item.request_id) if item else redirect("party:home")
    if saying and item is not None and words.is_valid():
        try:
            act.state(access=access, about=About.ITEM, item=item, **words.cleaned_data)
        except ValidationError as error:
            put_errors(words, error)
        else:
            messages.success(request, _("The team receives your answer."))
            return redirect("party:request", item.request_id)
    context = {
        "access": access,
        "subject": subject,
        "item": item,
        "form": form,
        "words": words if item else None,
        "is_open": is_open(subject),
    }
    status = 400 if form.errors or words.errors else 200
    return render(request, "inspections/party/send.html", context, status=status)


def _sent(request: HttpRequest, access: PartyAccess, form: FilesForm, item: RequestItem | None) -> bool:
    """Keep the files; say of each its receipt or why it was refused. True where all are kept."""
    try:
        files, key = form.cleaned_data["documents"], form.cleaned_data["key"]
        done = act.hand_files(access=access, item=item, files=files, key=key)
    except ValidationError as error:
        put_errors(form, error)
        return False
    for row in done.receipts:
        messages.success(
            request,
            _("Receipt %(number)02d: %(name)s, %(size)s bytes, SHA-256 %(hash)s.")
            % {"number": row.number, "name": row.name, "size": row.size, "hash": f"{row.sha256[:16]}…"},
        )
    for sentence in done.refused:
        form.add_error("documents", sentence)
    return not done.refused


@require_safe
@party_only
def received_file(request: HttpRequest, received_pk: int) -> HttpResponseBase:
    """Send back a file the party handed over."""
    rows = ReceivedFile.objects.filter(subject=party_of(request).subject_id).exclude(file="")
    return send_kept(get_object_or_404(rows, pk=received_pk))


@require_safe
@party_only
def receipts(request: HttpRequest) -> HttpResponse:
    """Send the receipts as PDF."""
    return send_receipts(request, _subject_of(party_of(request)))


@require_safe
@party_only
def document(request: HttpRequest, document_pk: int) -> HttpResponseBase:
    """Send one numbered document served on the party."""
    row = get_object_or_404(served(_subject_of(party_of(request))), pk=document_pk)
    response = FileResponse(
        opened(row.pdf), filename=f"{row.type}-{row.pk}.pdf", content_type="application/pdf"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "POST"])
@party_only
def minutes(request: HttpRequest) -> HttpResponse:
    """Show the minutes of the party; POST keeps its opinion on them."""
    access = party_of(request)
    subject = _subject_of(access)
    paper = _minutes_of(subject)
    if paper is None:
        raise Http404
    form = StatementForm(
        request.POST if request.method == "POST" else None,
        initial=fresh_uuid(),
        label=gettext_lazy("Your opinion on the minutes"),
    )
    if request.method == "POST" and form.is_valid():
        try:
            act.state(access=access, about=About.MINUTES, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Your opinion is kept; it will stand in the minutes."))
            return redirect("party:minutes")
    sheet = sheet_that_counts(subject)
    context = {
        "access": access,
        "subject": subject,
        "minutes": paper,
        "items": items_of(sheet, []) if sheet else [],
        "form": None if paper.is_locked else form,
        "opinions": subject.statements.filter(about=About.MINUTES),
    }
    return render(request, "inspections/party/minutes.html", context, status=400 if form.errors else 200)


@require_safe
@party_only
def minutes_file(request: HttpRequest) -> HttpResponseBase:
    """Send the party's minutes as PDF: the locked ones, or the draft it was shown."""
    subject = _subject_of(party_of(request))
    paper = _minutes_of(subject)
    if paper is None:
        raise Http404
    name = f"bien-ban-{subject.inspection.code}.pdf"
    if paper.is_locked:
        return FileResponse(opened(paper.pdf), filename=name, content_type="application/pdf")
    response = HttpResponse(preview(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@require_http_methods(["GET", "POST"])
@party_only
def explain(request: HttpRequest) -> HttpResponse:
    """Explain, complain, ask: what the party wants to say beside requests and minutes (Điều 9)."""
    access = party_of(request)
    form = StatementForm(request.POST if request.method == "POST" else None, initial=fresh_uuid())
    if request.method == "POST" and form.is_valid():
        try:
            act.state(access=access, about=About.CASE, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The team receives your explanation."))
            return redirect("party:home")
    context = {"access": access, "subject": access.subject, "form": form}
    return render(request, "inspections/party/explain.html", context, status=400 if form.errors else 200)


def _remedy_of(request: HttpRequest, remedy_pk: int) -> tuple[InspectedSubject, Remedy]:
    subject = _subject_of(party_of(request))
    row = get_object_or_404(_remedies(subject), pk=remedy_pk)
    row.finding.subject = subject
    return subject, row


@require_http_methods(["GET", "POST"])
@party_only
def remedy(request: HttpRequest, remedy_pk: int) -> HttpResponse:
    """Show one remedy; POST keeps a file that shows what was put right."""
    (subject, row), access = _remedy_of(request, remedy_pk), party_of(request)
    posted = request.method == "POST"
    form = RemedyEvidenceForm(
        request.POST if posted else None, request.FILES if posted else None, initial=fresh_uuid()
    )
    if posted and form.is_valid():
        try:
            kept = act.bring_evidence(access=access, remedy=row, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            words = {"name": kept.name, "hash": f"{kept.sha256[:16]}…"}
            messages.success(request, _("Kept: %(name)s, SHA-256 %(hash)s.") % words)
            return redirect("party:remedy", row.pk)
    return _remedy_page(request, subject, row, form, DoneForm())


@require_POST
@party_only
def hand_in(request: HttpRequest, remedy_pk: int) -> HttpResponse:
    """Hand in what was done."""
    subject, row = _remedy_of(request, remedy_pk)
    form = DoneForm(request.POST)
    if form.is_valid():
        try:
            act.hand_remedy_in(access=party_of(request), remedy=row, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Handed in: the team or the head decides."))
            return redirect("party:remedy", row.pk)
    return _remedy_page(request, subject, row, RemedyEvidenceForm(initial=fresh_uuid()), form)


def _remedy_page(
    request: HttpRequest, subject: InspectedSubject, row: Remedy, form: RemedyEvidenceForm, done: DoneForm
) -> HttpResponse:
    due = row.due_on(today())
    context = {
        "access": party_of(request),
        "subject": subject,
        "remedy": row,
        "due": due,
        "sign": SIGNS[due] if due else "met",
        "evidence": row.evidence.exclude(file=""),
        "form": form,
        "done": done,
        "waits": row.state in HAND_IN,
    }
    status = 400 if form.errors or done.errors else 200
    return render(request, "inspections/party/remedy.html", context, status=status)


@require_safe
@party_only
def remedy_file(request: HttpRequest, remedy_pk: int, evidence_pk: int) -> HttpResponseBase:
    """Send back a file that was brought for a remedy of the party."""
    _subject, remedy_row = _remedy_of(request, remedy_pk)
    rows = RemedyEvidence.objects.exclude(file="")
    return send_kept(get_object_or_404(rows, pk=evidence_pk, remedy=remedy_row))
