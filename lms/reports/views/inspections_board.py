"""The inspections of a year: plan, running, done, findings by field and place, the share and its strict form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lms.base.dates import today
from lms.people.access import requires
from lms.reports.forms import QuestionForm
from lms.reports.inspections import year_of
from lms.reports.rules import may_see_figures, may_see_units, status_of
from lms.reports.views.board import query_of, refuse_strangers
from lms.targets.tables import scope_name

AGENCIES_SHOWN, ROWS_SHOWN = 15, 15


@requires("targets.view")
def inspections_board(request: HttpRequest) -> HttpResponse:
    """Show the year of the question's day for its agencies; by agency only to whom units are open."""
    form = QuestionForm(request.GET, person=request.user)
    if not form.is_valid():
        return redirect(f"{reverse('targets')}?{query_of(request)}")
    question = form.question
    refuse_strangers(may_see_figures(request.user, question))
    year = year_of(question, min(question.as_of, today()))
    everything = "all" in request.GET or len(year.agencies) <= AGENCIES_SHOWN
    context = {
        "question": question,
        "scope_name": scope_name(question),
        "year": year,
        "status": status_of(year.ratio),
        "strict_status": status_of(year.strict),
        "by_agency": may_see_units(request.user, question),
        "agencies": year.agencies if everything else year.agencies[:AGENCIES_SHOWN],
        "all_url": "" if everything else f"?{query_of(request, all='1')}#agencies",
        "tables": [("fields", year.fields[:ROWS_SHOWN]), ("places", year.places[:ROWS_SHOWN])],
        "query": query_of(request),
    }
    return render(request, "reports/inspections_board.html", context)
