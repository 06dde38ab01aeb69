"""How days are counted: Điều 13 NĐ 217/2025, Điều 147–148 Bộ luật Dân sự."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from inspections.states import DayMode

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class WorkingCalendar:
    """The days off beyond weekends, and the weekend days worked in exchange for one."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    @property
    def years(self) -> frozenset[int]:
        """The years of which days off are known."""
        return frozenset(day.year for day in self.off)

    def knows(self, day: date) -> bool:
        """Tell whether the days off of that day's year are known."""
        return day.year in self.years

    @classmethod
    def of(cls, days: Iterable[tuple[date, bool]]) -> "WorkingCalendar":
        """Build the calendar from (day, is it worked) pairs."""
        pairs = list(days)
        return cls(
            off=frozenset(day for day, is_worked in pairs if not is_worked),
            worked=frozenset(day for day, is_worked in pairs if is_worked),
        )

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on this day."""
        if day in self.worked:
            return True
        return day.weekday() < SATURDAY and day not in self.off


def next_working_day(day: date, calendar: WorkingCalendar) -> date:
    """Return the first working day after this one."""
    day += ONE_DAY
    while not calendar.is_working(day):
        day += ONE_DAY
    return day


@dataclass(frozen=True)
class Pause:
    """The days of [start, end) on which the clock stood still; an open end still stands."""

    start: date
    end: date | None

    def covers(self, day: date) -> bool:
        """Tell whether the clock stood still on that day."""
        return self.start <= day and (self.end is None or day < self.end)


def deadline(
    announced_on: date,
    days: int,
    mode: DayMode | str,
    calendar: WorkingCalendar,
    pauses: Collection[Pause] = (),
) -> date:
    """Return the last day of a period that starts with the announcement, its first day not counted.

    In calendar mode a last day on which nobody works moves to the next working day
    (Điều 148.5 Bộ luật Dân sự); in working mode only working days are counted. The days of a
    suspension are counted in neither. Raises ValueError while a suspension has no end.
    """
    if days < 1:
        raise ValueError("a period has at least one day")
    if any(pause.end is None for pause in pauses):
        raise ValueError("the clock stands still: there is no last day")
    last, left = announced_on, days
    while left:
        last += ONE_DAY
        counted = mode == DayMode.CALENDAR or calendar.is_working(last)
        if counted and not any(pause.covers(last) for pause in pauses):
            left -= 1
    return last if calendar.is_working(last) else next_working_day(last, calendar)


class Nearness(StrEnum):
    """How a last day stands to a day."""

    IN_TIME = "active"
    NEAR = "near"
    LATE = "late"


def nearness(last_day: date, on: date, warn_days: int) -> Nearness:
    """Tell whether the last day has passed, is near enough for a warning, or neither."""
    if last_day < on:
        return Nearness.LATE
    return Nearness.NEAR if last_day - on <= warn_days * ONE_DAY else Nearness.IN_TIME
