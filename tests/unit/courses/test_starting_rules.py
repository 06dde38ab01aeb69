"""When an attempt may start, how long it lasts, and what code is asked: without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from courses.models import Attempt, Exam, ExtraTime, Resit
from courses.rules import (
    Start,
    attempts_left,
    deadline,
    next_start,
    refuse_code,
    refuse_more_codes,
    refuse_start,
    refuse_window,
    releases_keys,
    window_problem,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def exam(**rules) -> Exam:
    return Exam(
        **{"draw": 5, "minutes": 20, "pass_mark": 70, "attempts_allowed": 3, "wait_minutes": 0, **rules}
    )


def attempt(*, closed_at=None, passed=None, resit_id=None) -> Attempt:
    return Attempt(
        started_at=NOON,
        deadline_at=NOON + 20 * MINUTE,
        closed_at=closed_at,
        passed=passed,
        resit_id=resit_id,
    )


def start(**case) -> str | None:
    given = {"exam": exam(), "attempts": [], "lessons_done": True, "now": NOON}
    refusal = refuse_start(Start(**{**given, **case}))
    return refusal.code if refusal else None


def test_an_attempt_may_start():
    assert start() is None
    assert start(attempts=[attempt(closed_at=NOON, passed=False)]) is None


def test_an_attempt_is_refused_with_its_reason():
    assert start(attempts=[attempt()]) == "running"
    assert start(attempts=[attempt(closed_at=NOON, passed=True)]) == "passed"
    assert start(lessons_done=False) == "lessons"
    assert start(attempts=[attempt(closed_at=NOON, passed=False)] * 3) == "used_up"


def test_extra_attempts_are_allowed_beyond_those_of_the_exam():
    failed = [attempt(closed_at=NOON, passed=False)] * 3
    assert start(attempts=failed, extra_attempts=1) is None
    assert start(attempts=[*failed, *failed[:1]], extra_attempts=1) == "used_up"
    assert attempts_left(exam(), failed, 2) == 2
    assert attempts_left(exam(attempts_allowed=1), failed) == 0


def test_an_ordered_resit_may_start_beside_a_pass_and_outside_the_window_but_not_beside_a_running_attempt():
    passed = attempt(closed_at=NOON, passed=True)
    over = exam(closes_at=NOON - MINUTE)
    assert start(attempts=[passed], resit=Resit(), exam=over, lessons_done=False) is None
    assert start(attempts=[passed, attempt()], resit=Resit()) == "running"


def test_a_resit_takes_no_attempt_away():
    sat = attempt(closed_at=NOON, passed=False, resit_id=7)
    assert attempts_left(exam(attempts_allowed=1), [sat]) == 1
    assert next_start([sat], 60) is None


@pytest.mark.parametrize(
    ("opens", "closes", "code"),
    [
        (None, None, None),
        (0, None, None),
        (1, None, "not_open_yet"),
        (-5, 1, None),
        (-5, 0, "window_over"),
        (None, -1, "window_over"),
    ],
)
def test_the_window_opens_at_its_first_instant_and_is_closed_at_its_last(opens, closes, code):
    row = exam(
        opens_at=None if opens is None else NOON + opens * MINUTE,
        closes_at=None if closes is None else NOON + closes * MINUTE,
    )
    refusal = refuse_window(row, NOON)
    assert (refusal.code if refusal else None) == code
    assert start(exam=row) == code


def test_a_refusal_names_the_local_hour_of_the_opening():
    with translation.override("vi"):
        refusal = refuse_window(exam(opens_at=NOON + MINUTE), NOON)
    assert "19:01 02/03/2026" in refusal.sentence


@pytest.mark.parametrize(
    ("given", "minutes"),
    [
        (None, 20),
        ({"percent": 25}, 25),
        ({"percent": 33}, 26.6),
        ({"minutes": 15}, 35),
        ({"minutes": 0, "percent": 0}, 20),
    ],
)
def test_the_deadline_is_the_time_limit_and_the_extra_time_after_the_start(given, minutes):
    extra = ExtraTime(**given) if given else None
    assert deadline(exam(), NOON, extra) == NOON + timedelta(minutes=minutes)


def test_the_windows_end_cuts_the_time_and_extra_time_goes_on_after_it():
    row = exam(closes_at=NOON + 12 * MINUTE)
    assert deadline(row, NOON) == NOON + 12 * MINUTE
    assert deadline(row, NOON, ExtraTime(percent=50)) == NOON + 22 * MINUTE
    assert deadline(exam(closes_at=NOON + 60 * MINUTE), NOON) == NOON + 20 * MINUTE


def test_the_waiting_time_runs_from_the_end_of_the_last_attempt():
    row = exam(wait_minutes=30)
    failed = [attempt(closed_at=NOON, passed=False)]
    assert start(exam=row, attempts=failed, now=NOON + 29 * MINUTE) == "waiting"
    assert start(exam=row, attempts=failed, now=NOON + 30 * MINUTE) is None


@pytest.mark.parametrize(
    ("wanted", "given", "code"),
    [
        ("", "", None),
        ("", "anything", None),
        ("Mỹ Tho 26", "", "no_code"),
        ("Mỹ Tho 26", "  ", "no_code"),
        ("Mỹ Tho 26", "mỹtho26", None),
        ("Mỹ Tho 26", "MỸ THO 26", None),
        ("Mỹ Tho 26", "my tho 26", "wrong_code"),
        ("Mỹ Tho 26", "Mỹ Tho 2", "wrong_code"),
        ("Mỹ Tho 26", "x" * 5000, "wrong_code"),
    ],
)
def test_an_access_code_is_compared_as_it_is_spoken(wanted, given, code):
    refusal = refuse_code(exam(access_code=wanted), None, given)
    assert (refusal.code if refusal else None) == code


def test_a_resit_asks_for_its_own_code_whatever_the_exam_asks():
    assert refuse_code(exam(access_code="A"), Resit(code="B"), "A").code == "wrong_code"
    assert refuse_code(exam(), Resit(code="B"), "b") is None


def test_five_wrong_codes_in_a_quarter_of_an_hour_are_enough():
    wrong = [NOON - n * MINUTE for n in (1, 2, 3, 4)]
    assert refuse_more_codes(wrong, NOON) is None
    assert refuse_more_codes([*wrong, NOON - 16 * MINUTE], NOON) is None
    refusal = refuse_more_codes([*wrong, NOON - 14 * MINUTE], NOON)
    assert refusal.code == "too_many_codes"
    assert "19:01" in refusal.sentence


@pytest.mark.parametrize(
    ("opens", "closes", "is_fine"),
    [
        (None, None, True),
        (1, 2, True),
        (None, 1, True),
        (-9, 1, True),
        (2, 2, False),
        (2, 1, False),
        (None, 0, False),
    ],
)
def test_a_window_that_never_opens_is_named(opens, closes, is_fine):
    at = [None if one is None else NOON + one * MINUTE for one in (opens, closes)]
    assert (window_problem(*at, NOON) is None) is is_fine


PASSED, FAILED = attempt(closed_at=NOON, passed=True), attempt(closed_at=NOON, passed=False)


@pytest.mark.parametrize(
    ("review", "attempts", "now", "released"),
    [
        ("after_last", [PASSED], NOON, True),
        ("after_last", [FAILED], NOON, False),
        ("after_last", [FAILED] * 3, NOON, True),
        ("after_last", [PASSED, attempt()], NOON, False),
        ("never", [PASSED], NOON, False),
        ("never", [FAILED] * 3, NOON, False),
        ("after_window", [PASSED], NOON, False),
        ("after_window", [PASSED], NOON + 9 * MINUTE, False),
        ("after_window", [FAILED], NOON + 10 * MINUTE, True),
        ("after_window", [attempt()], NOON + 10 * MINUTE, False),
    ],
)
def test_keys_are_released_as_the_exam_says_and_never_beside_a_running_attempt(
    review, attempts, now, released
):
    row = exam(review=review, closes_at=NOON + 10 * MINUTE)
    assert releases_keys(row, attempts, now=now) is released


def test_answers_after_the_window_wait_for_those_with_extra_time():
    row = exam(review="after_window", closes_at=NOON)
    last = NOON + 5 * MINUTE
    assert not releases_keys(row, [PASSED], now=NOON + 4 * MINUTE, last_deadline=last)
    assert releases_keys(row, [PASSED], now=last, last_deadline=last)


def test_an_extra_attempt_keeps_the_keys_back():
    assert not releases_keys(exam(), [FAILED] * 3, now=NOON, extra=1)
