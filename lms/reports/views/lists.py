"""The people and the inspections behind a figure: as many rows as it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspections.models import Inspection
from inspections.states import Method, Status
from lms.base.exports import csv_response, xlsx_response
from lms.base.tables import Filter, Listing
from lms.people.access import requires
from lms.people.actions.access import note_accesses
from lms.people.models import AccessEvent, Person, Post
from lms.reports.forms import QuestionForm
from lms.reports.rules import may_list, may_see_units
from lms.reports.views.board import query_of, ratio_of, refuse_strangers, unit_name
from lms.targets.figures import Board, Question, units
from lms.targets.figures.inspections import Case
from lms.targets.rules import Ratio
from lms.targets.states import Indicator
from lms.targets.tables import scope_name

PEOPLE_SIDES = {
    "all": gettext_lazy("Everybody who counts"),
    "i1": gettext_lazy("Trained in digital skills"),
    "i1-missing": gettext_lazy("Not yet trained in digital skills"),
    "i2": gettext_lazy("Trained in data analysis"),
    "i2-missing": gettext_lazy("Not yet trained in data analysis"),
}
CASE_SIDES = {
    "all": gettext_lazy("All inspections in the rate"),
    "full": gettext_lazy("Fully digital inspections"),
    "not-full": gettext_lazy("Inspections not fully digital"),
    "partial": gettext_lazy("Partly digital inspections"),
    "paper": gettext_lazy("Inspections on paper"),
    "remote": gettext_lazy("Fully digital and remote inspections"),
    "beside": gettext_lazy("Inspections beside the rate"),
}


def _asked(request: HttpRequest) -> Question | None:
    """Return the question whose lists the reader may open; None where it cannot be read."""
    form = QuestionForm(request.GET, person=request.user)
    if not form.is_valid():
        return None
    if not may_list(request.user, form.question):
        raise PermissionDenied(_("Your roles do not open the lists of this agency."))
    return form.question


@requires("targets.lists")
def people(request: HttpRequest) -> HttpResponse:
    """List the people on one side of a training figure, or send the list as a file."""
    question = _asked(request)
    if question is None:
        return redirect(f"{reverse('targets')}?{query_of(request)}")
    side = request.GET.get("side", "all")
    side = side if side in PEOPLE_SIDES else "all"
    found = Board(question)
    listing = Listing(
        request,
        found.training.listed(side).select_related("person", "person__merged_into"),
        search=("person__name_folded__contains",),
        sorts={"name": ("person__name_key",), "category": ("category", "person__name_key")},
        default_sort="name",
        filters=(Filter("category", _("Category"), Post.Category.choices),),
    )
    if (layout := request.GET.get("format")) in ("csv", "xlsx"):
        # The file holds whole numbers: those concerned are told who took it.
        taken = (post.person for post in listing.rows.iterator(chunk_size=5000))
        note_accesses(persons=taken, page=AccessEvent.Page.TRAINING_FILE, by=cast("Person", request.user))
        return _people_file(layout, side, found, listing)
    posts = list(listing.page)
    details = found.training.detailed(posts)
    rows = [
        (post, post.person.canonical, details[post.pk], _home(found, details[post.pk].agency_id))
        for post in posts
    ]
    return render(
        request,
        "reports/people.html",
        {"rows": rows, **_frame(request, question, listing, PEOPLE_SIDES, side)},
    )


def _home(found: Board, agency_id: int) -> str:
    return found.training.tree.name(agency_id)


def _frame(
    request: HttpRequest, question: Question, listing: Listing, sides: dict[str, Any], side: str
) -> dict[str, Any]:
    return {
        "listing": listing,
        "question": question,
        "scope_name": scope_name(question),
        "side": side,
        "title": sides[side],
        "sides": [(key, words, f"?{query_of(request, side=key)}") for key, words in sides.items()],
        "query": query_of(request),
    }


def _people_file(layout: str, side: str, found: Board, listing: Listing) -> HttpResponse:
    headers = [
        _("Personal number"),
        _("Full name"),
        _("Agency code"),
        _("Agency"),
        _("Category"),
        _("Position"),
        _("DS periods"),
        _("DA periods"),
        _("Counted in I1"),
        _("Counted in I2"),
    ]
    return _as_file(layout, f"targets-{side}", headers, _people_lines(found, listing.rows))


def _people_lines(found: Board, posts: QuerySet[Post]) -> Iterator[list[Any]]:
    details = found.training.detailed()
    tree = found.training.tree
    for post in posts:
        row, person = details[post.pk], post.person.canonical
        yield [
            person.code,
            person.full_name,
            tree.code(row.agency_id),
            tree.name(row.agency_id),
            post.get_category_display(),
            post.position,
            row.ds_hours,
            row.da_hours,
            row.is_skilled,
            row.is_analyst,
        ]


def _as_file(layout: str, name: str, headers: list[str], lines: Iterable[list[Any]]) -> Any:
    return csv_response(name, headers, lines) if layout == "csv" else xlsx_response(name, headers, lines)


def _on_side(cases: Iterable[Case], side: str) -> list[Case]:
    keeps = {
        "full": lambda case: case.verdict == "FULL",
        "not-full": lambda case: case.verdict != "FULL",
        "partial": lambda case: case.verdict == "PARTIAL",
        "paper": lambda case: case.verdict == "PAPER",
        "remote": lambda case: case.verdict == "FULL" and case.is_remote,
    }
    keep = keeps.get(side)
    return [case for case in cases if keep is None or keep(case)]


@requires("targets.view")
def units_file(request: HttpRequest) -> HttpResponse:
    """Send the figures of all units of a scope as a file."""
    form = QuestionForm(request.GET, person=request.user)
    if not form.is_valid():
        return redirect(f"{reverse('targets')}?{query_of(request)}")
    refuse_strangers(may_see_units(request.user, form.question))
    layout = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    return cast(
        "HttpResponse", _as_file(layout, "targets-units", _unit_headers(), _unit_lines(Board(form.question)))
    )


def _unit_headers() -> list[str]:
    per_figure = [
        (
            _("%(name)s counted") % {"name": name},
            _("%(name)s of") % {"name": name},
            _("%(name)s rate (%%)") % {"name": name},
        )
        for name in Indicator.values
    ]
    return [_("Agency code"), _("Agency"), *(header for headers in per_figure for header in headers)]


def _unit_lines(found: Board) -> Iterator[list[Any]]:
    tree = found.training.tree
    for unit in units(found):
        name, code = unit_name(tree, unit), tree.code(unit.agency_id) if unit.agency_id else ""
        ratios = [ratio_of(unit.figures, indicator) for indicator in Indicator]
        yield [code, name, *(cell for ratio in ratios for cell in (ratio.num, ratio.den, _rate(ratio)))]


def _rate(ratio: Ratio) -> Decimal | None:
    return None if ratio.pct is None else Decimal(ratio.pct)


@requires("targets.lists")
def inspections(request: HttpRequest) -> HttpResponse:
    """List the inspections of one class, or send the list as a file."""
    question = _asked(request)
    if question is None:
        return redirect(f"{reverse('targets')}?{query_of(request)}")
    side = request.GET.get("side", "all")
    side = side if side in CASE_SIDES else "all"
    found = Board(question)
    everywhere = found.cases.left_out() if side == "beside" else found.counted
    cases = {case.pk: case for case in _on_side(everywhere, side) if case.is_led_from(question.agency_ids)}
    listing = Listing(
        request,
        Inspection.objects.filter(pk__in=cases),
        search=("search_text__contains",),
        sorts={"code": ("code",), "day": ("completed_on",)},
        default_sort="-day",
        filters=(
            Filter("method", _("Method"), Method.choices),
            Filter("status", _("Status"), Status.choices),
        ),
    )
    if (layout := request.GET.get("format")) in ("csv", "xlsx"):
        headers = [
            _("Code"),
            _("Lead agency"),
            _("Completed on"),
            _("How digital"),
            _("Method"),
            _("Status"),
            _("Subjects"),
            _("Fully digital subjects"),
        ]
        return _as_file(layout, f"inspections-{side}", headers, _case_lines(found, listing.rows, cases))
    seen = _may_open(request, [row.pk for row in listing.page])
    rows = [
        (row, cases[row.pk], found.history.name(cases[row.pk].home, row.named_on), row.pk in seen)
        for row in listing.page
    ]
    return render(
        request,
        "reports/inspections.html",
        {"rows": rows, **_frame(request, question, listing, CASE_SIDES, side)},
    )


def _may_open(request: HttpRequest, keys: list[int]) -> set[int]:
    """Return those whose own pages the reader may open."""
    mine = Inspection.scoped.for_person(cast("Person", request.user), "inspections.view")
    return set(mine.filter(pk__in=keys).values_list("pk", flat=True))


def _class_of(case: Case) -> str:
    found = case.verdict or case.left_out
    return str(found.label) if found else ""


def _case_lines(found: Board, rows: QuerySet[Inspection], cases: dict[int, Case]) -> Iterator[list[Any]]:
    for row in rows:
        case = cases[row.pk]
        yield [
            row.code,
            found.history.name(case.home, row.named_on),
            row.completed_on,
            _class_of(case),
            row.get_method_display(),
            row.get_status_display(),
            case.subjects,
            case.subjects_full,
        ]
