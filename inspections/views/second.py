"""Second inspections of a business in a year: the list, asking, and the page the second person reads."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspections.actions.once_a_year import ask_second_inspection
from inspections.forms.second import SecondForm
from inspections.models import YearOverride
from inspections.views.door import VIEW, actor, put_errors
from lms.base.exports import csv_response, xlsx_response
from lms.base.tables import Filter, Listing
from lms.people.access import requires
from lms.people.organisation import History, history
from lms.people.rules import may

HEADERS = (
    gettext_lazy("Year"),
    gettext_lazy("Inspected party"),
    gettext_lazy("Field"),
    gettext_lazy("Lead agency"),
    gettext_lazy("Clear signs of violation"),
    gettext_lazy("Reason of the second inspection in a year"),
    gettext_lazy("Despite"),
    gettext_lazy("Asked by"),
    gettext_lazy("Approved by"),
    gettext_lazy("Used for"),
)


def _waits(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "waits":
        return rows.filter(approved_at=None)
    return rows.filter(approved_at__isnull=False, inspection__isnull=value == "open")


def _listing(request: HttpRequest) -> Listing:
    rows = YearOverride.scoped.for_person(actor(request), VIEW)
    years = rows.order_by("-year").values_list("year", flat=True).distinct()
    states = [
        ("waits", _("Waits for the second person")),
        ("open", _("Approved, not used")),
        ("used", _("Used")),
    ]
    return Listing(
        request,
        rows.select_related("subject", "asked_by", "approved_by", "inspection"),
        search=("subject__search_text__contains",),
        filters=(
            Filter("year", _("Year"), [(year, year) for year in years]),
            Filter("state", _("State"), states, apply=_waits),
        ),
        sorts={"asked": ("asked_at",), "subject": ("subject__name_folded",), "year": ("year",)},
        default_sort="-asked",
    )


@requires(VIEW)
def seconds(request: HttpRequest) -> HttpResponseBase:
    """List the leaves asked for; `format` sends them as a file."""
    listing, known = _listing(request), history()
    if request.GET.get("format"):
        send = csv_response if request.GET["format"] == "csv" else xlsx_response
        return send(
            "kiem-tra-lan-hai", [str(name) for name in HEADERS], (_cells(row, known) for row in listing.rows)
        )
    lines = [(row, known.name(row.lead_id, row.asked_at.date())) for row in listing.page]
    context = {"listing": listing, "lines": lines, "may_ask": may(actor(request), "inspections.sign")}
    return render(request, "inspections/seconds.html", context)


def _cells(row: YearOverride, known: History) -> list[Any]:
    return [
        row.year,
        str(row.subject),
        row.field,
        known.name(row.lead_id, row.asked_at.date()),
        row.signs,
        row.reason,
        ", ".join(row.despite),
        row.asked_by.full_name,
        row.approved_by.full_name if row.approved_by else "",
        row.inspection.code if row.inspection else "",
    ]


@requires("inspections.sign")
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for leave, as the signer."""
    person = actor(request)
    told = {name: request.GET[name] for name in ("identifier", "field") if name in request.GET}
    form = SecondForm(request.POST or None, request.FILES or None, by=person, initial=told)
    if request.method == "POST" and form.is_valid():
        try:
            row = ask_second_inspection(by=person, **form.facts())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Recorded. A second person of the agency decides now."))
            return redirect("inspections:second", row.pk)
    return render(request, "inspections/second_form.html", {"form": form})


def _one(request: HttpRequest, pk: int) -> YearOverride:
    rows = YearOverride.scoped.for_person(actor(request), VIEW)
    found: YearOverride | None = (
        rows.select_related("subject", "asked_by", "approved_by", "inspection").filter(pk=pk).first()
    )
    if found is None:
        raise Http404(_("There is no such record, or it is not yours to see."))
    return found


@requires(VIEW)
def second(request: HttpRequest, override_pk: int) -> HttpResponse:
    """Show what is asked, why, and who decided."""
    row = _one(request, override_pk)
    lead = history().name(row.lead_id, row.asked_at.date())
    return render(request, "inspections/second.html", {"row": row, "lead": lead})


@requires(VIEW)
def second_evidence(request: HttpRequest, override_pk: int) -> HttpResponseBase:
    """Send the evidence to whoever may see the asking."""
    row = _one(request, override_pk)
    response = FileResponse(
        row.evidence.open("rb"), as_attachment=True, filename=row.evidence_name or str(row.pk)
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
