"""What a learner sees: in an order of each attempt's own, each order as often as any other."""

from __future__ import annotations

import itertools
import random
from collections import Counter

import pytest

from courses.questions import content_of, shown
from courses.rules import order_of
from tests.factories.questions import CONTENTS

ATTEMPTS = 2_400
# χ² with 23 degrees of freedom is above 49.7 once in a thousand times.
LIMIT = 49.7


def statistic(counts: Counter, cases: int) -> float:
    expected = ATTEMPTS / cases
    return sum((counts[case] - expected) ** 2 / expected for case in range(cases))


def orders(draw) -> Counter:
    """Count which of the 24 orders of four options each of the attempts shows."""
    number = {order: place for place, order in enumerate(itertools.permutations(range(4)))}
    return Counter(number[tuple(draw(attempt))] for attempt in range(ATTEMPTS))


@pytest.mark.parametrize(("kind", "place"), [("single", "options"), ("ordering", "items")])
def test_every_order_of_options_comes_equally_often(kind, place):
    content = content_of(kind, CONTENTS[kind])
    written = [row["key"] for row in content.to_json()[place]]

    def draw(attempt: int) -> list[int]:
        rng = order_of(f"{attempt:032x}", 7)
        return [written.index(row["key"]) for row in shown(content, rng)[place]]

    assert statistic(orders(draw), 24) < LIMIT


def test_the_statistic_sees_a_bad_shuffle():
    """The control: sorting by a coin for each comparison is a well-known bad shuffle."""
    from functools import cmp_to_key

    def draw(attempt: int) -> list[int]:
        rng = random.Random(attempt)
        return sorted(range(4), key=cmp_to_key(lambda _a, _b: rng.choice((-1, 1))))

    assert statistic(orders(draw), 24) > LIMIT
