"""Requests for documents and receipts of one subject, as the team sees them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from inspections.actions import collection as act
from inspections.collection_states import OUTSTANDING
from inspections.documents.receipts import receipts_pdf
from inspections.forms.collection import AsideForm, PapersForm, RequestForm, WantedFormSet
from inspections.models import DocumentRequest, InspectedSubject, ReceivedFile, RequestItem
from inspections.paper_states import PaperState
from inspections.rules import may_do
from inspections.rules.collection import is_open, parts_of
from inspections.states import Event
from inspections.views.door import actor, case_for, put_errors, signed_in, subject_for
from inspections.views.papers import send_kept
from lms.base.dates import today


def _may(request: HttpRequest, event: Event, subject: InspectedSubject) -> bool:
    return is_open(subject) and may_do(actor(request), event, subject.inspection)


def _need(request: HttpRequest, event: Event, subject: InspectedSubject) -> None:
    if not _may(request, event, subject):
        raise PermissionDenied(_("Nothing can be added here now, or not by you."))


def _request_for(request: HttpRequest, pk: int, request_pk: int) -> DocumentRequest:
    case = case_for(request, pk)
    row = DocumentRequest.objects.with_items().filter(pk=request_pk, subject__inspection=case).first()
    if row is None:
        raise Http404(_("There is no such request in this inspection."))
    row.subject = next(one for one in case.subjects.all() if one.pk == row.subject_id)
    return row


@signed_in
def collection(request: HttpRequest, pk: int, subject_pk: int) -> HttpResponse:
    """Show what was asked of one subject, what came, what is late, and every receipt."""
    subject = subject_for(request, pk, subject_pk)
    rows = subject.requests.with_items()
    parts = parts_of(rows, today(), closed=not is_open(subject))
    context = {
        "case": subject.inspection,
        "subject": subject,
        "parts": parts,
        "outstanding_states": OUTSTANDING,
        "received": subject.received.select_related("item"),
        "outstanding": sum(part.outstanding for part in parts if part.request.is_handed_over),
        "late": sum(part.late for part in parts if part.request.is_handed_over),
        "may_request": _may(request, Event.REQUEST, subject),
        "may_register": _may(request, Event.RECORD, subject),
    }
    return render(request, "inspections/collection.html", context)


@signed_in
def new_request(request: HttpRequest, pk: int, subject_pk: int) -> HttpResponse:
    """Draft a request."""
    subject = subject_for(request, pk, subject_pk)
    _need(request, Event.REQUEST, subject)
    return _request_form(request, subject, None)


@signed_in
def change_request(request: HttpRequest, pk: int, request_pk: int) -> HttpResponse:
    """Write a drafted request anew."""
    row = _request_for(request, pk, request_pk)
    _need(request, Event.REQUEST, row.subject)
    return _request_form(request, row.subject, row)


def _request_form(
    request: HttpRequest, subject: InspectedSubject, row: DocumentRequest | None
) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    items = row.items.all() if row else ()
    form = RequestForm(posted, initial={"due_on": row.due_on, "note": row.note} if row else None)
    rows = WantedFormSet(posted, initial=[{"what": item.what, "format": item.format} for item in items])
    if posted is not None and form.is_valid() and rows.is_valid():
        facts: dict[str, Any] = {"by": actor(request), "items": rows.wanted(), **form.cleaned_data}
        try:
            if row is None:
                act.make_request(subject=subject, **facts)
            else:
                act.change_request(request=row, **facts)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(
                request, _("The request is kept as a draft. Sign its document, then hand it over.")
            )
            return redirect("inspections:collection", subject.inspection_id, subject.pk)
    context = {"case": subject.inspection, "subject": subject, "form": form, "rows": rows, "request_row": row}
    return render(request, "inspections/request_form.html", context)


@signed_in
@require_POST
def request_paper(request: HttpRequest, pk: int, request_pk: int) -> HttpResponse:
    """Draft the document of a request and go to it."""
    row = _request_for(request, pk, request_pk)
    _need(request, Event.REQUEST, row.subject)
    if row.document is not None and row.document.state != PaperState.DRAFT:
        return redirect("inspections:document", pk, row.document.pk)
    return _try(
        request, row.subject, lambda: act.draft_request_paper(by=actor(request), request=row).pk, "document"
    )


@signed_in
@require_POST
def hand_request(request: HttpRequest, pk: int, request_pk: int) -> HttpResponse:
    """Hand a request over."""
    row = _request_for(request, pk, request_pk)
    _need(request, Event.REQUEST, row.subject)

    def hand() -> None:
        act.hand_request(by=actor(request), request=row)
        messages.success(request, _("Handed over: the subject sees it in its portal."))

    return _try(request, row.subject, hand)


def _try(
    request: HttpRequest, subject: InspectedSubject, attempt: Callable[[], int | None], to: str = ""
) -> HttpResponse:
    """Do it and go on; what is refused is said on the page of the requests."""
    try:
        made = attempt()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        made = None
    if made and to:
        return redirect(f"inspections:{to}", subject.inspection_id, made)
    return redirect("inspections:collection", subject.inspection_id, subject.pk)


@signed_in
def aside(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Do without one document, with a reason."""
    case = case_for(request, pk)
    item = get_object_or_404(
        RequestItem.objects.select_related("request"), pk=item_pk, request__subject__inspection=case
    )
    subject = next(one for one in case.subjects.all() if one.pk == item.request.subject_id)
    item.request.subject = subject
    _need(request, Event.REQUEST, subject)
    form = AsideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            act.put_item_aside(by=actor(request), item=item, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The document is no longer asked for."))
            return redirect("inspections:collection", pk, subject.pk)
    context = {
        "case": case,
        "subject": subject,
        "form": form,
        "lead": item.what,
        "title": gettext_lazy("Do without this document"),
    }
    return render(request, "inspections/collection_form.html", context)


@signed_in
def register(request: HttpRequest, pk: int, subject_pk: int) -> HttpResponse:
    """Register what came on paper."""
    subject = subject_for(request, pk, subject_pk)
    _need(request, Event.RECORD, subject)
    posted = request.method == "POST"
    form = PapersForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        subject=subject,
        initial={"uuid": uuid.uuid4(), "item": request.GET.get("item")},
    )
    if posted and form.is_valid():
        try:
            row = act.register_papers(by=actor(request), subject=subject, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Registered: receipt %(number)02d.") % {"number": row.number})
            return redirect("inspections:collection", pk, subject_pk)
    context = {
        "case": subject.inspection,
        "subject": subject,
        "form": form,
        "lead": str(subject),
        "title": gettext_lazy("Register papers"),
    }
    return render(request, "inspections/collection_form.html", context)


@signed_in
def received_file(request: HttpRequest, pk: int, received_pk: int) -> HttpResponseBase:
    """Send one received file to whoever may see the case."""
    row = get_object_or_404(
        ReceivedFile.objects.exclude(file=""), pk=received_pk, subject__inspection=case_for(request, pk)
    )
    return send_kept(row)


@signed_in
def receipts(request: HttpRequest, pk: int, subject_pk: int) -> HttpResponse:
    """Send the receipt of everything one subject handed over, or of the one asked for, as PDF."""
    return send_receipts(request, subject_for(request, pk, subject_pk))


def send_receipts(request: HttpRequest, subject: InspectedSubject) -> HttpResponse:
    """Return the printable receipt; `number` in the address asks for one."""
    rows = list(subject.received.select_related("taken_by").order_by("number"))
    if (asked := request.GET.get("number", "")) != "":
        rows = [row for row in rows if str(row.number) == asked]
    if not rows:
        raise Http404(_("There is no such receipt."))
    response = HttpResponse(receipts_pdf(subject, rows), content_type="application/pdf")
    response["Content-Disposition"] = (
        f'inline; filename="bien-nhan-{subject.inspection.code}-{subject.pk}.pdf"'
    )
    return response
