"""Pages of authors about a question bank: what it holds, export, what stands twice, how its questions did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from courses.banks.exporting import LAYOUTS, Layout, export_bank, written
from courses.banks.importing import newest_of_all
from courses.banks.known import said_by
from courses.banks.likeness import Alike, alike
from courses.banks.measuring import figures_of
from courses.banks.statistics import ENOUGH, Figures, Flag
from courses.models import Question, QuestionBank
from courses.states import QuestionKind, QuestionState
from lms.base.actions import Actor
from lms.base.exports import csv_response, file_response, xlsx_response
from lms.base.tables import Filter, Listing
from lms.people.access import requires

SHOWN_PAIRS = 500


@require_GET
@requires("courses.author")
def bank_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a bank holds and what can be done with it."""
    bank = get_object_or_404(QuestionBank, pk=pk)
    held = Question.objects.filter(bank=bank, following__isnull=True).order_by()
    kinds = Counter(
        dict(held.exclude(state=QuestionState.RETIRED).values_list("kind").annotate(n=Count("pk")))
    )
    states = Counter(dict(held.values_list("state").annotate(n=Count("pk"))))
    context = {
        "bank": bank,
        "kinds": [(label, kinds[value]) for value, label in QuestionKind.choices if kinds[value]],
        "states": [(value, label, states[value]) for value, label in QuestionState.choices],
        "layouts": LAYOUTS.values(),
    }
    return render(request, "courses/banks/bank.html", context)


@require_GET
@requires("courses.author")
def bank_export(request: HttpRequest, pk: int, layout: str) -> HttpResponse:
    """Say what a file of one format will hold, and what of the bank it cannot carry."""
    bank, chosen = get_object_or_404(QuestionBank, pk=pk), _layout(layout)
    done = written(bank, chosen)
    left_out = [problem for problem in done.problems if problem.severity == "error"]
    context = {
        "bank": bank,
        "layout": chosen,
        "count": done.count,
        "left_out": left_out,
        "remarks": [problem for problem in done.problems if problem.severity == "warning"],
    }
    return render(request, "courses/banks/export.html", context)


@require_GET
@requires("courses.author")
def bank_file(request: HttpRequest, pk: int, layout: str) -> HttpResponse:
    """Send the bank as a file; who took it is logged, for it holds the keys."""
    bank, chosen = get_object_or_404(QuestionBank, pk=pk), _layout(layout)
    done = export_bank(bank=bank, layout=chosen, by=cast(Actor, request.user))
    return file_response(f"{bank.code}.{chosen.extension}", done.content, chosen.content_type)


def _layout(name: str) -> Layout:
    if name not in LAYOUTS:
        raise Http404
    return LAYOUTS[name]


@dataclass(frozen=True)
class Pair:
    """Two questions side by side, and how alike they are in %."""

    first: Question
    second: Question
    percent: int


@require_GET
@requires("courses.author")
def bank_duplicates(request: HttpRequest, pk: int) -> HttpResponse:
    """Show which questions of the bank say almost the same as one of it or of another bank."""
    bank = get_object_or_404(QuestionBank, pk=pk)
    rows = {row.pk: row for row in newest_of_all()}
    found = [pair for pair in alike(said_by(rows.values())) if _concerns(bank, pair, rows)]
    pairs = [_pair(bank, pair, rows) for pair in found[:SHOWN_PAIRS]]
    context = {"bank": bank, "pairs": pairs, "count": len(found), "limit": SHOWN_PAIRS}
    return render(request, "courses/banks/duplicates.html", context)


def _concerns(bank: QuestionBank, pair: Alike, rows: dict[int, Question]) -> bool:
    return bank.pk in (rows[pair.first].bank_id, rows[pair.second].bank_id)


def _pair(bank: QuestionBank, pair: Alike, rows: dict[int, Question]) -> Pair:
    first, second = sorted(
        (rows[pair.first], rows[pair.second]), key=lambda row: (row.bank_id != bank.pk, row.pk)
    )
    return Pair(first, second, round(pair.share * 100))


class FigureListing(Listing):
    """The versions of a bank's questions with their figures, sorted by a figure."""

    KEYS: ClassVar[dict[str, Callable[[Figures], Any]]] = {
        "n": lambda figures: figures.n,
        "facility": lambda figures: figures.facility if figures.facility is not None else 2,
        "discrimination": lambda figures: figures.discrimination if figures.discrimination is not None else 2,
        "flags": lambda figures: (-len(figures.flags), -figures.n),
    }

    def __init__(self, request: HttpRequest, bank: QuestionBank, figures: dict[int, Figures]) -> None:
        self.figures = figures
        rows = Question.objects.filter(bank=bank, pk__in=[pk for pk, one in figures.items() if one.n])
        topics = Question.objects.filter(bank=bank).exclude(topic="").order_by("topic")
        super().__init__(
            request,
            rows,
            sorts=dict.fromkeys(self.KEYS, ("pk",)),
            default_sort="flags",
            filters=(
                Filter("flag", _("What is noticed"), Flag.choices, apply=self._flagged),
                Filter("kind", _("Type"), QuestionKind.choices),
                Filter(
                    "topic",
                    _("Topic"),
                    [(topic, topic) for topic in topics.values_list("topic", flat=True).distinct()],
                ),
            ),
        )

    def _flagged(self, rows: Any, flag: str) -> Any:
        return rows.filter(pk__in=[pk for pk, one in self.figures.items() if flag in one.flags])

    def _sorted(self, rows: Any) -> Any:
        key = self.KEYS[self.sort.removeprefix("-")]
        found = list(rows.order_by("pk"))
        for row in found:
            row.figures = self.figures[row.pk]
        return sorted(found, key=lambda row: key(row.figures), reverse=self.sort.startswith("-"))


@require_GET
@requires("courses.author")
def bank_statistics(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how the bank's questions did in graded attempts, those that are likely bad first."""
    bank = get_object_or_404(QuestionBank, pk=pk)
    listing = FigureListing(request, bank, figures_of(bank))
    if (layout := request.GET.get("format")) in ("csv", "xlsx"):
        return _figures_file(layout, bank, listing)
    context = {
        "bank": bank,
        "listing": listing,
        "enough": ENOUGH,
        "export_url": request.path,
        "flags": Flag.choices,
    }
    return render(request, "courses/banks/statistics.html", context)


def _figures_file(layout: str, bank: QuestionBank, listing: FigureListing) -> HttpResponse:
    headers = [
        _("Question"),
        _("Version"),
        _("Type"),
        _("Topic"),
        _("Answers"),
        _("Facility"),
        _("Discrimination"),
        _("Unanswered"),
        _("What is noticed"),
        _("Options: chosen by all / by the strong"),
    ]
    rows = (_figures_row(row) for row in cast(list[Any], listing.rows))
    respond = xlsx_response if layout == "xlsx" else csv_response
    return cast(HttpResponse, respond(f"{bank.code}-thong-ke", headers, rows))


def _figures_row(row: Any) -> tuple[Any, ...]:
    figures: Figures = row.figures
    options = "; ".join(
        f"{'✔' if option.is_right else '✘'} {option.text}: {option.chosen} / {option.by_strong}"
        for option in figures.options
    )
    return (
        row.text,
        row.version,
        row.get_kind_display(),
        row.topic,
        figures.n,
        _rounded(figures.facility),
        _rounded(figures.discrimination),
        figures.unanswered,
        "; ".join(figures.flag_words()),
        options,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
