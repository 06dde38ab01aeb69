"""The result of an attempt, and the right answers once they may be seen."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.actions import workbooks_of
from courses.models import Answer, Attempt, AttemptQuestion, Exam
from courses.questions import Uploads
from courses.rules import page_of, releases_keys, standing_at, standings_of
from courses.states import ReviewPolicy
from courses.views.access import own_attempt
from courses.views.exams import course_context
from courses.views.questions import told
from courses.views.sitting import saved_answers


@require_safe
@never_cache
@login_required
def attempt_result(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show score and verdict; the right answers only when the exam says that they may be seen."""
    row = own_attempt(request, key)
    if row.closed_at is None:
        return redirect("attempt", key)
    page = page_of(row.enrolment.course)
    standing = standing_at(page, row.enrolment) if page else standings_of([row.enrolment])[0]
    released = releases_keys(
        row.exam,
        standing.attempts,
        now=timezone.now(),
        extra=standing.extra_attempts,
        last_deadline=_last_deadline(row.exam),
    )
    context = {
        **course_context(row.enrolment, standing),
        "attempt": row,
        "exam": row.exam,
        "total": row.questions.count(),
        "review": _review(row) if released else [],
        "released": released,
        "is_never": row.exam.review == ReviewPolicy.NEVER,
        "is_after_window": row.exam.review == ReviewPolicy.AFTER_WINDOW,
    }
    return TemplateResponse(request, "courses/result.html", context)


def _last_deadline(exam: Exam) -> datetime | None:
    if exam.review != ReviewPolicy.AFTER_WINDOW:
        return None
    found: datetime | None = exam.attempts.open().aggregate(last=Max("deadline_at"))["last"]
    return found


def _review(row: Attempt) -> list[dict[str, Any]]:
    saved = saved_answers(row)
    workbooks = workbooks_of(answer.response for answer in saved.values())
    return [_reviewed(question, saved.get(question.pk), workbooks) for question in row.questions.all()]


def _reviewed(question: AttemptQuestion, answer: Answer | None, workbooks: Uploads) -> dict[str, Any]:
    return {
        "place": str(question.position),
        "text": question.text,
        "explanation": question.explanation,
        "points": question.points,
        "is_right": question.earned == question.points,
        "is_partly_right": 0 < question.earned < question.points,
        "told": told(question.parsed, question.shown, answer.response if answer else {}, workbooks),
    }
