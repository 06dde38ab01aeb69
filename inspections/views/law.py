"""What an administrator keeps without code: legal texts, holidays, kinds of inspection."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from inspections.actions.holidays import calendar_problems, keep_holiday, remove_holiday
from inspections.actions.kinds import publish_kind, retire_kind
from inspections.actions.legal_bases import expired, keep_basis
from inspections.forms.law import BasisForm, HolidayForm, KindForm
from inspections.models import Holiday, InspectionKind, KindVersion, LegalBasis
from inspections.views.door import VIEW, actor, holds_any, put_errors
from inspections.words import Certainty
from lms.base.dates import today
from lms.base.exports import csv_response, xlsx_response
from lms.base.tables import Filter, Listing
from lms.people.access import requires
from lms.people.rules import may

KEEPS = "system.run"
BASIS_HEADERS = (
    gettext_lazy("Number"),
    gettext_lazy("Title"),
    gettext_lazy("Issued on"),
    gettext_lazy("Valid from"),
    gettext_lazy("No longer valid from"),
    gettext_lazy("Replaced by"),
    gettext_lazy("How sure we are"),
    gettext_lazy("Note"),
)


def _in_force(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    valid = LegalBasis.objects.in_force(today()).values("pk")
    return rows.filter(pk__in=valid) if value == "yes" else rows.exclude(pk__in=valid)


@holds_any(KEEPS, VIEW)
def bases(request: HttpRequest) -> HttpResponseBase:
    """List the legal texts; `format` sends them as a file the import reads."""
    listing = Listing(
        request,
        LegalBasis.objects.select_related("replaced_by"),
        search=("search_text__contains",),
        filters=(
            Filter("force", _("In force today"), [("yes", _("Yes")), ("no", _("No"))], apply=_in_force),
            Filter(
                "certainty",
                _("How sure we are"),
                [(str(code), str(name)) for code, name in Certainty.choices],
            ),
        ),
        sorts={"number": ("number",), "from": ("valid_from",), "title": ("search_text",)},
        default_sort="-from",
    )
    if request.GET.get("format"):
        send = csv_response if request.GET["format"] == "csv" else xlsx_response
        return send("can-cu-phap-ly", [str(name) for name in BASIS_HEADERS], map(_cells, listing.rows))
    context = {
        "listing": listing,
        "lines": [(row, row.is_valid_on(today())) for row in listing.page],
        "may_keep": may(actor(request), KEEPS),
    }
    return render(request, "inspections/bases.html", context)


def _cells(row: LegalBasis) -> list[Any]:
    successor = row.replaced_by.number if row.replaced_by else ""
    return [
        row.number,
        row.title,
        row.issued_on,
        row.valid_from,
        row.valid_to,
        successor,
        row.certainty,
        row.note,
    ]


@requires(KEEPS)
def new_basis(request: HttpRequest) -> HttpResponse:
    """Add a legal text."""
    return _keep_basis(request, None)


@requires(KEEPS)
def edit_basis(request: HttpRequest, basis_pk: int) -> HttpResponse:
    """Correct a legal text, or say what replaced it."""
    return _keep_basis(request, get_object_or_404(LegalBasis, pk=basis_pk))


def _keep_basis(request: HttpRequest, row: LegalBasis | None) -> HttpResponse:
    form = BasisForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep_basis(by=actor(request), basis=row, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("%(number)s is kept.") % {"number": kept.number})
            return redirect("inspections:bases")
    citing = KindVersion.objects.filter(bases=row).select_related("kind") if row else []
    return render(request, "inspections/basis_form.html", {"form": form, "row": row, "citing": citing})


@requires(KEEPS)
def holidays(request: HttpRequest) -> HttpResponse:
    """Show the days of one year and what is missing; POST adds a day."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else today().year
    form = HolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep_holiday(by=actor(request), **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The day is kept."))
            return redirect(f"{request.path}?year={kept.day.year}")
    years = sorted({day.year for day in Holiday.objects.dates("day", "year")} | {year, today().year + 1})
    context = {
        "year": year,
        "years": years,
        "days": Holiday.objects.of_year(year),
        "problems": calendar_problems(today()),
        "form": form,
    }
    return render(request, "inspections/holidays.html", context)


@requires(KEEPS)
def holiday(request: HttpRequest, holiday_pk: int) -> HttpResponse:
    """Correct a day, or take it out."""
    row = get_object_or_404(Holiday, pk=holiday_pk)
    same = {name: getattr(row, name) for name in ("day", "name", "is_worked", "is_assumed")}
    form = HolidayForm(request.POST or None, initial=same)
    if request.method == "POST" and "remove" in request.POST:
        remove_holiday(by=actor(request), holiday=row)
        messages.success(request, _("The day is taken out of the table."))
        return redirect("inspections:holidays")
    if request.method == "POST" and form.is_valid():
        try:
            keep_holiday(by=actor(request), holiday=row, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The day is kept."))
            return redirect("inspections:holidays")
    return render(request, "inspections/holiday_form.html", {"form": form, "row": row})


@requires(KEEPS)
def kinds(request: HttpRequest) -> HttpResponse:
    """List the kinds of inspection with the version in use."""
    versions = KindVersion.objects.prefetch_related("bases__replaced_by").order_by("-number")
    rows = InspectionKind.objects.prefetch_related(Prefetch("versions", queryset=versions))
    lines = []
    for row in rows:
        all_of = list(row.versions.all())
        now = next((version for version in all_of if version.valid_from <= today()), None)
        problems = expired(bases=now.bases.all(), on=today()) if now else []
        lines.append((row, now, len(all_of), problems))
    return render(request, "inspections/kinds.html", {"lines": lines})


@requires(KEEPS)
def kind(request: HttpRequest, kind_pk: int) -> HttpResponse:
    """Show a kind with all its versions."""
    row = get_object_or_404(InspectionKind, pk=kind_pk)
    versions = row.versions.prefetch_related("bases", "periods", "documents", "checklists")
    return render(request, "inspections/kind.html", {"kind": row, "versions": versions})


@requires(KEEPS)
def new_kind(request: HttpRequest) -> HttpResponse:
    """Make a kind of inspection without code."""
    return _publish(request, None)


@requires(KEEPS)
def new_version(request: HttpRequest, kind_pk: int) -> HttpResponse:
    """Publish the next version of a kind; running cases keep theirs."""
    row = get_object_or_404(InspectionKind, pk=kind_pk)
    return _publish(request, row.versions.order_by("-number").first())


def _publish(request: HttpRequest, last: KindVersion | None) -> HttpResponse:
    form = KindForm(request.POST or None, version=last)
    if request.method == "POST" and form.is_valid():
        try:
            _refuse_taken_code(form, last)
            version = publish_kind(by=actor(request), **form.facts())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(
                request,
                _("%(name)s, version %(number)d, is in use from now on.")
                % {"name": version.kind.name, "number": version.number},
            )
            return redirect("inspections:kind", version.kind_id)
    return render(request, "inspections/kind_form.html", {"form": form, "last": last})


def _refuse_taken_code(form: KindForm, last: KindVersion | None) -> None:
    if last is None and InspectionKind.objects.filter(code=form.cleaned_data["code"]).exists():
        raise ValidationError({"code": _("There is already a kind with this code.")})


@require_POST
@requires(KEEPS)
def use_kind(request: HttpRequest, kind_pk: int) -> HttpResponse:
    """Offer a kind for new decisions, or no longer."""
    row = get_object_or_404(InspectionKind, pk=kind_pk)
    retire_kind(by=actor(request), kind=row, in_use=not row.is_active)
    return redirect("inspections:kind", row.pk)
