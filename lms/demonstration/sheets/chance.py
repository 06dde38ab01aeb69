"""Invention that comes out the same every time."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")

# The number of the decision that approved the scheme (QĐ 605/QĐ-UBND, 16/03/2021).
SEED = 605


def chance(*parts: object) -> random.Random:
    """Return a source of chance of its own for each subject, so that one more agency moves no other."""
    return random.Random("/".join(map(str, (SEED, *parts))))  # noqa: S311 (invented people, no secrets)


def day_between(source: random.Random, start: date, end: date) -> date:
    """Return a day from start up to, not including, end."""
    return start + timedelta(days=source.randrange(max(1, (end - start).days)))


def working_day(source: random.Random, start: date, end: date) -> date:
    """Return a Monday to Friday near a random day of the span."""
    day = day_between(source, start, end)
    return day - timedelta(days=max(0, day.weekday() - 4))


def weighted(source: random.Random, table: Sequence[tuple[T, float]]) -> T:
    """Return one of the entries by its weight."""
    return source.choices([entry for entry, _weight in table], [weight for _entry, weight in table])[0]
