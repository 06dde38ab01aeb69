"""The decisions of an exam, without a database."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from courses.models import Attempt
from courses.rules import (
    draw,
    has_passed,
    order_of,
    refuse_answer,
    score,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def attempt(*, closed_at: datetime | None = None, passed: bool | None = None) -> Attempt:
    return Attempt(
        started_at=NOON, deadline_at=NOON + timedelta(minutes=20), closed_at=closed_at, passed=passed
    )


def test_the_same_seed_draws_the_same_questions_in_the_same_order():
    assert draw([3, 1, 2, 9, 8], 3, "a") == draw([9, 8, 3, 2, 1], 3, "a")
    assert len(set(draw(range(100), 30, "a"))) == 30
    assert draw(range(100), 30, "a") != draw(range(100), 30, "b")


def test_options_are_shuffled_by_attempt_and_question():
    def order(seed: str, question: int) -> list[str]:
        return order_of(seed, question).sample("abcdefgh", 8)

    assert order("seed", 1) == order("seed", 1)
    assert order("seed", 1) != order("seed", 2)
    assert order("seed", 1) != order("other", 1)


def test_the_score_is_rounded_half_up():
    assert score(2, 3) == Decimal("66.67")
    assert score(1, 8) == Decimal("12.50")
    assert score(1, 3) == Decimal("33.33")
    assert score(0, 0) == Decimal("0.00")
    assert score(Fraction(1, 3) + Fraction(1, 2), 2) == Decimal("41.67")
    assert str(score(4, 5)) == "80.00"


def test_a_pass_is_decided_on_whole_numbers():
    # 2 of 3 is 66.67 % on paper and below 66.67 % in truth.
    assert has_passed(2, 3, 66) is True
    assert has_passed(2, 3, 67) is False
    assert has_passed(7, 10, 70) is True
    assert has_passed(6, 10, 70) is False
    assert has_passed(0, 10, 0) is True
    assert has_passed(0, 0, 0) is False
    # 69.999…% is shown as 70.00 and has not passed; three thirds are exactly one.
    almost = Fraction(7) - Fraction(1, 10**9)
    assert (score(almost, 10), has_passed(almost, 10, 70)) == (Decimal("70.00"), False)
    assert has_passed(sum([Fraction(1, 3)] * 3), 1, 100) is True


def test_answers_are_taken_until_the_deadline_and_not_at_it():
    running = attempt()
    assert refuse_answer(running, NOON + timedelta(minutes=20, microseconds=-1)) is None
    assert refuse_answer(running, NOON + timedelta(minutes=20)).code == "late"
    assert refuse_answer(attempt(closed_at=NOON, passed=True), NOON).code == "closed"
