"""When right answers and explanations may leave the server."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from courses.models import Attempt, Exam
from courses.rules.starting import attempts_left
from courses.states import ReviewPolicy


def releases_keys(
    exam: Exam,
    attempts: Sequence[Attempt],
    *,
    now: datetime,
    extra: int = 0,
    last_deadline: datetime | None = None,
) -> bool:
    """Say whether one person may see the right answers.

    Never while an attempt of theirs runs. `last_deadline` is when the last running attempt of anybody ends:
    "after the exam has closed for everybody" waits for those with extra time too.
    """
    if any(attempt.closed_at is None for attempt in attempts) or exam.review == ReviewPolicy.NEVER:
        return False
    if exam.review == ReviewPolicy.AFTER_WINDOW:
        return bool(exam.closes_at and now >= max(exam.closes_at, last_deadline or exam.closes_at))
    return any(attempt.passed for attempt in attempts) or not attempts_left(exam, attempts, extra)
