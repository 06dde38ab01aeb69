"""My results: what I have completed, how long it is valid, what I can renew now."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from courses.models import Attempt, Completion, Enrolment, Haste
from courses.views.access import learner_of
from courses.views.training import lines
from lms.base.dates import today
from lms.people.models import Person


@require_safe
@login_required
def results(request: HttpRequest) -> HttpResponse:
    """Show everything the one who asks has completed, the newest first."""
    person = learner_of(request)
    mine = Enrolment.objects.of(person)
    attempts = Attempt.objects.filter(enrolment__in=mine, closed_at__isnull=False)
    context = {
        "lines": results_of(person),
        "attempts": attempts.select_related("enrolment__course").order_by("-closed_at"),
        "hastes": Haste.objects.filter(enrolment__in=mine),
    }
    return TemplateResponse(request, "courses/results.html", context)


def results_of(person: Person) -> list[dict[str, Any]]:
    """Return the person's completions; the newest of each course may be renewed where its window is open."""
    rows = Completion.objects.of(person).select_related("person", "course", "revocation")
    shown = lines(rows.order_by("-completed_at", "-pk"))
    running = set(Enrolment.objects.open().of(person).values_list("course", flat=True))
    seen: set[str] = set()
    for line in shown:
        row, day = line["row"], today()
        is_newest = row.course_code not in seen
        is_open = row.course is not None and row.course.is_open_on(day) and row.course_id not in running
        line["renew_pk"] = row.course_id if line["may_renew"] and is_newest and is_open else None
        if row.passed and row.verified_on and line["revocation"] is None:
            seen.add(row.course_code)
    return shown
