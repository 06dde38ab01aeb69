"""The decisions of an exam, without a database."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from courses.models import Attempt, Exam
from courses.rules import (
    attempts_left,
    count_right,
    deadline,
    draw,
    has_passed,
    is_right,
    question_problem,
    refuse_answer,
    refuse_choice,
    refuse_start,
    releases_keys,
    score,
    shuffle,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def exam(**rules: int) -> Exam:
    return Exam(
        **{"draw": 5, "minutes": 20, "pass_mark": 70, "attempts_allowed": 3, "wait_minutes": 0, **rules}
    )


def attempt(*, closed_at: datetime | None = None, passed: bool | None = None) -> Attempt:
    return Attempt(
        started_at=NOON, deadline_at=NOON + timedelta(minutes=20), closed_at=closed_at, passed=passed
    )


def start(**case) -> str | None:
    given = {"exam": exam(), "attempts": [], "lessons_done": True, "drawable": 20, "now": NOON}
    refusal = refuse_start(**{**given, **case})
    return refusal.code if refusal else None


def test_the_same_seed_draws_the_same_questions_in_the_same_order():
    assert draw([3, 1, 2, 9, 8], 3, "a") == draw([9, 8, 3, 2, 1], 3, "a")
    assert len(set(draw(range(100), 30, "a"))) == 30
    assert draw(range(100), 30, "a") != draw(range(100), 30, "b")


def test_options_are_shuffled_by_attempt_and_question():
    options = list("abcdefgh")
    assert shuffle(options, "seed", 1) == shuffle(options, "seed", 1)
    assert sorted(shuffle(options, "seed", 1)) == options
    assert shuffle(options, "seed", 1) != shuffle(options, "seed", 2)
    assert shuffle(options, "seed", 1) != shuffle(options, "other", 1)


def test_the_deadline_is_minutes_after_the_start():
    assert deadline(NOON, 20) == datetime(2026, 3, 2, 12, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("right", "chosen", "answer"),
    [
        (["a"], ["a"], True),
        (["a"], ["b"], False),
        (["a"], [], False),
        (["a", "b"], ["b", "a"], True),
        (["a", "b"], ["a"], False),
        (["a", "b"], ["a", "b", "c"], False),
        ([], [], False),
    ],
)
def test_exactly_the_right_options_count(right, chosen, answer):
    assert is_right(right, chosen) is answer


def test_an_unanswered_question_is_wrong():
    assert count_right({1: ["a"], 2: ["b"], 3: ["c"]}, {1: ["a"], 3: ["b"]}) == 1


def test_the_score_is_rounded_half_up():
    assert score(2, 3) == Decimal("66.67")
    assert score(1, 8) == Decimal("12.50")
    assert score(1, 3) == Decimal("33.33")
    assert score(0, 0) == Decimal("0.00")


def test_a_pass_is_decided_on_whole_numbers():
    # 2 of 3 is 66.67 % on paper and below 66.67 % in truth.
    assert has_passed(2, 3, 66) is True
    assert has_passed(2, 3, 67) is False
    assert has_passed(7, 10, 70) is True
    assert has_passed(6, 10, 70) is False
    assert has_passed(0, 10, 0) is True
    assert has_passed(0, 0, 0) is False


def test_an_attempt_may_start():
    assert start() is None


def test_an_attempt_is_refused_with_its_reason():
    earlier = attempt(closed_at=NOON - timedelta(minutes=10), passed=False)
    assert start(lessons_done=False) == "lessons"
    assert start(attempts=[attempt()]) == "running"
    assert start(attempts=[attempt(closed_at=NOON, passed=True)]) == "passed"
    assert start(attempts=[earlier, earlier, earlier]) == "used_up"
    assert start(drawable=4) == "bank"
    assert start(drawable=5) is None


def test_the_waiting_time_runs_from_the_end_of_the_last_attempt():
    waits = exam(wait_minutes=60)
    failed = attempt(closed_at=NOON, passed=False)
    assert start(exam=waits, attempts=[failed], now=NOON + timedelta(minutes=59)) == "waiting"
    assert start(exam=waits, attempts=[failed], now=NOON + timedelta(minutes=60)) is None


def test_a_refusal_to_wait_names_the_local_hour():
    failed = attempt(closed_at=NOON, passed=False)
    refusal = refuse_start(
        exam=exam(wait_minutes=60), attempts=[failed], lessons_done=True, drawable=20, now=NOON
    )
    assert "20:00 02/03/2026" in refusal.sentence


def test_attempts_left_never_go_below_zero():
    assert attempts_left(exam(attempts_allowed=2), [attempt()]) == 1
    assert attempts_left(exam(attempts_allowed=1), [attempt(), attempt()]) == 0


def test_answers_are_taken_until_the_deadline_and_not_at_it():
    running = attempt()
    assert refuse_answer(running, NOON + timedelta(minutes=20, microseconds=-1)) is None
    assert refuse_answer(running, NOON + timedelta(minutes=20)).code == "late"
    assert refuse_answer(attempt(closed_at=NOON, passed=True), NOON).code == "closed"


def test_a_choice_must_fit_its_question():
    assert refuse_choice("single", ["a", "b"], ["a"]) is None
    assert refuse_choice("single", ["a", "b"], []) is None
    assert refuse_choice("single", ["a", "b"], ["a", "b"]).code == "too_many"
    assert refuse_choice("true_false", ["a", "b"], ["a", "b"]).code == "too_many"
    assert refuse_choice("multiple", ["a", "b"], ["a", "b"]) is None
    assert refuse_choice("multiple", ["a", "b"], ["a", "a"]).code == "unknown_option"
    assert refuse_choice("single", ["a", "b"], ["z"]).code == "unknown_option"


def test_keys_are_released_after_a_pass_or_the_last_attempt_only():
    failed, passed = attempt(closed_at=NOON, passed=False), attempt(closed_at=NOON, passed=True)
    assert releases_keys(exam(attempts_allowed=2), [failed]) is False
    assert releases_keys(exam(attempts_allowed=2), [failed, failed]) is True
    assert releases_keys(exam(attempts_allowed=2), [failed, attempt()]) is False
    assert releases_keys(exam(attempts_allowed=2), [passed]) is True


@pytest.mark.parametrize(
    ("kind", "right", "is_fine"),
    [
        ("single", [True, False], True),
        ("single", [True, True], False),
        ("single", [False, False], False),
        ("single", [True], False),
        ("multiple", [True, True], True),
        ("multiple", [False, False], False),
        ("true_false", [True, False], True),
        ("true_false", [True, False, False], False),
    ],
)
def test_a_question_needs_a_key_that_fits_its_kind(kind, right, is_fine):
    assert (question_problem(kind, right) is None) is is_fine
