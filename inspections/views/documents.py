"""Documents of a case: drafting, the page of one, its acts, and what waits for the registry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from inspections.actions import document as acts
from inspections.actions import paper_signatures
from inspections.actions.numbering import number_document
from inspections.documents.templates import TEMPLATES
from inspections.forms.document import DocumentForm, DocumentReasonForm, NumberForm, SignedFileForm
from inspections.models import CaseDocument, Inspection
from inspections.paper_states import PaperEvent
from inspections.rules import may_draft, may_paper
from inspections.rules.signed import latest_file, signature_lines
from inspections.views.door import actor, case_for, put_errors, signed_in
from inspections.words import PaperType
from lms.base.dates import today
from lms.base.documents.signatures import ORDER, PERSON
from lms.base.tables import Listing
from lms.people.access import requires
from lms.people.organisation import history
from lms.people.sign_in.again import asks_again

REGISTER = "inspections.register"
# What the page of a document offers: event, form, action, what is said afterwards.
Act = tuple[PaperEvent, type[forms.Form], Callable[..., CaseDocument], Promise]
ACTS: dict[str, Act] = {
    "sign": (
        PaperEvent.SIGN,
        forms.Form,
        acts.sign_document,
        gettext_lazy("Signed. The registry gives it its number."),
    ),
    "return": (
        PaperEvent.SEND_BACK,
        DocumentReasonForm,
        acts.return_document,
        gettext_lazy("The document is a draft again."),
    ),
    "number": (
        PaperEvent.NUMBER,
        NumberForm,
        number_document,
        gettext_lazy("Numbered. The document never changes any more."),
    ),
    "sign-file": (
        PaperEvent.SIGN_FILE,
        forms.Form,
        paper_signatures.sign_file,
        gettext_lazy("The file is signed. The registry signs it for the agency."),
    ),
    "seal-file": (
        PaperEvent.SEAL_FILE,
        forms.Form,
        paper_signatures.seal_file,
        gettext_lazy("The file is signed by person and agency."),
    ),
    "bring-back": (
        PaperEvent.BRING_BACK,
        SignedFileForm,
        paper_signatures.bring_back,
        gettext_lazy("The signed file was checked and taken."),
    ),
    "file": (PaperEvent.FILE, forms.Form, acts.file_document, gettext_lazy("The document is filed.")),
    "correct": (
        PaperEvent.CORRECT,
        DocumentReasonForm,
        acts.correct_document,
        gettext_lazy("A new draft names the document it corrects."),
    ),
}


SIGNING = frozenset({"sign", "sign-file", "seal-file"})


@signed_in
def new_document(request: HttpRequest, pk: int, type: str) -> HttpResponse:
    """Draft one document of the case."""
    case, person = case_for(request, pk), actor(request)
    if type not in PaperType.values:
        raise Http404
    try:
        template = acts.template_of(case, type)
    except ValidationError as error:
        raise Http404(" ".join(error.messages)) from error
    if not template.on_its_own or not may_draft(person, case, by_team=template.by_team):
        raise PermissionDenied(_("This document is not yours to draft."))
    form = DocumentForm(request.POST or None, case=case, template=template)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.make_document(by=person, inspection=case, type=type, **form.facts())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The draft is kept. Read it as it will be printed."))
            return redirect("inspections:document", case.pk, made.pk)
    context = {"case": case, "form": form, "title": PaperType(type).label, "document": None}
    return render(request, "inspections/document_form.html", context)


@signed_in
def change(request: HttpRequest, pk: int, document_pk: int) -> HttpResponse:
    """Write a draft anew."""
    case, row, person = *found_document(request, pk, document_pk), actor(request)
    if not may_paper(person, PaperEvent.CHANGE, row):
        raise PermissionDenied(_("This document is not yours to draft."))
    template = TEMPLATES[row.template_code]
    form = DocumentForm(
        request.POST or None,
        case=case,
        template=template,
        initial={**row.inputs, "signer": row.signer_id},
    )
    if request.method == "POST" and form.is_valid():
        try:
            acts.change_document(by=person, document=row, **form.facts())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The draft is kept. Read it as it will be printed."))
            return redirect("inspections:document", case.pk, row.pk)
    context = {"case": case, "form": form, "title": row.get_type_display(), "document": row}
    return render(request, "inspections/document_form.html", context)


@signed_in
def document(request: HttpRequest, pk: int, document_pk: int) -> HttpResponse:
    """Show one document and what may be done with it."""
    case, row = found_document(request, pk, document_pk)
    return _page(request, case, row)


@signed_in
@require_POST
def act_on(request: HttpRequest, pk: int, document_pk: int, act: str) -> HttpResponseBase:
    """Sign, return, number, file or correct; whoever signs shows first who they are."""
    return (asks_again(_act_on) if act in SIGNING else _act_on)(request, pk, document_pk, act)


def _act_on(request: HttpRequest, pk: int, document_pk: int, act: str) -> HttpResponse:
    case, row = found_document(request, pk, document_pk)
    if act not in ACTS:
        raise Http404
    event, form_class, action, done = ACTS[act]
    if not may_paper(actor(request), event, row):
        raise PermissionDenied(
            _("“%(act)s” is not possible here and now, or not for you.") % {"act": event.label}
        )
    form = form_class(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, case, row, act, form)
    try:
        kept = action(by=actor(request), document=row, **form.cleaned_data)
    except ValidationError as error:
        put_errors(form, error)
        return _page(request, case, row, act, form)
    messages.success(request, str(done))
    return redirect("inspections:document", case.pk, kept.pk)


@signed_in
def document_file(request: HttpRequest, pk: int, document_pk: int) -> HttpResponseBase:
    """Send the numbered document as it was kept, with its signatures, or the paper as it stands today."""
    case, row = found_document(request, pk, document_pk)
    name = f"{row.type}-{case.code}-{row.pk}.pdf"
    if row.is_numbered:
        response: Any = FileResponse(
            latest_file(row)[0].open("rb"), filename=name, content_type="application/pdf"
        )
    else:
        response = HttpResponse(acts.preview(row), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@requires(REGISTER)
def to_number(request: HttpRequest) -> HttpResponse:
    """List what is signed and waits for the registry, the longest waiting first."""
    rows = CaseDocument.scoped.for_person(actor(request), REGISTER).to_number()
    listing = Listing(
        request,
        rows.select_related("inspection", "signer"),
        search=("inspection__search_text__contains",),
        sorts={"signed": ("signed_at",), "case": ("inspection__code",)},
        default_sort="signed",
    )
    known, day = history(), today()
    lines = [(row, known.name(row.agency_id, day)) for row in listing.page]
    return render(request, "inspections/documents_to_number.html", {"listing": listing, "lines": lines})


def offered(person: Any, case: Inspection) -> list[tuple[str, Any]]:
    """Return the documents this person may draft for the case as it stands."""
    found = []
    for template in TEMPLATES.values():
        if not template.on_its_own:
            continue
        if case.status in template.statuses and may_draft(person, case, by_team=template.by_team):
            found.append((template.code, PaperType(template.code).label))
    return found


def found_document(request: HttpRequest, pk: int, document_pk: int) -> tuple[Inspection, CaseDocument]:
    """Return the case and its document, where the case is theirs to see."""
    case = case_for(request, pk)
    rows = case.documents.select_related("signer", "replaces", "replaced_by", "made_by")
    row: CaseDocument | None = rows.filter(pk=document_pk).first()
    if row is None:
        raise Http404(_("There is no such document in this inspection."))
    row.inspection = case
    return case, row


def _makes_sense(event: PaperEvent, row: CaseDocument) -> bool:
    """Tell whether the act would not be refused for what the document has already."""
    if event == PaperEvent.CORRECT:
        return not hasattr(row, "replaced_by")
    signed = {one.field for one in row.signatures.all()}
    if event == PaperEvent.SIGN_FILE:
        return not signed and bool(settings.SIGNING_DOCUMENT_KEYS)
    if event == PaperEvent.SEAL_FILE:
        return signed == {PERSON} and bool(settings.SIGNING_DOCUMENT_KEYS)
    if event == PaperEvent.BRING_BACK:
        return len(signed) < len(ORDER)
    return event != PaperEvent.FILE or len(signed) != 1


def _page(
    request: HttpRequest, case: Inspection, row: CaseDocument, act: str = "", form: forms.Form | None = None
) -> HttpResponse:
    person = actor(request)
    may_act = [
        (name, event.label, form if name == act and form else form_class(), bool(form_class.base_fields))
        for name, (event, form_class, _action, _done) in ACTS.items()
        if may_paper(person, event, row) and _makes_sense(event, row)
    ]
    context = {
        "case": case,
        "document": row,
        "correction": getattr(row, "replaced_by", None),
        "acts": may_act,
        "signatures": signature_lines(row),
        "may_sign_files": any(name in ("sign-file", "seal-file") for name, *_rest in may_act),
        "may_change": may_paper(person, PaperEvent.CHANGE, row),
    }
    return render(request, "inspections/document.html", context)
