"""Corrections: asked for on "My data", answered by HR of the person's agency."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Case, When
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.base.tables import Filter, Listing
from lms.base.views.errors import FileGone
from lms.people.access import requires
from lms.people.actions.access import note_access
from lms.people.actions.corrections import MAY_ANSWER, Refused, answer_correction, ask_correction
from lms.people.forms.corrections import AnswerForm, CorrectionForm
from lms.people.models import AccessEvent, CorrectionRequest, Person
from lms.people.records import same_person
from lms.people.views.directory import lines

DECISIONS = {"accept": True, "refuse": False}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take a request for correction of one's own record; show those asked before."""
    by = cast(Person, request.user)
    form = CorrectionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        ask_correction(person=by, by=by, **form.cleaned_data)
        messages.success(request, _("Your request has been sent to HR of your agency."))
        return redirect("my-corrections")
    asked = CorrectionRequest.objects.filter(same_person(by.canonical))
    context = {"form": form, "asked": asked}
    return render(request, "people/my_corrections.html", context, status=422 if form.errors else 200)


@requires(MAY_ANSWER)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """List the requests of the staff of one's agencies, open ones first."""
    rows = CorrectionRequest.scoped.for_person(cast(Person, request.user), MAY_ANSWER)
    listing = Listing(
        request,
        rows.select_related("person").annotate(answered=Case(When(state="open", then=0), default=1)),
        search=("person__name_folded__contains",),
        sorts={"asked": ("asked_at",), "name": ("person__name_key",), "state": ("answered", "asked_at")},
        default_sort="state",
        filters=(Filter("state", _("State"), CorrectionRequest.State.choices),),
    )
    return render(request, "people/corrections.html", {"listing": listing})


@requires(MAY_ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one request and take the answer."""
    by = cast(Person, request.user)
    row = _asked(by, pk)
    note_access(person=row.person, page=AccessEvent.Page.CORRECTION, by=by)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decision = request.POST.get("decision")
        try:
            if decision not in DECISIONS:
                raise Refused(_("Choose whether to accept or to refuse."))
            answer_correction(
                request=row, accept=DECISIONS[decision], answer=form.cleaned_data["answer"], by=by
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The request is answered; the person sees it on “My data”."))
            return redirect("corrections")
    context = {"row": row, "form": form, "line": lines([row.person])[0]}
    return render(request, "people/correction.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the evidence to the person concerned, or to HR of their agency."""
    by = cast(Person, request.user)
    own = CorrectionRequest.objects.filter(same_person(by.canonical), pk=pk).first()
    row = own or _asked(by, pk)
    if not row.evidence:
        raise Http404
    try:
        content = row.evidence.open("rb")
    except FileNotFoundError as error:
        raise FileGone(
            _("The file of this evidence cannot be found. Please tell the administrator.")
        ) from error
    return FileResponse(content, as_attachment=True, filename=Path(row.evidence.name or "evidence").name)


def _asked(by: Person, pk: int) -> CorrectionRequest:
    rows = CorrectionRequest.scoped.for_person(by, MAY_ANSWER).select_related("person", "answered_by")
    return cast(CorrectionRequest, get_object_or_404(rows, pk=pk))
