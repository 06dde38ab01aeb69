"""A round of issuing: whom it is about, who gets a certificate, who does not and why; then the number confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from uuid import uuid4

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certificates.actions.requests import ask_register
from certificates.forms import ConfirmRoundForm, DaysForm
from certificates.rounds import MOST, Foreseen, Round, TooMany, foresee
from certificates.rules import agencies_for
from certificates.states import Wish
from courses.models import Completion, Course
from lms.people.access import requires
from lms.people.models import Person

ROWS = 50
PERMISSION = "certificates.revoke"


@dataclass(frozen=True)
class Line:
    """One result of the list, with the reason where it gets no certificate."""

    row: Completion
    refusal: str


@requires(PERMISSION)
@require_http_methods(["GET", "HEAD", "POST"])
def issue_round(request: HttpRequest) -> HttpResponse:
    """Show what the round would do; with the number confirmed, promise it and go to its progress."""
    person = cast(Person, request.user)
    given = request.GET if "agency" in request.GET else None
    form = DaysForm(given, agencies=agencies_for(person, PERMISSION), courses=courses_named())
    if not form.is_valid():
        return render(request, "certificates/round.html", {"form": form}, status=400 if form.errors else 200)
    found = _foreseen(form, person)
    if found is None:
        return render(request, "certificates/round.html", {"form": form}, status=400)
    confirm = ConfirmRoundForm(
        request.POST if request.method == "POST" else None, ready=len(found.ready), initial={"key": uuid4()}
    )
    if confirm.is_valid():
        return _begun(form, confirm, found, person)
    return _shown(request, form, confirm, found)


def courses_named() -> dict[str, str]:
    """Return the courses that give certificates, by code."""
    rows = Course.objects.order_by("code").values_list("code", "name")
    return {code: f"{code} {name}" for code, name in rows}


def _foreseen(form: DaysForm, person: Person) -> Foreseen | None:
    given = form.cleaned_data
    try:
        return foresee(Round(given["agency"], given["start"], given["end"], given["course"]), person)
    except TooMany:
        sentence = _("More than %(most)s results: choose a course, a smaller unit or fewer days.")
        form.add_error(None, sentence % {"most": MOST})
    return None


def _begun(form: DaysForm, confirm: ConfirmRoundForm, found: Foreseen, person: Person) -> HttpResponse:
    given = form.cleaned_data
    job = ask_register(
        key=confirm.cleaned_data["key"],
        wish=Wish.ISSUE,
        agency_id=given["agency"],
        name=form.names[given["agency"]],
        course_code=given["course"],
        start=given["start"],
        end=given["end"],
        completions=found.ready,
        by=person,
    )
    return redirect("job", pk=job.pk)


def _shown(request: HttpRequest, form: DaysForm, confirm: ConfirmRoundForm, found: Foreseen) -> HttpResponse:
    refused = request.GET.get("show") == "refused" or not found.ready
    here = request.GET.copy()
    for name in ("page", "show"):
        here.pop(name, None)
    context = {
        "form": form,
        "confirm": confirm,
        "found": found,
        "refused_shown": refused,
        "lines": _lines(request, found, refused=refused),
        "here": f"{reverse('certificate-round')}?{here.urlencode()}",
    }
    return render(request, "certificates/round.html", context, status=400 if confirm.errors else 200)


def _lines(request: HttpRequest, found: Foreseen, *, refused: bool) -> Page[Any]:
    planned = found.refused if refused else [(pk, "") for pk in found.ready]
    page: Page[Any] = Paginator(planned, ROWS).get_page(request.GET.get("page"))
    rows = Completion.objects.in_bulk([pk for pk, _reason in page])
    page.object_list = [Line(rows[pk], reason) for pk, reason in page]
    return page
