"""Sitting an exam. The first line of each writing view reads the clock: arrival decides, not the work after it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses.actions import save_answer, start_attempt, submit_attempt
from courses.forms import AnswerForm
from courses.models import Answer, Attempt, AttemptQuestion, Enrolment, Question
from courses.rules import (
    Refused,
    Standing,
    is_right,
    page_of,
    refuse_start,
    releases_keys,
    standing_at,
    standings_of,
)
from courses.views.access import learner_of, own_attempt, own_enrolment, post_or_back
from courses.views.addresses import course_url

CONFLICTS = {"conflict", "late", "closed"}


@require_safe
@login_required
def exam(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the rules of a course's exam, the attempts so far, and whether one may start."""
    enrolment = own_enrolment(request, pk)
    [standing] = standings_of([enrolment])
    if standing.exam is None:
        raise Http404
    refusal = refuse_start(
        exam=standing.exam,
        attempts=standing.attempts,
        lessons_done=standing.exam_is_open,
        drawable=Question.objects.drawable().filter(bank=standing.exam.bank_id).count(),
        now=timezone.now(),
    )
    context = {**_course_context(enrolment, standing), "exam": standing.exam, "refusal": refusal}
    return TemplateResponse(request, "courses/exam.html", context)


def _course_context(enrolment: Enrolment, standing: Standing) -> dict[str, Any]:
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
    try:
        attempt = start_attempt(enrolment=enrolment, by=learner_of(request), at=arrived_at)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("exam", pk)
    return redirect("attempt", attempt.key)


@require_safe
@never_cache
@login_required
def attempt(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the questions of a running attempt with the answers saved so far; never a key."""
    row = own_attempt(request, key)
    if row.closed_at is not None:
        return redirect("attempt_result", key)
    remaining = row.deadline_at - timezone.now()
    context = {
        "attempt": row,
        "course": row.enrolment.course,
        "questions": _shown_questions(row),
        "remaining_seconds": max(0, int(remaining.total_seconds())),
        "is_over": remaining.total_seconds() <= 0,
    }
    return TemplateResponse(request, "courses/attempt.html", context)


def _shown_questions(row: Attempt) -> list[dict[str, Any]]:
    saved = _saved_answers(row)
    return [
        _shown_question(question, saved.get(question.pk)) for question in row.questions.defer("right_ids")
    ]


def _shown_question(question: AttemptQuestion, answer: Answer | None) -> dict[str, Any]:
    chosen = answer.chosen if answer else []
    return {
        "position": question.position,
        "kind": question.kind,
        "text": question.text,
        "options": [{**option, "is_chosen": option["id"] in chosen} for option in question.options],
        "is_saved": answer is not None,
        "client_id": uuid4(),
        "sequence": answer.sequence + 1 if answer else 1,
    }


def _saved_answers(row: Attempt) -> dict[int, Answer]:
    answers = Answer.objects.filter(attempt_question__attempt=row).in_force()
    return {answer.attempt_question_id: answer for answer in answers}


@require_POST
@login_required
def attempt_answer(request: HttpRequest, key: UUID, position: int) -> HttpResponse:
    """Save one answer sent by the page's script; 409 for one that is late or contradicts its id."""
    arrived_at = timezone.now()
    row = own_attempt(request, key)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"sentence": _("The answer could not be read; it was not saved.")}, status=400)
    try:
        answer = save_answer(
            attempt=row, position=position, by=learner_of(request), at=arrived_at, **form.cleaned_data
        )
    except Refused as refused:
        status = 409 if refused.code in CONFLICTS else 400
        return JsonResponse({"code": refused.code, "sentence": str(refused)}, status=status)
    remaining = (row.deadline_at - timezone.now()).total_seconds()
    return JsonResponse({"saved_at": answer.saved_at, "remaining_seconds": max(0, int(remaining))})


@login_required
@post_or_back(lambda key: reverse("attempt", args=[key]))
def attempt_submit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Save what the form holds, then (unless only saving was asked) close and grade the attempt."""
    arrived_at = timezone.now()
    row = own_attempt(request, key)
    refusal = _save_posted(request, row, arrived_at)
    if refusal:
        messages.warning(request, refusal)
    if "save" in request.POST and not refusal:
        messages.success(request, _("Your answers are saved."))
        return redirect("attempt", key)
    submit_attempt(attempt=row, by=learner_of(request), at=arrived_at)
    return redirect("attempt_result", key)


def _save_posted(request: HttpRequest, row: Attempt, arrived_at: Any) -> str:
    """Save the answers of a plain form post that are not saved yet; return why one was refused."""
    saved = _saved_answers(row)
    for question in row.questions.defer("right_ids"):
        form = AnswerForm.posted_for(question, request.POST)
        known = saved.get(question.pk)
        if not form.is_valid() or form.cleaned_data["chosen"] == (known.chosen if known else []):
            continue
        try:
            save_answer(
                attempt=row,
                position=question.position,
                by=learner_of(request),
                at=arrived_at,
                **form.cleaned_data,
            )
        except Refused as refused:
            return str(refused)
    return ""


@require_safe
@never_cache
@login_required
def attempt_result(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show score and verdict; the right answers only once no attempt can profit from them."""
    row = own_attempt(request, key)
    if row.closed_at is None:
        return redirect("attempt", key)
    page = page_of(row.enrolment.course)
    standing = standing_at(page, row.enrolment) if page else standings_of([row.enrolment])[0]
    released = releases_keys(row.exam, standing.attempts)
    context = {
        **_course_context(row.enrolment, standing),
        "attempt": row,
        "total": row.questions.count(),
        "review": _review(row) if released else [],
        "released": released,
    }
    return TemplateResponse(request, "courses/result.html", context)


def _review(row: Attempt) -> list[dict[str, Any]]:
    saved = _saved_answers(row)
    return [_reviewed(question, saved.get(question.pk)) for question in row.questions.all()]


def _reviewed(question: AttemptQuestion, answer: Answer | None) -> dict[str, Any]:
    chosen = answer.chosen if answer else []
    return {
        "position": question.position,
        "text": question.text,
        "explanation": question.explanation,
        "is_right": is_right(question.right_ids, chosen),
        "options": [
            {
                "text": option["text"],
                "is_chosen": option["id"] in chosen,
                "is_right": option["id"] in question.right_ids,
            }
            for option in question.options
        ],
    }
