"""What must hold for every draw, grade and import, whatever the numbers."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from courses.rules import draw, has_passed, score
from courses.states import TRANSITIONS, AttemptState

IDS = st.sets(st.integers(1, 10_000), min_size=1, max_size=60)


@given(IDS, st.data(), st.text(max_size=40))
def test_a_draw_takes_each_question_once_and_only_from_the_bank(bank, data, seed):
    count = data.draw(st.integers(1, len(bank)))
    drawn = draw(bank, count, seed)
    assert len(drawn) == len(set(drawn)) == count
    assert set(drawn) <= bank
    assert draw(sorted(bank, reverse=True), count, seed) == drawn


@given(st.integers(1, 200), st.integers(0, 100), st.data())
def test_one_more_right_answer_never_loses_a_pass(total, mark, data):
    right = data.draw(st.integers(0, total - 1))
    assert has_passed(right, total, mark) <= has_passed(right + 1, total, mark)
    assert has_passed(total, total, mark) is True
    assert has_passed(right, total, mark) is (Decimal(100 * right) >= Decimal(mark) * total)


@given(st.integers(1, 200), st.data())
def test_the_score_is_the_share_to_half_a_hundredth(total, data):
    right = data.draw(st.integers(0, total))
    shown = score(right, total)
    assert 0 <= shown <= 100
    assert abs(shown * total - 100 * right) <= Decimal("0.005") * total


def test_only_two_examiners_open_a_closed_attempt_again():
    assert {(line.source, line.target, line.by) for line in TRANSITIONS} == {
        (AttemptState.OPEN, AttemptState.CLOSED, "learner"),
        (AttemptState.OPEN, AttemptState.CLOSED, "clock"),
        (AttemptState.CLOSED, AttemptState.OPEN, "two examiners"),
    }
