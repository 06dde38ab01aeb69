"""The door of an exam: its rules, whether one may start, and starting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.actions import refuse_draw, start_attempt, waiting_resit
from courses.actions.starting import pool_of, rows_of
from courses.models import Enrolment, Exam
from courses.rules import (
    Refusal,
    Refused,
    Standing,
    Start,
    deadline,
    needs_code,
    refuse_start,
    standings_of,
)
from courses.views.access import learner_of, own_enrolment, post_or_back
from courses.views.addresses import course_url
from courses.views.devices import mark_device, whence_of


@require_safe
@login_required
def exam(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the rules of a course's exam, the attempts so far, and whether one may start."""
    enrolment = own_enrolment(request, pk)
    [standing] = standings_of([enrolment])
    if standing.exam is None:
        raise Http404
    resit, now = waiting_resit(enrolment), timezone.now()
    given = enrolment.extra_times.filter(attempt=None).last()
    context = {
        **course_context(enrolment, standing),
        "exam": standing.exam,
        "refusal": _refusal(standing.exam, standing, resit),
        "resit": resit,
        "needs_code": needs_code(standing.exam, resit),
        "allowed": standing.exam.attempts_allowed + standing.extra_attempts,
        "minutes": round((deadline(standing.exam, now, given) - now).total_seconds() / 60),
        "is_cut": bool(standing.exam.closes_at),
    }
    return TemplateResponse(request, "courses/exam.html", context)


def _refusal(exam: Exam, standing: Standing, resit: Any) -> Refusal | None:
    start = Start(
        exam=exam,
        attempts=standing.attempts,
        lessons_done=standing.exam_is_open,
        now=timezone.now(),
        extra_attempts=standing.extra_attempts,
        resit=resit,
    )
    return refuse_start(start) or refuse_draw(exam, rows_of(exam), pool_of(exam))


def course_context(enrolment: Enrolment, standing: Standing) -> dict[str, Any]:
    """Return what every page of an exam says of its course."""
    return {
        "standing": standing,
        "enrolment": enrolment,
        "course": standing.course,
        "course_url": course_url(standing.page) if standing.page else "",
    }


@login_required
@post_or_back(lambda pk: reverse("exam", args=[pk]))
def exam_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Start an attempt, or say why not."""
    arrived_at = timezone.now()
    enrolment = own_enrolment(request, pk)
    whence = whence_of(request)
    try:
        attempt = start_attempt(
            enrolment=enrolment,
            by=learner_of(request),
            code=request.POST.get("code", "")[:200],
            whence=whence,
            at=arrived_at,
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("exam", pk)
    return mark_device(redirect("attempt", attempt.key), whence)
