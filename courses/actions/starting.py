"""Starting an attempt: may it begin, which questions, how long."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.actions.examining import promise_closing
from courses.actions.sittings import NOWHERE, Whence, note_sitting
from courses.models import Attempt, AttemptQuestion, CodeTry, Course, Enrolment, Exam, Question, Resit
from courses.questions import shown
from courses.rules import (
    Refusal,
    Refused,
    Start,
    deadline,
    draw,
    exam_is_open,
    order_of,
    refuse_bank,
    refuse_code,
    refuse_more_codes,
    refuse_start,
    way_of,
)
from courses.rules.blueprint import Pooled, Row, draw_rows, refuse_blueprint
from courses.rules.starting import CODE_WINDOW
from lms.base.actions import Actor, record_event


def start_attempt(
    *,
    enrolment: Enrolment,
    by: Actor | None,
    code: str = "",
    whence: Whence = NOWHERE,
    at: datetime | None = None,
) -> Attempt:
    """Draw the questions of a new attempt and start its clock. Raises Refused.

    Two clicks are two turns: the second finds the first's attempt running.
    """
    now = at or timezone.now()
    with transaction.atomic():
        held = Enrolment.objects.select_for_update(of=("self",)).select_related("course").get(pk=enrolment.pk)
        outcome = _start(held, code, now)
        if isinstance(outcome, Attempt):
            note_sitting(attempt=outcome, whence=whence, is_new=True)
            promise_closing(outcome)
            new = {"number": outcome.number, "resit": outcome.resit_id}
            record_event(by=by, action="courses.start_attempt", target=outcome, new=new)
    if isinstance(outcome, Refusal):  # raised outside, so that a wrong code stays counted
        raise Refused(outcome)
    return outcome


def _start(enrolment: Enrolment, code: str, now: datetime) -> Attempt | Refusal:
    exam = Exam.objects.filter(course=enrolment.course).first()
    if exam is None:
        return Refusal("no_exam", _("This course has no exam."))
    resit = waiting_resit(enrolment)
    attempts = list(enrolment.attempts.all())
    start = Start(
        exam=exam,
        attempts=attempts,
        lessons_done=resit is not None or _exam_is_open(enrolment),
        now=now,
        extra_attempts=enrolment.extra_attempts,
        resit=resit,
    )
    refusal = refuse_start(start) or _refuse_code(enrolment, exam, resit, code, now)
    if refusal:
        return refusal
    return _write(enrolment, exam, resit, len(attempts) + 1, now)


def _exam_is_open(enrolment: Enrolment) -> bool:
    """Where the exam alone decides, two thousand who start at once read no lessons."""
    course = enrolment.course
    way = [] if course.pass_rule == Course.PassRule.EXAM else way_of(enrolment)
    return exam_is_open(course, way)


def waiting_resit(enrolment: Enrolment) -> Resit | None:
    """Return the supervised re-sit that was ordered and not sat yet."""
    return Resit.objects.filter(attempt__enrolment=enrolment, sat=None).order_by("pk").first()


def _refuse_code(
    enrolment: Enrolment, exam: Exam, resit: Resit | None, code: str, now: datetime
) -> Refusal | None:
    wrong = refuse_code(exam, resit, code)
    if wrong is None and not (resit or exam.access_code):
        return None
    tries = enrolment.code_tries.filter(tried_at__gt=now - CODE_WINDOW).values_list("tried_at", flat=True)
    if too_many := refuse_more_codes(list(tries), now):
        return too_many
    if wrong is not None and wrong.code == "wrong_code":
        CodeTry.objects.create(enrolment=enrolment, tried_at=now)
    return wrong


def _write(
    enrolment: Enrolment, exam: Exam, resit: Resit | None, number: int, now: datetime
) -> Attempt | Refusal:
    seed = secrets.token_hex(16)
    drawn = draw_questions(exam, seed)
    if isinstance(drawn, Refusal):
        return drawn
    attempt = Attempt.objects.create(
        enrolment=enrolment,
        exam=exam,
        number=number,
        seed=seed,
        resit=resit,
        pass_mark=exam.pass_mark,
        started_at=now,
        deadline_at=deadline(exam, now, enrolment.extra_times.filter(attempt=None).last()),
    )
    AttemptQuestion.objects.bulk_create(
        _frozen(attempt, position, question) for position, question in enumerate(drawn, start=1)
    )
    return attempt


def draw_questions(exam: Exam, seed: str) -> list[Question] | Refusal:
    """Return the questions of a seed in their order, or why the bank cannot give them.

    Only the drawn ones are read whole: a bank may hold thousands.
    """
    pool, rows = pool_of(exam), rows_of(exam)
    ids = draw_rows(rows, pool, seed) if rows else _drawn_plainly(exam, pool, seed)
    if ids is None:
        return refuse_draw(exam, rows, pool) or Refusal(
            "bank", _("The exam cannot start: its bank is too small.")
        )
    known = Question.objects.in_bulk(ids)
    return [known[pk] for pk in ids]


def _drawn_plainly(exam: Exam, pool: Sequence[Pooled], seed: str) -> list[int] | None:
    return draw([one.pk for one in pool], exam.draw, seed) if len(pool) >= exam.draw else None


def refuse_draw(exam: Exam, rows: Sequence[Row], pool: Sequence[Pooled]) -> Refusal | None:
    """Say that the bank cannot fill the exam, or None where it can."""
    return refuse_blueprint(rows, pool) if rows else refuse_bank(exam.draw, len(pool))


def pool_of(exam: Exam) -> list[Pooled]:
    """Return what may be drawn."""
    found = Question.objects.drawable().filter(bank=exam.bank_id).order_by("pk")
    return [Pooled(*row) for row in found.values_list("pk", "topic", "difficulty")]


def rows_of(exam: Exam) -> list[Row]:
    """Return the blueprint; none for an exam that draws from the whole bank."""
    return [Row(part.count, part.topic, part.difficulty) for part in exam.parts.all()]


def _frozen(attempt: Attempt, position: int, question: Question) -> AttemptQuestion:
    content = question.parsed
    return AttemptQuestion(
        attempt=attempt,
        position=position,
        question=question,
        version=question.version,
        points=question.points,
        kind=question.kind,
        text=question.text,
        explanation=question.explanation,
        shown=shown(content, order_of(attempt.seed, question.pk)),
        key=content.to_json(),
    )
