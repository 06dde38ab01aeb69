"""How long there is until a last day, in both ways of counting."""

from datetime import date, timedelta

from inspections.rules.deadline import WorkingCalendar

ONE_DAY = timedelta(days=1)


def working_days_between(start: date, end: date, calendar: WorkingCalendar) -> int:
    """Count the working days after `start` up to and with `end`; negative where the end lies before."""
    if end < start:
        return -working_days_between(end, start, calendar)
    return sum(calendar.is_working(start + n * ONE_DAY) for n in range(1, (end - start).days + 1))
