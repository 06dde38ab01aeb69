"""The shipped holidays, day by day."""

from collections.abc import Iterator
from datetime import date, timedelta

from inspections.calendar.public_holidays import DAYS_OFF, DAYS_WORKED, EXCHANGE

SATURDAY = 5


def shipped_days() -> Iterator[tuple[date, bool, str]]:
    """Give every exception to the plain week as (day, is it worked, name)."""
    for first, last, name in DAYS_OFF:
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            if day.weekday() < SATURDAY:
                yield day, False, name
    for day in DAYS_WORKED:
        yield day, True, EXCHANGE
