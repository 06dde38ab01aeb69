"""Sitting an exam. The first line of each writing view reads the clock: arrival decides, not the work after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses.actions import Whence, save_answer, submit_attempt
from courses.forms import AnswerForm
from courses.models import Answer, Attempt, AttemptQuestion
from courses.questions import Json, is_empty, posted_response
from courses.rules import Refusal, Refused
from courses.views.access import bare_attempt, learner_of, own_attempt, post_or_back
from courses.views.devices import is_marked, mark_device, whence_of
from courses.views.questions import put

CONFLICTS = {"conflict", "late", "closed"}


@dataclass(frozen=True)
class Unsaved:
    """An answer of a plain form that was refused, and why: both are shown at its question."""

    response: Json
    sentence: str


@require_safe
@never_cache
@login_required
def attempt(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the questions of a running attempt with the answers saved so far; never a key."""
    row = own_attempt(request, key)
    if row.closed_at is not None:
        return redirect("attempt_result", key)
    return _page(request, row, {})


def _page(request: HttpRequest, row: Attempt, unsaved: Mapping[int, Unsaved]) -> HttpResponse:
    remaining = _remaining(row)
    context = {
        "attempt": row,
        "course": row.enrolment.course,
        "questions": _shown_questions(row, unsaved),
        "unsaved": unsaved,
        "remaining_seconds": remaining,
        "is_over": remaining == 0,
    }
    response = TemplateResponse(request, "courses/attempt.html", context)
    return mark_device(response, whence_of(request))


def _remaining(row: Attempt) -> int:
    return max(0, int((row.deadline_at - timezone.now()).total_seconds()))


def _shown_questions(row: Attempt, unsaved: Mapping[int, Unsaved]) -> list[dict[str, Any]]:
    saved = saved_answers(row)
    return [
        _shown_question(question, saved.get(question.pk), unsaved.get(question.position), row.key)
        for question in row.questions.defer("key")
    ]


def _shown_question(
    question: AttemptQuestion, answer: Answer | None, unsaved: Unsaved | None, attempt: UUID
) -> dict[str, Any]:
    saved = answer.response if answer else {}
    response = unsaved.response if unsaved else saved
    return {
        "position": question.position,
        "text": question.text,
        "points": question.points,
        "put": put(question.shown, response, f"q{question.position}", attempt),
        "is_saved": answer is not None and unsaved is None,
        "problem": unsaved.sentence if unsaved else "",
        "client_id": uuid4(),
        "sequence": answer.sequence + 1 if answer else 1,
    }


def saved_answers(row: Attempt) -> dict[int, Answer]:
    """Return the answer in force to each question."""
    answers = Answer.objects.filter(attempt_question__attempt=row).in_force()
    return {answer.attempt_question_id: answer for answer in answers}


@require_safe
@never_cache
@login_required
def attempt_clock(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say how much time is left by the server's clock; the page asks whether the server is there at all."""
    row = bare_attempt(request, key)
    left = 0 if row.closed_at else _remaining(row)
    return JsonResponse({"attempt": row.key, "remaining_seconds": left, "closed": row.closed_at is not None})


@require_POST
@login_required
def attempt_answer(request: HttpRequest, key: UUID, position: int) -> HttpResponse:
    """Save one answer sent by the page's script; 409 for one that is late or contradicts its id."""
    arrived_at = timezone.now()
    row, whence = bare_attempt(request, key), whence_of(request)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"sentence": unreadable_answer().sentence}, status=400)
    try:
        saved = save_answer(
            attempt=row,
            position=position,
            by=learner_of(request),
            at=arrived_at,
            whence=whence,
            **form.cleaned_data,
        )
    except Refused as refused:
        status = 409 if refused.code in CONFLICTS else 400
        return JsonResponse({"code": refused.code, "sentence": str(refused)}, status=status)
    reply = JsonResponse(
        {
            "client_id": saved.answer.client_id,
            "saved_at": saved.answer.saved_at,
            "remaining_seconds": _remaining(row),
            "sequence": saved.latest,
            "superseded": saved.is_superseded,
            "elsewhere": saved.elsewhere,
        }
    )
    return reply if is_marked(request) else mark_device(reply, whence)


@login_required
@post_or_back(lambda key: reverse("attempt", args=[key]))
def attempt_submit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Save what the form holds, then (unless only saving was asked) close and grade the attempt.

    An answer that could not be saved keeps the attempt open while its time runs: nobody hands in what was refused.
    """
    arrived_at = timezone.now()
    row = own_attempt(request, key)
    unsaved = _save_posted(request, row, arrived_at, whence_of(request))
    if unsaved:
        row.refresh_from_db()
        if row.closed_at is None and not row.is_past_time(arrived_at):
            return _page(request, row, unsaved)
        messages.warning(request, next(iter(unsaved.values())).sentence)
    if "save" in request.POST and not unsaved:
        messages.success(request, _("Your answers are saved."))
        return redirect("attempt", key)
    submit_attempt(attempt=row, by=learner_of(request), at=arrived_at)
    return redirect("attempt_result", key)


def _save_posted(
    request: HttpRequest, row: Attempt, arrived_at: datetime, whence: Whence
) -> dict[int, Unsaved]:
    """Save the answers of a plain form post that are not saved yet; return those refused, by their position."""
    saved, unsaved = saved_answers(row), {}
    for question in row.questions.defer("key"):
        response = posted_response(question.shown, request.POST, f"q{question.position}")
        is_sent = f"id{question.position}" in request.POST or not is_empty(response)
        if not is_sent or _same(response, saved.get(question.pk)):
            continue
        form = AnswerForm.posted_for(question, response, request.POST)
        try:
            if not form.is_valid():
                raise Refused(unreadable_answer())
            save_answer(
                attempt=row,
                position=question.position,
                by=learner_of(request),
                at=arrived_at,
                whence=whence,
                **form.cleaned_data,
            )
        except Refused as refused:
            unsaved[question.position] = Unsaved(response, str(refused))
    return unsaved


def unreadable_answer() -> Refusal:
    """Say that what was sent is no answer at all."""
    return Refusal("unreadable", _("The answer could not be read; it was not saved."))


def _same(response: Json, known: Answer | None) -> bool:
    before = known.response if known else {}
    return response == before or (is_empty(response) and is_empty(before))
