"""Documents in Word and their templates; the pictures of signatures and seals."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from inspections.actions.signing_images import keep_seal, keep_signature
from inspections.actions.word import add_word_template, word_draft
from inspections.documents.templates import CASE_WORDS
from inspections.forms.word import OwnSignatureForm, SealForm, WordTemplateForm
from inspections.models import SigningImage, WordTemplate
from inspections.views.documents import found_document
from inspections.views.door import actor, holds_any, put_errors, signed_in
from lms.base.dates import today
from lms.base.documents.word import FIELDS, WORD_TYPE, standard_template
from lms.base.exports import file_response
from lms.people.access import requires
from lms.people.organisation import history
from lms.people.rules import may


@signed_in
def document_word(request: HttpRequest, pk: int, document_pk: int) -> HttpResponse:
    """Send a draft in Word."""
    case, row = found_document(request, pk, document_pk)
    try:
        content = word_draft(row)
    except ValidationError as error:
        raise PermissionDenied(" ".join(error.messages)) from error
    return file_response(f"{row.type}-{case.code}-{row.pk}.docx", content, WORD_TYPE)


@requires("system.run")
def templates(request: HttpRequest) -> HttpResponse:
    """List the agencies' Word templates with their versions; POST adds one."""
    person = actor(request)
    form = WordTemplateForm(request.POST or None, request.FILES or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            row = add_word_template(by=person, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            told = {"name": row.get_type_display(), "number": row.number}
            messages.success(request, _("%(name)s, version %(number)d, is in use from now on.") % told)
            return redirect("inspections:word-templates")
    known, day = history(), today()
    rows = [
        (row, known.name(row.agency_id, day))
        for row in WordTemplate.objects.select_related("kind", "added_by").order_by("agency", "type", "-pk")
    ]
    context = {"form": form, "rows": rows, "fields": list(_fields()), "more": list(_names(CASE_WORDS))}
    return render(request, "inspections/word_templates.html", context)


def _fields() -> Iterator[tuple[str, str]]:
    for name, told in FIELDS.items():
        yield "{{ " + name + " }}", str(told[0] if isinstance(told, list) else told)


def _names(words: dict[str, Any], above: str = "") -> Iterator[str]:
    """Yield every further name as it is written; of a list, how it is gone through."""
    for name, value in words.items():
        path = f"{above}{name}"
        if isinstance(value, dict):
            yield from _names(value, f"{path}.")
        elif isinstance(value, list):
            inside = ", ".join(f"one.{each}" for each in value[0]) if isinstance(value[0], dict) else "one"
            yield "{% for one in " + path + " %} " + inside
        else:
            yield "{{ " + path + " }}"


@requires("system.run")
def template_file(request: HttpRequest, template_pk: int) -> HttpResponseBase:
    """Send a template as it was sent."""
    row = get_object_or_404(WordTemplate, pk=template_pk)
    return FileResponse(row.file.open("rb"), as_attachment=True, filename=row.name, content_type=WORD_TYPE)


@requires("system.run")
def standard_file(request: HttpRequest) -> HttpResponse:
    """Send our own template, to begin an agency's own from."""
    return file_response("mau-chuan-nd30.docx", standard_template(), WORD_TYPE)


@holds_any("inspections.sign", "inspections.run", "inspections.register")
def signing_images(request: HttpRequest) -> HttpResponse:
    """Show the pictures kept of one's signature and of the seals one keeps; POST keeps one."""
    person = actor(request)
    of_seal = request.POST.get("what") == "seal"
    posted = request.method == "POST"
    own = OwnSignatureForm(*((request.POST, request.FILES) if posted and not of_seal else ()))
    seal = SealForm(
        *((request.POST, request.FILES) if posted and of_seal else ()), person=person, prefix="seal"
    )
    form = seal if of_seal else own
    if posted and form.is_valid():
        try:
            (keep_seal if of_seal else keep_signature)(by=person, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The picture is kept; it stands on what is signed from now on."))
            return redirect("inspections:signing-images")
    context = {
        "own": own,
        "seal": seal,
        "picture": _shown(SigningImage.objects.of_person(person.pk)),
        "seals": list(_seals(seal)),
        "keeps_seals": may(person, "inspections.register"),
    }
    return render(request, "inspections/signing_images.html", context)


def _seals(form: SealForm) -> Iterator[tuple[str, str, int]]:
    known, day = history(), today()
    for agency in form.fields["agency"].queryset:  # type: ignore[attr-defined]
        if image := SigningImage.objects.of_agency(agency.pk):
            yield known.name(agency.pk, day), _shown(image), image.diameter_mm or 0


def _shown(image: SigningImage | None) -> str:
    return f"data:image/png;base64,{base64.b64encode(bytes(image.png)).decode()}" if image else ""
