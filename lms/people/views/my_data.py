"""What is held about the one who asks, by purpose; who looked at it; taking it away."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms.base.actions import record_event
from lms.base.dates import today
from lms.base.exports import XLSX_TYPE
from lms.base.tables import Filter, Listing
from lms.people.exports import own_json, own_sections, own_workbook
from lms.people.models import AccessEvent, CorrectionRequest, Person
from lms.people.records import same_person

LAYOUTS = {"xlsx": (own_workbook, XLSX_TYPE), "json": (own_json, "application/json")}
# These have pages of their own.
ELSEWHERE = ("readers", "corrections")


def _self(request: HttpRequest) -> Person:
    return cast(Person, request.user).canonical


@login_required
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """Show everything held about the one who asks."""
    person = _self(request)
    context = {
        "person": person,
        "kinds": True,
        "sections": [section for section in own_sections(person) if section.code not in ELSEWHERE],
        "readers": AccessEvent.objects.filter(same_person(person)).order_by("-at", "-pk")[:5],
        "corrections": CorrectionRequest.objects.filter(same_person(person))[:5],
    }
    return render(request, "people/my_data.html", context)


@login_required
@require_safe
def readers(request: HttpRequest) -> HttpResponse:
    """List who looked at the record of the one who asks."""
    listing = Listing(
        request,
        AccessEvent.objects.filter(same_person(_self(request))),
        sorts={"at": ("at",)},
        default_sort="-at",
        filters=(Filter("page_kind", _("Where"), AccessEvent.Page.choices, lookup="page"),),
        keyset=True,
    )
    return render(request, "people/my_readers.html", {"listing": listing})


@login_required
@require_safe
def export(request: HttpRequest, layout: str) -> HttpResponse:
    """Send the person's own data as a file; that it was taken is logged."""
    if layout not in LAYOUTS:
        raise Http404
    person = _self(request)
    make, kind = LAYOUTS[layout]
    with transaction.atomic():
        record_event(by=cast(Person, request.user), action="people.export_own_data", target=person)
        content = make(person)
    answer = HttpResponse(content, content_type=kind)
    name = f"du-lieu-cua-toi-{today():%Y%m%d}.{layout}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    answer["Cache-Control"] = "no-store"
    return answer
