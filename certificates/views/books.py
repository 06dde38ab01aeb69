"""What officers ask of the register: books, files of a unit, rounds of issuing, closing a year."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from certificates.actions import RegisterRefused
from certificates.actions.requests import REQUEST_JOB, ask_register, close_year
from certificates.forms import CloseYearForm, RegisterRequestForm
from certificates.models import Certificate, RegisterRequest, RegisterYear
from certificates.rules import agencies_for, may_see_request
from certificates.states import Wish
from certificates.views.rounds import courses_named
from lms.base.models import Job
from lms.base.tables import Listing
from lms.people.access import requires
from lms.people.models import Person

SHOWN = 50


@requires("certificates.view")
@require_safe
def books(request: HttpRequest) -> HttpResponse:
    """Show what can be asked of the register, and what was made for the reader's agencies."""
    return _page(request)


@requires("certificates.view")
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Promise what is wanted and go to the page that shows how far it is."""
    person = cast(Person, request.user)
    agencies = agencies_for(person, "certificates.view")
    form = RegisterRequestForm(request.POST, agencies=agencies, courses=courses_named())
    if not form.is_valid():
        return _page(request, form, status=400)
    given = form.cleaned_data
    job = ask_register(
        key=given["key"],
        wish=given["wish"],
        agency_id=given["agency"],
        name=form.names[given["agency"]],
        course_code=given["course"],
        start=given["start"],
        end=given["end"],
        by=person,
    )
    return redirect("job", pk=job.pk)


@requires("certificates.revoke")
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close the register of a year."""
    person = cast(Person, request.user)
    form = CloseYearForm(request.POST, agencies=agencies_for(person, "certificates.revoke"))
    if not form.is_valid():
        return _page(request, closing=form, status=400)
    try:
        closed = close_year(agency_id=form.cleaned_data["agency"], year=form.cleaned_data["year"], by=person)
    except RegisterRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, closing=form, status=400)
    facts = {"agency": closed.agency_name, "year": closed.year, "last": closed.last}
    messages.success(
        request, _("%(agency)s: the register of %(year)s is closed with number %(last)s.") % facts
    )
    return redirect("certificate-books")


@requires("certificates.view")
@require_safe
def made(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what was made, or how far it is."""
    asked = _asked(request, key)
    job = Job.objects.filter(kind=REQUEST_JOB, key=str(key)).first()
    context: dict[str, Any] = {"asked": asked, "job": job}
    if asked.wish == Wish.ISSUE:
        given = Certificate.objects.shown().filter(completion__in=asked.completions).order_by("number", "pk")
        context["listing"] = Listing(request, given)
        context["papers_key"] = uuid4()
    return render(request, "certificates/made.html", context)


@requires("certificates.view")
@require_safe
def made_file(request: HttpRequest, key: UUID, place: int) -> FileResponse:
    """Send one of the files."""
    asked = _asked(request, key)
    if place >= len(asked.files) or not storages["private"].exists(asked.files[place]["name"]):
        raise Http404(_("This file cannot be found. Please tell the administrator."))
    file = asked.files[place]
    shown = f"{asked.start:%Y%m%d}-{asked.end:%Y%m%d}-{file['label']}"
    return FileResponse(storages["private"].open(file["name"]), as_attachment=True, filename=shown)


def _fresh_form(agencies: dict[int, str]) -> RegisterRequestForm:
    return RegisterRequestForm(agencies=agencies, courses=courses_named(), initial={"key": uuid4()})


def _asked(request: HttpRequest, key: UUID) -> RegisterRequest:
    asked = get_object_or_404(RegisterRequest.objects.select_related("asked_by"), key=key)
    if not may_see_request(cast(Person, request.user), asked):
        raise PermissionDenied(_("Your roles do not include this at this agency."))
    return asked


def _page(
    request: HttpRequest,
    form: RegisterRequestForm | None = None,
    closing: CloseYearForm | None = None,
    status: int = 200,
) -> HttpResponse:
    person = cast(Person, request.user)
    agencies = agencies_for(person, "certificates.view")
    keeping = agencies_for(person, "certificates.revoke")
    rows = RegisterRequest.scoped.for_person(person, "certificates.view")
    context: dict[str, Any] = {
        "form": form or _fresh_form(agencies),
        "closing": (closing or CloseYearForm(agencies=keeping)) if keeping else None,
        "requests": list(rows.select_related("asked_by")[:SHOWN]),
        "years": list(
            RegisterYear.objects.filter(agency__in=agencies).order_by("-year", "agency_name")[:SHOWN]
        ),
    }
    return render(request, "certificates/books.html", context, status=status)
