"""What the share would be under another definition: beside the official figure, never in its place."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from inspections.rules import WORKING_DAYS
from lms.people.access import requires
from lms.reports.forms import QuestionForm
from lms.reports.rules import may_see_figures, status_of
from lms.reports.views.board import query_of, refuse_strangers
from lms.targets.figures import Board
from lms.targets.figures.readings import by_year, first_year, readings, with_days
from lms.targets.rules import RULE_VERSION, Ratio
from lms.targets.tables import scope_name

THRESHOLDS = (50, 70)
MOST_DAYS = 30


class DaysForm(forms.Form):
    """Another number of working days than the rule's."""

    days = forms.IntegerField(
        label=gettext_lazy("Working days within which a record may come"),
        min_value=0,
        max_value=MOST_DAYS,
        required=False,
        initial=WORKING_DAYS,
    )


@dataclass(frozen=True)
class Line:
    """One reading."""

    name: str
    ratio: Ratio
    official: bool = False

    @property
    def status(self) -> str:
        return status_of(self.ratio)


@requires("targets.view")
def other_readings(request: HttpRequest) -> HttpResponse:
    """Show the share under every reading, side by side, and of past years under the rule of their time."""
    form = QuestionForm(request.GET, person=request.user)
    if not form.is_valid():
        return redirect(f"{reverse('targets')}?{query_of(request)}")
    question = form.question
    refuse_strangers(may_see_figures(request.user, question))
    days = DaysForm(request.GET if "days" in request.GET else None)
    board = Board(question)
    asked = days.cleaned_data["days"] if days.is_bound and days.is_valid() else None
    context = {
        "question": question,
        "scope_name": scope_name(question),
        "rule_version": RULE_VERSION,
        "lines": _lines(board, asked),
        "years": [(year, status_of(year.ratio)) for year in by_year(question, first_year(question))],
        "days_form": days,
        "kept": [(name, value) for name, value in request.GET.items() if name in QuestionForm.base_fields],
        "query": query_of(request),
    }
    return render(request, "reports/readings.html", context)


def _lines(board: Board, days: int | None) -> list[Line]:
    read = readings(board)
    lines = [
        Line(_("Official: every needed step of every subject is digital and in time"), read.official, True),
        Line(_("Strict: official, and carried out online or remotely (R2)"), read.remote),
        Line(_("By subject: each inspected subject counts for itself"), read.by_subject),
    ]
    lines += [
        Line(
            _("Official counts against a threshold of %(percent)d %%") % {"percent": percent},
            read.against(percent),
        )
        for percent in THRESHOLDS
        if percent != read.official.target
    ]
    if days is not None:
        words = ngettext(
            "A record may come within %(days)d working day",
            "A record may come within %(days)d working days",
            days,
        )
        lines.append(Line(words % {"days": days}, with_days(board, days)))
    return lines
