"""What must hold for every draw, grade and import, whatever the numbers."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from courses.rules import count_right, draw, has_passed, is_right, score, shuffle
from courses.states import TRANSITIONS, AttemptState

IDS = st.sets(st.integers(1, 10_000), min_size=1, max_size=60)
CHOICES = st.sets(st.sampled_from("abcdefgh"))


@given(IDS, st.data(), st.text(max_size=40))
def test_a_draw_takes_each_question_once_and_only_from_the_bank(bank, data, seed):
    count = data.draw(st.integers(1, len(bank)))
    drawn = draw(bank, count, seed)
    assert len(drawn) == len(set(drawn)) == count
    assert set(drawn) <= bank
    assert draw(sorted(bank, reverse=True), count, seed) == drawn


@given(st.lists(st.integers(), unique=True, max_size=10), st.text(max_size=40), st.integers(1, 1000))
def test_shuffling_loses_and_adds_no_option(options, seed, question):
    assert sorted(shuffle(options, seed, question)) == sorted(options)


@given(CHOICES, CHOICES)
def test_an_answer_is_right_exactly_when_it_is_the_key(key, chosen):
    assert is_right(sorted(key), sorted(chosen, reverse=True)) is (bool(key) and key == chosen)


@given(st.dictionaries(st.integers(1, 50), CHOICES), st.dictionaries(st.integers(1, 50), CHOICES))
def test_the_count_lies_between_nothing_and_the_answered_questions(keys, chosen):
    right = count_right(keys, chosen)
    assert 0 <= right <= len(keys.keys() & chosen.keys())
    assert count_right(keys, {**chosen, **keys}) == sum(bool(key) for key in keys.values())


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


def test_a_closed_attempt_never_opens_again():
    assert {line.source for line in TRANSITIONS} == {AttemptState.OPEN}
    assert {line.target for line in TRANSITIONS} == {AttemptState.CLOSED}
