"""Item figures, each computed by hand beside."""

from __future__ import annotations

import math

import pytest

from courses.banks.statistics import Figures, Flag, Sat, correlation, figures

OPTIONS = [("a", "đúng", True), ("b", "sai", False), ("c", "sai nữa", False)]


def sat(question, attempt, credit, chosen="", points=1):
    return Sat(question, attempt, credit, points, tuple(chosen), bool(chosen))


def test_four_attempts_by_hand():
    # Question 1 beside 2 and 3, one point each. Credits of 1: 1 1 0 0; the rest of each attempt: 2/2 1/2 1/2 0/2.
    rows = []
    for attempt, (own, second, third) in enumerate([(1, 1, 1), (1, 1, 0), (0, 0, 1), (0, 0, 0)]):
        rows += [sat(1, attempt, own, "a" if own else "b"), sat(2, attempt, second), sat(3, attempt, third)]
    found = figures(rows, {1: OPTIONS})[1]
    # Means 1/2 and 1/2; deviations (½ ½ -½ -½) and (½ 0 0 -½): 1/2 over sqrt(1 * 1/2) = 0.7071…
    assert (found.n, found.facility, found.unanswered) == (4, 0.5, 0)
    assert found.discrimination == pytest.approx(math.sqrt(0.5))
    assert [(one.chosen, one.by_strong) for one in found.options] == [(2, 2), (2, 1), (0, 0)]
    # Of 4, the upper 27 % are 2 (rounded up): rests 1, ½; the third attempt ties with the second and belongs to them.
    assert found.flags == ()  # four answers say nothing


def test_points_weigh_the_rest_and_other_questions_may_differ_from_attempt_to_attempt():
    # Attempt 1: rest 3 of 4 points; attempt 2: rest 1 of 2; attempt 3: rest 0 of 4. Credits 1, ½, 0.
    rows = [
        sat(1, 1, 1.0, "a"), sat(2, 1, 1.0, points=3), sat(3, 1, 0.0),
        sat(1, 2, 0.5, "ab"), sat(4, 2, 0.5, points=2),
        sat(1, 3, 0.0), sat(2, 3, 0.0, points=3), sat(3, 3, 0.0),
    ]  # fmt: skip
    found = figures(rows, {1: OPTIONS})[1]
    # Rests ¾ ½ 0, mean 5/12, deviations 1/3 1/12 -5/12; credits ½ 0 -½: 3/8 over sqrt(1/2 * 42/144).
    assert found.facility == 0.5
    assert found.discrimination == pytest.approx(0.375 / math.sqrt(0.5 * 42 / 144))
    assert found.unanswered == 1


def test_an_attempt_of_one_question_has_no_rest():
    found = figures([sat(1, 1, 1.0, "a"), sat(1, 2, 0.0, "b")], {1: OPTIONS})[1]
    assert (found.n, found.discrimination) == (2, None)


def test_what_nobody_was_asked_has_no_figures():
    assert figures([], {7: OPTIONS}) == {7: Figures(7)}


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([(1, 1), (2, 2), (3, 3)], 1.0),
        ([(1, 3), (2, 2), (3, 1)], -1.0),
        ([(1, 1), (0, 1)], None),  # one side never varies
        ([(1, 1)], None),
        ([(0, 0), (0, 1), (1, 0), (1, 1)], 0.0),
    ],
)
def test_correlation(pairs, expected):
    found = correlation(pairs)
    assert found is None if expected is None else found == pytest.approx(expected)


def crowd(n, right, *, chosen_wrong="b"):
    """n attempts of two questions; the rest is right for the first half. `right` says who gets question 1 right."""
    rows = []
    for attempt in range(n):
        own = 1.0 if right(attempt) else 0.0
        rows += [
            sat(1, attempt, own, "a" if own else chosen_wrong),
            sat(2, attempt, 1.0 if attempt < n // 2 else 0.0),
        ]
    return figures(rows, {1: OPTIONS})[1]


def test_thirty_answers_are_enough_and_twenty_nine_are_not():
    assert crowd(29, lambda attempt: True).flags == ()
    assert Flag.TOO_EASY in crowd(30, lambda attempt: True).flags


@pytest.mark.parametrize(
    ("right", "flags"),
    [
        # 39 of 40 right: 0.975.
        (lambda attempt: attempt != 39, {Flag.TOO_EASY, Flag.UNUSED}),
        # 38 of 40 is 0.95, which is not above it.
        (lambda attempt: attempt < 38, {Flag.UNUSED}),
        # 8 of 40 is 0.2, which is not below it; all 8 strong.
        (lambda attempt: attempt < 8, {Flag.UNUSED, Flag.MISLEADING}),
        (lambda attempt: attempt < 7, {Flag.TOO_HARD, Flag.UNUSED, Flag.MISLEADING}),
        # Right only where the rest is wrong.
        (lambda attempt: attempt >= 20, {Flag.NEGATIVE, Flag.UNUSED, Flag.MISLEADING}),
        # Eleven of the twenty strong, ten of the weak: phi = 1/20 / (2 * sqrt(21/40 * 19/40)) = 0.05.
        (lambda attempt: attempt < 11 or 20 <= attempt < 30, {Flag.LOW, Flag.UNUSED}),
        (lambda attempt: attempt < 15 or 20 <= attempt < 25, {Flag.UNUSED}),
    ],
)
def test_flags(right, flags):
    assert set(crowd(40, right).flags) == flags


def test_every_wrong_option_chosen_once_is_no_reproach():
    rows = []
    for attempt in range(40):
        strong = attempt < 20
        chosen = "a" if strong and attempt else ("c" if attempt in (0, 39) else "b")
        rows += [
            sat(1, attempt, 1.0 if chosen == "a" else 0.0, chosen),
            sat(2, attempt, 1.0 if strong else 0.0),
        ]
    found = figures(rows, {1: OPTIONS})[1]
    assert found.flags == ()
    assert [(one.chosen, one.by_strong) for one in found.options] == [(19, 19), (19, 0), (2, 1)]
