"""Sitting an exam: start, answer, hand in, time out. The server's clock decides."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.actions.completions import complete
from courses.models import Answer, AnswerConflict, Attempt, AttemptQuestion, Enrolment, Exam, Question
from courses.rules import (
    Refusal,
    Refused,
    count_right,
    deadline,
    draw,
    exam_is_open,
    has_passed,
    refuse_answer,
    refuse_choice,
    refuse_start,
    score,
    shuffle,
    way_of,
)
from courses.states import Closing
from lms.base.actions import Actor, enqueue, record_event


@transaction.atomic
def start_attempt(*, enrolment: Enrolment, by: Actor | None, at: datetime | None = None) -> Attempt:
    """Draw the questions of a new attempt and start its clock. Raises Refused."""
    now = at or timezone.now()
    # The lock makes two clicks two turns: the second finds the first's attempt running.
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",)).select_related("course").get(pk=enrolment.pk)
    )
    exam = Exam.objects.filter(course=enrolment.course).first()
    if exam is None:
        raise Refused(Refusal("no_exam", _("This course has no exam.")))
    attempts = list(enrolment.attempts.all())
    questions = {question.pk: question for question in _drawable(exam)}
    lessons_done = exam_is_open(enrolment.course, way_of(enrolment))
    if refusal := refuse_start(
        exam=exam, attempts=attempts, lessons_done=lessons_done, drawable=len(questions), now=now
    ):
        raise Refused(refusal)
    attempt = _write_attempt(enrolment, exam, len(attempts) + 1, now)
    drawn = draw(questions, exam.draw, attempt.seed)
    AttemptQuestion.objects.bulk_create(
        _frozen(attempt, position, questions[pk]) for position, pk in enumerate(drawn, start=1)
    )
    enqueue(
        kind="courses.close_attempt",
        key=str(attempt.key),
        payload={"attempt": attempt.pk},
        run_after=attempt.deadline_at,
    )
    record_event(by=by, action="courses.start_attempt", target=attempt, new={"number": attempt.number})
    return attempt


def _drawable(exam: Exam) -> list[Question]:
    return list(Question.objects.drawable().filter(bank=exam.bank_id).prefetch_related("options"))


def _write_attempt(enrolment: Enrolment, exam: Exam, number: int, now: datetime) -> Attempt:
    return Attempt.objects.create(
        enrolment=enrolment,
        exam=exam,
        number=number,
        seed=secrets.token_hex(16),
        pass_mark=exam.pass_mark,
        started_at=now,
        deadline_at=deadline(now, exam.minutes),
    )


def _frozen(attempt: Attempt, position: int, question: Question) -> AttemptQuestion:
    options = list(question.options.all())
    return AttemptQuestion(
        attempt=attempt,
        position=position,
        question=question,
        kind=question.kind,
        text=question.text,
        explanation=question.explanation,
        options=[
            {"id": str(option.key), "text": option.text}
            for option in shuffle(options, attempt.seed, question.pk)
        ],
        right_ids=[str(option.key) for option in options if option.is_correct],
    )


def save_answer(
    *,
    attempt: Attempt,
    position: int,
    client_id: UUID,
    sequence: int,
    chosen: Sequence[str],
    by: Actor | None,
    at: datetime,
) -> Answer:
    """Keep an answer as it arrived at an instant. Raises Refused; its code `conflict` means 409.

    The same id and content again give the same answer, after the deadline too: it was acknowledged.
    The row is the dated record of who and what; the audit log is left to start and close.
    """
    with transaction.atomic():
        locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
        outcome = _save_answer(locked, position, client_id, sequence, list(chosen), at)
    if isinstance(outcome, Refusal):  # raised outside, so that a conflict's row stays written
        raise Refused(outcome)
    return outcome


def _save_answer(
    attempt: Attempt, position: int, client_id: UUID, sequence: int, chosen: list[str], at: datetime
) -> Answer | Refusal:
    question = attempt.questions.filter(position=position).first()
    if question is None:
        return Refusal("no_question", _("This attempt has no such question."))
    if known := Answer.objects.filter(client_id=client_id).first():
        return _again(known, question, sequence, chosen)
    offered = [option["id"] for option in question.options]
    refusal = refuse_answer(attempt, at) or refuse_choice(question.kind, offered, chosen)
    if refusal:
        return refusal
    return Answer.objects.create(
        attempt_question=question, client_id=client_id, sequence=sequence, chosen=chosen, saved_at=at
    )


def _again(known: Answer, question: AttemptQuestion, sequence: int, chosen: list[str]) -> Answer | Refusal:
    said = (known.attempt_question_id, known.sequence, known.chosen)
    if said == (question.pk, sequence, chosen):
        return known
    AnswerConflict.objects.create(answer=known, attempt_question=question, chosen=chosen)
    return Refusal(
        "conflict", _("This id already stands for another answer; both were kept, the first counts.")
    )


@transaction.atomic
def submit_attempt(*, attempt: Attempt, by: Actor | None, at: datetime) -> Attempt:
    """Close and grade an attempt handed in at an instant; a closed one stays as it is.

    What arrives after the deadline closes the attempt as timed out: only answers saved in time count.
    """
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if locked.closed_at is None:
        is_late = locked.is_past_time(at)
        _close(
            locked,
            Closing.EXPIRED if is_late else Closing.SUBMITTED,
            locked.deadline_at if is_late else at,
            by,
        )
    return locked


def close_expired_attempts(*, now: datetime | None = None, by: Actor | None = None) -> int:
    """Close every attempt whose time is over, counting what was saved; return how many were closed."""
    now = now or timezone.now()
    overdue = list(Attempt.objects.past_time(now))
    for attempt in overdue:
        submit_attempt(attempt=attempt, by=by, at=now)
    return len(overdue)


def _close(attempt: Attempt, closing: Closing, at: datetime, by: Actor | None) -> None:
    questions = list(attempt.questions.all())
    saved = Answer.objects.filter(attempt_question__attempt=attempt).in_force()
    chosen = {answer.attempt_question_id: answer.chosen for answer in saved}
    attempt.right = count_right({question.pk: question.right_ids for question in questions}, chosen)
    attempt.score = score(attempt.right, len(questions))
    attempt.passed = has_passed(attempt.right, len(questions), attempt.pass_mark)
    attempt.closing = closing
    attempt.closed_at = at
    attempt.save(update_fields=["right", "score", "passed", "closing", "closed_at"])
    record_event(
        by=by,
        action="courses.close_attempt",
        target=attempt,
        new={"closing": closing, "right": attempt.right, "score": attempt.score, "passed": attempt.passed},
    )
    if attempt.passed:
        complete(attempt=attempt, questions=questions, answers=saved, by=by)
