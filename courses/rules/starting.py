"""May an attempt start, and when does it end? Pure functions; instants are the server's."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.models import Attempt, Exam, ExtraTime, Resit
from courses.rules.refusal import Refusal
from lms.base.vietnamese import nfc

# Wrong codes in the window before nobody is asked any more: a code of four digits then takes weeks to guess.
CODE_TRIES, CODE_WINDOW = 5, timedelta(minutes=15)


@dataclass(frozen=True)
class Start:
    """What is known when somebody asks to start."""

    exam: Exam
    attempts: Sequence[Attempt]
    lessons_done: bool
    now: datetime
    extra_attempts: int = 0
    resit: Resit | None = None


def counted(attempts: Collection[Attempt]) -> list[Attempt]:
    """Keep the attempts that count; a supervised re-sit stands beside them."""
    return [attempt for attempt in attempts if attempt.resit_id is None]


def attempts_left(exam: Exam, attempts: Collection[Attempt], extra: int = 0) -> int:
    """Return how many more attempts may be started."""
    return max(0, exam.attempts_allowed + extra - len(counted(attempts)))


def next_start(attempts: Sequence[Attempt], wait_minutes: int) -> datetime | None:
    """Return the instant before which no new attempt may start, or None where there is none."""
    closed = [attempt.closed_at for attempt in counted(attempts) if attempt.closed_at]
    if not closed or not wait_minutes:
        return None
    return max(closed) + timedelta(minutes=wait_minutes)


def extra_time(minutes: int, given: ExtraTime | None) -> timedelta:
    """Return what a person has beyond the time limit."""
    if given is None:
        return timedelta(0)
    return timedelta(minutes=minutes) * given.percent / 100 + timedelta(minutes=given.minutes)


def deadline(exam: Exam, started_at: datetime, given: ExtraTime | None = None) -> datetime:
    """Return the instant from which no answer is taken: the time limit, or the window's end where it comes first.

    Extra time goes on after the window: who needs more of it needs it at the end as well.
    """
    extra = extra_time(exam.minutes, given)
    ends = started_at + timedelta(minutes=exam.minutes) + extra
    return min(ends, exam.closes_at + extra) if exam.closes_at else ends


def refuse_start(start: Start) -> Refusal | None:
    """Say why an attempt may not start, or None where it may; the bank and the code are asked apart."""
    if any(attempt.closed_at is None for attempt in start.attempts):
        return Refusal("running", _("One attempt is still running: continue it."))
    if start.resit is not None:
        return None
    if any(attempt.passed for attempt in start.attempts):
        return Refusal("passed", _("You have already passed this exam."))
    if not start.lessons_done:
        return Refusal("lessons", _("Finish all lessons first; then the exam opens."))
    return refuse_window(start.exam, start.now) or _refuse_count(start) or _refuse_wait(start)


def _refuse_count(start: Start) -> Refusal | None:
    if attempts_left(start.exam, start.attempts, start.extra_attempts):
        return None
    return Refusal("used_up", _("You have used all attempts. Ask the course's agency what to do next."))


def refuse_window(exam: Exam, now: datetime) -> Refusal | None:
    """Say that the exam has not opened yet or has closed, or None where it is open."""
    if exam.opens_at and now < exam.opens_at:
        sentence = _("The exam opens at %(when)s.") % {"when": _moment(exam.opens_at)}
        return Refusal("not_open_yet", sentence)
    if exam.closes_at and now >= exam.closes_at:
        sentence = _("The exam closed at %(when)s.") % {"when": _moment(exam.closes_at)}
        return Refusal("window_over", sentence)
    return None


def _refuse_wait(start: Start) -> Refusal | None:
    opens = next_start(start.attempts, start.exam.wait_minutes)
    if opens is None or start.now >= opens:
        return None
    return Refusal("waiting", _("You may try again from %(when)s.") % {"when": _moment(opens)})


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "H:i d/m/Y")


def needs_code(exam: Exam, resit: Resit | None) -> bool:
    """Say whether a code is asked before an attempt starts."""
    return bool(resit or exam.access_code)


def refuse_code(exam: Exam, resit: Resit | None, given: str) -> Refusal | None:
    """Say that the code is missing or wrong, or None where it fits; the time taken says nothing of how near it was."""
    wanted = resit.code if resit else exam.access_code
    if not wanted:
        return None
    if not given.strip():
        return Refusal("no_code", _("Enter the access code that the supervisor reads out."))
    if hmac.compare_digest(_spoken(wanted), _spoken(given)):
        return None
    return Refusal("wrong_code", _("This access code is not right. Ask the supervisor and try again."))


def _spoken(code: str) -> bytes:
    return "".join(nfc(code).casefold().split()).encode()


def refuse_more_codes(wrong_at: Sequence[datetime], now: datetime) -> Refusal | None:
    """Say that too many wrong codes were tried of late, or None where one more may be."""
    late = sorted(at for at in wrong_at if at > now - CODE_WINDOW)
    if len(late) < CODE_TRIES:
        return None
    sentence = _("Too many wrong access codes. Try again from %(when)s.")
    return Refusal("too_many_codes", sentence % {"when": _moment(late[-CODE_TRIES] + CODE_WINDOW)})


def window_problem(opens_at: datetime | None, closes_at: datetime | None, now: datetime | None) -> str | None:
    """Say why a window never opens, or None; `now` is None for an end that was set earlier."""
    if opens_at and closes_at and closes_at <= opens_at:
        return _("The exam would never open: it closes before it opens.")
    if closes_at and now and closes_at <= now:
        return _("The exam would never open: it closes in the past.")
    return None
