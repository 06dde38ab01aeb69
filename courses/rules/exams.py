"""What decides an exam: draw, clock, grade. Pure functions; instants are the server's."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Attempt, Exam
from courses.rules.refusal import Refusal
from courses.states import QuestionKind

Item = TypeVar("Item")


def draw(question_ids: Iterable[int], count: int, seed: str) -> list[int]:
    """Return `count` ids in the order they are put; the same seed and bank give the same draw."""
    # Fairness, not secrecy: the seed itself comes from `secrets`.
    return random.Random(seed).sample(sorted(question_ids), count)  # noqa: S311


def shuffle(options: Sequence[Item], seed: str, question_id: int) -> list[Item]:
    """Return the options of one question in the order of one attempt."""
    return random.Random(f"{seed}:{question_id}").sample(list(options), len(options))  # noqa: S311


def deadline(started_at: datetime, minutes: int) -> datetime:
    """Return the instant from which no answer is taken any more."""
    return started_at + timedelta(minutes=minutes)


def is_right(right_ids: Collection[str], chosen: Collection[str]) -> bool:
    """Say whether exactly the right options were chosen; there is no half point."""
    return bool(right_ids) and set(chosen) == set(right_ids)


def count_right(keys: Mapping[int, Collection[str]], chosen: Mapping[int, Collection[str]]) -> int:
    """Count the questions answered rightly; one without an answer is wrong."""
    return sum(is_right(right_ids, chosen.get(question, ())) for question, right_ids in keys.items())


def score(right: int, total: int) -> Decimal:
    """Return the share of right answers in %, two decimals, half up; shown, never decided on."""
    if total == 0:
        return Decimal("0.00")
    return (Decimal(100 * right) / total).quantize(Decimal("0.01"), ROUND_HALF_UP)


def has_passed(right: int, total: int, pass_mark: int) -> bool:
    """Decide on whole numbers, so that rounding neither gives nor takes a pass."""
    return total > 0 and 100 * right >= pass_mark * total


def next_start(attempts: Sequence[Attempt], wait_minutes: int) -> datetime | None:
    """Return the instant before which no new attempt may start, or None where there is none."""
    closed = [attempt.closed_at for attempt in attempts if attempt.closed_at]
    if not closed or not wait_minutes:
        return None
    return max(closed) + timedelta(minutes=wait_minutes)


def attempts_left(exam: Exam, attempts: Collection[Attempt]) -> int:
    """Return how many more attempts may be started."""
    return max(0, exam.attempts_allowed - len(attempts))


def refuse_start(
    *, exam: Exam, attempts: Sequence[Attempt], lessons_done: bool, drawable: int, now: datetime
) -> Refusal | None:
    """Say why an attempt may not start, or None where it may."""
    if any(attempt.passed for attempt in attempts):
        return Refusal("passed", _("You have already passed this exam."))
    if any(attempt.closed_at is None for attempt in attempts):
        return Refusal("running", _("One attempt is still running: continue it."))
    if not lessons_done:
        return Refusal("lessons", _("Finish all lessons first; then the exam opens."))
    if not attempts_left(exam, attempts):
        return Refusal("used_up", _("You have used all attempts. Ask the course's agency what to do next."))
    return _refuse_wait(exam, attempts, now) or _refuse_bank(exam, drawable)


def _refuse_wait(exam: Exam, attempts: Sequence[Attempt], now: datetime) -> Refusal | None:
    opens = next_start(attempts, exam.wait_minutes)
    if opens is None or now >= opens:
        return None
    when = date_format(timezone.localtime(opens), "H:i d/m/Y")
    return Refusal("waiting", _("You may try again from %(when)s.") % {"when": when})


def _refuse_bank(exam: Exam, drawable: int) -> Refusal | None:
    if drawable >= exam.draw:
        return None
    sentence = ngettext(
        "The exam cannot start: it draws %(draw)s questions and the bank holds %(held)s question.",
        "The exam cannot start: it draws %(draw)s questions and the bank holds %(held)s questions.",
        drawable,
    )
    return Refusal("bank", sentence % {"draw": exam.draw, "held": drawable})


def refuse_answer(attempt: Attempt, arrived_at: datetime) -> Refusal | None:
    """Say why an answer that arrived at an instant is not taken, or None where it is."""
    if attempt.closed_at is not None:
        return Refusal("closed", _("This attempt is closed; the answer was not saved."))
    if attempt.is_past_time(arrived_at):
        return Refusal("late", _("The time was over when this answer arrived; it was not saved."))
    return None


def refuse_choice(kind: str, offered: Collection[str], chosen: Sequence[str]) -> Refusal | None:
    """Say why a choice does not fit its question, or None where it does."""
    if len(set(chosen)) != len(chosen) or not set(chosen) <= set(offered):
        return Refusal("unknown_option", _("The answer names an option that this question does not have."))
    if kind != QuestionKind.MULTIPLE and len(chosen) > 1:
        return Refusal("too_many", _("This question takes one option only."))
    return None


def releases_keys(exam: Exam, attempts: Sequence[Attempt]) -> bool:
    """Say whether right answers may be shown: after a pass, or when no attempt is left or running."""
    if any(attempt.closed_at is None for attempt in attempts):
        return False
    return any(attempt.passed for attempt in attempts) or not attempts_left(exam, attempts)


def question_problem(kind: str, right: Sequence[bool]) -> str | None:
    """Say in a sentence what is wrong with a question's options, or None."""
    if len(right) < 2:
        return _("A question needs at least two options.")
    if kind == QuestionKind.TRUE_FALSE and len(right) != 2:
        return _("A true-or-false question has exactly two options.")
    if kind != QuestionKind.MULTIPLE and sum(right) != 1:
        return _("Mark exactly one option as right.")
    if sum(right) == 0:
        return _("Mark at least one option as right.")
    return None
