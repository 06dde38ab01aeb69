"""Sitting an exam: answer, hand in, time out. The server's clock decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Q, When
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.actions.completions import complete
from courses.actions.facts import write_fact
from courses.actions.sittings import NOWHERE, Whence, note_sitting
from courses.actions.uploads import refuse_uploads, workbooks_of
from courses.models import Answer, AnswerConflict, Attempt, AttemptQuestion, Sitting
from courses.questions import Json, grade, refuse_response
from courses.rules import Refusal, Refused, has_passed, refuse_answer, score
from courses.states import Closing, FactKind
from lms.base.actions import Actor, enqueue, record_event

JUST_NOW = timedelta(minutes=2)


@dataclass(frozen=True)
class Saved:
    """What became of an answer: the row, the highest order said of its question, and who else writes."""

    answer: Answer
    latest: int
    is_superseded: bool
    elsewhere: bool


def save_answer(
    *,
    attempt: Attempt,
    position: int,
    client_id: UUID,
    sequence: int,
    response: Json,
    by: Actor | None,
    at: datetime,
    whence: Whence = NOWHERE,
) -> Saved:
    """Keep an answer as it arrived at an instant. Raises Refused; its code `conflict` means 409.

    The same id and content again give the same answer, after the deadline too: it was acknowledged.
    Of two devices the higher order wins, of equal orders the later arrival; both are kept.
    The row is the dated record of who and what; the audit log is left to start and close.
    """
    with transaction.atomic():
        locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
        sent = _Sent(position, client_id, sequence, response, at, whence)
        outcome = _save_answer(locked, sent)
    if isinstance(outcome, Refusal):  # raised outside, so that a conflict's row stays written
        raise Refused(outcome)
    return outcome


@dataclass(frozen=True)
class _Sent:
    position: int
    client_id: UUID
    sequence: int
    response: Json
    at: datetime
    whence: Whence


def _save_answer(attempt: Attempt, sent: _Sent) -> Saved | Refusal:
    question = attempt.questions.filter(position=sent.position).order_by().first()
    if question is None:
        return Refusal("no_question", _("This attempt has no such question."))
    known, last = _about(question, sent.client_id)
    if known is not None:
        return _again(known, question, sent, last)
    refusal = refuse_answer(attempt, sent.at) or _refuse_response(question, sent.response)
    if refusal:
        return refusal
    sitting, others = note_sitting(attempt=attempt, whence=sent.whence)
    elsewhere = _writes(others, sent.at)
    answer = Answer.objects.create(
        attempt_question=question,
        client_id=sent.client_id,
        sequence=sent.sequence,
        response=sent.response,
        saved_at=sent.at,
        sitting=sitting,
    )
    return _saved(answer, _later(answer, last), elsewhere=elsewhere)


def _about(question: AttemptQuestion, client_id: UUID) -> tuple[Answer | None, Answer | None]:
    """Return the answer that has the id already, and the question's answer in force: two rows of one read."""
    found = Answer.objects.filter(Q(client_id=client_id) | Q(attempt_question=question))
    # The id first; of the others the highest order, then the latest arrival.
    is_known = Case(When(client_id=client_id, then=0), default=1)
    rows = list(found.order_by(is_known, "-sequence", "-pk")[:2])
    known = next((row for row in rows if row.client_id == client_id), None)
    same = [row for row in rows if row.attempt_question_id == question.pk]
    return known, max(same, key=_order, default=None)


def _order(answer: Answer) -> tuple[int, int]:
    return answer.sequence, answer.pk


def _later(answer: Answer, last: Answer | None) -> Answer:
    return answer if last is None else max(answer, last, key=_order)


def _writes(others: Sequence[Sitting], at: datetime) -> bool:
    """Say whether another device has answered just now."""
    late = Answer.objects.filter(sitting__in=others, saved_at__gt=at - JUST_NOW)
    return bool(others) and late.exists()


def _saved(answer: Answer, last: Answer, *, elsewhere: bool) -> Saved:
    return Saved(answer, last.sequence, is_superseded=last.pk != answer.pk, elsewhere=elsewhere)


def _refuse_response(question: AttemptQuestion, response: Json) -> Refusal | None:
    sentence = refuse_response(question.shown, response)
    return Refusal("unfit", sentence) if sentence else refuse_uploads(question, response)


def _again(known: Answer, question: AttemptQuestion, sent: _Sent, last: Answer | None) -> Saved | Refusal:
    said = (known.attempt_question_id, known.sequence, known.response)
    if said == (question.pk, sent.sequence, sent.response):
        return _saved(known, _later(known, last), elsewhere=False)
    AnswerConflict.objects.create(answer=known, attempt_question=question, response=sent.response)
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


@transaction.atomic
def expire_attempt(*, attempt: Attempt, at: datetime) -> Attempt:
    """Close an attempt whose time is over; one that was prolonged meanwhile stays open: another promise closes it."""
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if locked.closed_at is None and locked.is_past_time(at):
        _close(locked, Closing.EXPIRED, locked.deadline_at, None)
    return locked


def close_expired_attempts(*, now: datetime | None = None) -> int:
    """Close every attempt whose time is over, counting what was saved; return how many were closed."""
    now = now or timezone.now()
    overdue = list(Attempt.objects.past_time(now))
    for attempt in overdue:
        expire_attempt(attempt=attempt, at=now)
    return len(overdue)


def _close(attempt: Attempt, closing: Closing, at: datetime, by: Actor | None) -> None:
    questions = list(attempt.questions.all())
    saved = Answer.objects.filter(attempt_question__attempt=attempt).in_force()
    _credit(questions, saved)
    earned = sum((question.earned for question in questions), Fraction(0))
    points = sum(question.points for question in questions)
    attempt.right = sum(question.earned == question.points for question in questions)
    attempt.score = score(earned, points)
    attempt.passed = has_passed(earned, points, attempt.pass_mark)
    attempt.closing = closing
    attempt.closed_at = at
    attempt.save(update_fields=["right", "score", "passed", "closing", "closed_at"])
    write_fact(
        enrolment_id=attempt.enrolment_id,
        kind=FactKind.ATTEMPT,
        subject=str(attempt.key),
        at=at,
        right=attempt.right,
        score=attempt.score,
        passed=attempt.passed,
    )
    record_event(
        by=by,
        action="courses.close_attempt",
        target=attempt,
        new={"closing": closing, "right": attempt.right, "score": attempt.score, "passed": attempt.passed},
    )
    enqueue(
        kind="courses.find_signals", key=f"{attempt.key}@{at.isoformat()}", payload={"attempt": attempt.pk}
    )
    if attempt.passed and attempt.resit_id is None:
        complete(attempt=attempt, questions=questions, answers=saved, by=by)


def _credit(questions: Sequence[AttemptQuestion], saved: Sequence[Answer]) -> None:
    """Store what each question earned; one without an answer earns nothing."""
    responses = {answer.attempt_question_id: answer.response for answer in saved}
    workbooks = workbooks_of(responses.values())
    for question in questions:
        question.credit = str(grade(question.parsed, responses.get(question.pk, {}), workbooks))
    AttemptQuestion.objects.bulk_update(questions, ["credit"])
