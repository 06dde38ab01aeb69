"""The three figures of a scope against their thresholds, and by unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.people.access import requires
from lms.people.organisation import Organisation
from lms.reports.forms import QuestionForm
from lms.reports.rules import may_list, may_see_figures, may_see_units, status_of
from lms.targets.figures import Board, Figures, Unit, units
from lms.targets.rules import RULE_VERSION, Ratio, percentage
from lms.targets.states import Indicator
from lms.targets.tables import scope_name

MISSING_SHOWN = 10
# More bars than this say nothing: the units that need most stand first, the others open on demand.
UNITS_SHOWN = 15


@dataclass(frozen=True)
class Card:
    """One figure as a card, with its lists."""

    indicator: Indicator
    ratio: Ratio
    unit: str
    counted_url: str
    missing_url: str

    @property
    def status(self) -> str:
        return status_of(self.ratio)

    @property
    def status_label(self) -> str:
        """No word but one where nothing arose: the card knows the others."""
        return _("none arose") if self.ratio.met is None else ""


@dataclass(frozen=True)
class UnitRow:
    """One line of the table by unit."""

    name: str
    url: str
    ratio: Ratio
    status: str


def refuse_strangers(allowed: bool) -> None:
    """Answer with a sentence to whom the figures are not open."""
    if not allowed:
        raise PermissionDenied(_("Your roles do not reach the figures of this agency."))


@requires("targets.view")
def board(request: HttpRequest) -> HttpResponse:
    """Show the figures for a day and an agency; a question that cannot be read shows the form alone."""
    form = QuestionForm(request.GET, person=request.user)
    if not form.is_valid():
        return render(request, "reports/board.html", {"form": form}, status=400)
    refuse_strangers(may_see_figures(request.user, form.question))
    return render(request, "reports/board.html", _context(request, form))


def _context(request: HttpRequest, form: QuestionForm) -> dict[str, Any]:
    question = form.question
    found = Board(question)
    figures = found.of(question.agency_ids)
    listed = may_list(request.user, question)
    shown = _shown(request)
    return {
        "form": form,
        "question": question,
        "scope_name": scope_name(question),
        "rule_version": RULE_VERSION,
        "figures": figures,
        "reconciled": found.reconciled,
        "remote_pct": percentage(figures.share.remote, figures.share.all),
        "subjects_pct": percentage(figures.share.subjects_full, figures.share.subjects),
        "cards": _cards(figures, query_of(request) if listed else None),
        "may_list": listed,
        "missing": found.training.first_missing(MISSING_SHOWN) if listed else [],
        "shown": shown,
        "tabs": [(one, _tab_url(request, one)) for one in Indicator],
        "query": query_of(request),
        **_by_unit(request, found, shown),
    }


def _by_unit(request: HttpRequest, found: Board, shown: Indicator) -> dict[str, Any]:
    if not may_see_units(request.user, found.question):
        return {"rows": None}
    rows = [_row(request, found, unit, shown) for unit in units(found)]
    everything = "all" in request.GET or len(rows) <= UNITS_SHOWN
    if not everything:
        rows_shown = sorted(rows, key=lambda row: -row.ratio.missing)[:UNITS_SHOWN]
    return {
        "rows": rows if everything else rows_shown,
        "units_count": len(rows),
        "all_units_url": "" if everything else f"?{query_of(request, show=shown.value, all='1')}#by-unit",
        "units_file_url": f"{reverse('target-units')}?{query_of(request, show=shown.value)}",
    }


def query_of(request: HttpRequest, **changes: str) -> str:
    """Return the question as it stands in the address, with changes."""
    asked = {name: request.GET[name] for name in QuestionForm.base_fields if request.GET.get(name)}
    if "agency" in request.GET:
        asked.setdefault("agency", "")
    return urlencode({**asked, **changes})


def _shown(request: HttpRequest) -> Indicator:
    asked = request.GET.get("show", "")
    return Indicator(asked) if asked in Indicator.values else Indicator.DIGITAL_SKILLS


def _tab_url(request: HttpRequest, indicator: Indicator) -> str:
    return f"?{query_of(request, show=indicator.value)}#by-unit"


def ratio_of(figures: Figures, indicator: Indicator) -> Ratio:
    """Return the ratio of one indicator."""
    return {"I1": figures.i1, "I2": figures.i2, "I3": figures.i3}[indicator.value]


def _cards(figures: Figures, query: str | None) -> list[Card]:
    people, cases = reverse("target-people"), reverse("target-inspections")
    lists = {
        "I1": (f"{people}?side=i1&{query}", f"{people}?side=i1-missing&{query}"),
        "I2": (f"{people}?side=i2&{query}", f"{people}?side=i2-missing&{query}"),
        "I3": (f"{cases}?side=full&{query}", f"{cases}?side=not-full&{query}"),
    }
    none = ("", "")
    return [
        Card(
            indicator,
            ratio_of(figures, indicator),
            _("inspections") if indicator == Indicator.DIGITAL_INSPECTIONS else _("persons"),
            *(none if query is None else lists[indicator.value]),
        )
        for indicator in Indicator
    ]


def unit_name(tree: Organisation, unit: Unit) -> str:
    """Return what a part of a scope is called."""
    if unit.agency_id is None:
        return _("Agencies outside this tree")
    name = tree.name(unit.agency_id)
    return _("%(name)s (itself)") % {"name": name} if unit.is_itself else name


def _row(request: HttpRequest, found: Board, unit: Unit, shown: Indicator) -> UnitRow:
    ratio, tree = ratio_of(unit.figures, shown), found.training.tree
    url = ""
    if unit.agency_id is not None and not unit.is_itself:
        url = f"?{query_of(request, agency=tree.code(unit.agency_id), show=shown.value)}"
    return UnitRow(unit_name(tree, unit), url, ratio, status_of(ratio))
