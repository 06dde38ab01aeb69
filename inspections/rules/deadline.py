"""How days are counted: Điều 13 NĐ 217/2025, Điều 147–148 Bộ luật Dân sự."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from inspections.states import DayMode

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class WorkingCalendar:
    """The days off beyond weekends, and the weekend days worked in exchange for one."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

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


def deadline(announced_on: date, days: int, mode: DayMode | str, calendar: WorkingCalendar) -> date:
    """Return the last day of a period that starts with the announcement, its first day not counted.

    In calendar mode a last day on which nobody works moves to the next working day
    (Điều 148.5 Bộ luật Dân sự); in working mode only working days are counted.
    """
    if days < 1:
        raise ValueError("a period has at least one day")
    if mode == DayMode.WORKING:
        last = announced_on
        for _day in range(days):
            last = next_working_day(last, calendar)
        return last
    last = announced_on + timedelta(days=days)
    return last if calendar.is_working(last) else next_working_day(last, calendar)
