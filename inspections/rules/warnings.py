"""When a deadline is to be told of: three working days before, one before, and once it is over."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from inspections.rules.days_left import working_days_between
from inspections.rules.deadline import WorkingCalendar

AHEAD, LAST = 3, 1


class Stage(StrEnum):
    """How near a last day is."""

    AHEAD = "ahead"
    LAST = "last"
    OVER = "over"


def stage_of(last_day: date, on: date, calendar: WorkingCalendar) -> Stage | None:
    """Return the stage that a last day is in on a day; a day without a look is made good by the next one."""
    if last_day < on:
        return Stage.OVER
    left = working_days_between(on, last_day, calendar)
    if left <= LAST:
        return Stage.LAST
    return Stage.AHEAD if left <= AHEAD else None
