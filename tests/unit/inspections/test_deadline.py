"""Case D1 of the indicator rules, and what a lawyer would ask of a deadline."""

from datetime import date, timedelta

import pytest

from inspections.calendar.days import shipped_days
from inspections.rules import Pause, WorkingCalendar, deadline, nearness, next_working_day

VIETNAM = WorkingCalendar.of((day, worked) for day, worked, _name in shipped_days())


@pytest.mark.parametrize(
    ("announced", "days", "mode", "expected"),
    [
        (date(2026, 3, 24), 10, "calendar", date(2026, 4, 3)),
        (date(2026, 3, 24), 15, "calendar", date(2026, 4, 8)),
        (date(2026, 3, 24), 10, "working", date(2026, 4, 7)),
    ],
)
def test_case_d1(announced: date, days: int, mode: str, expected: date) -> None:
    assert deadline(announced, days, mode, VIETNAM) == expected


def test_the_day_of_announcement_is_not_counted() -> None:
    assert deadline(date(2026, 3, 24), 1, "calendar", VIETNAM) == date(2026, 3, 25)


def test_a_last_day_on_saturday_moves_to_monday() -> None:
    assert deadline(date(2026, 3, 25), 10, "calendar", VIETNAM) == date(2026, 4, 6)


def test_a_last_day_in_tet_moves_past_the_whole_holiday() -> None:
    # 7/2/2026 + 10 days is the first day of Tết Bính Ngọ; offices open again on Monday 23/2.
    assert deadline(date(2026, 2, 7), 10, "calendar", VIETNAM) == date(2026, 2, 23)


def test_holidays_inside_the_period_do_not_lengthen_calendar_days() -> None:
    assert deadline(date(2026, 4, 24), 10, "calendar", VIETNAM) == date(2026, 5, 4)


def test_holidays_inside_the_period_lengthen_working_days() -> None:
    # 24/4/2026 is a Friday; 27/4 stands in for Hùng Kings' day, 30/4 and 1/5 are off.
    assert deadline(date(2026, 4, 24), 3, "working", VIETNAM) == date(2026, 5, 4)


def test_a_saturday_worked_in_exchange_counts_as_working() -> None:
    # Friday 2/5/2025 was off, Saturday 26/4/2025 was worked for it.
    assert deadline(date(2025, 4, 25), 1, "working", VIETNAM) == date(2025, 4, 26)
    assert next_working_day(date(2025, 4, 29), VIETNAM) == date(2025, 5, 5)


def test_a_last_day_on_a_worked_saturday_stays() -> None:
    assert deadline(date(2025, 4, 16), 10, "calendar", VIETNAM) == date(2025, 4, 26)


def test_a_period_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        deadline(date(2026, 3, 24), 0, "calendar", VIETNAM)


@pytest.mark.parametrize(
    ("year", "tet", "hung_kings"),
    [
        (2021, date(2021, 2, 12), date(2021, 4, 21)),
        (2022, date(2022, 2, 1), date(2022, 4, 11)),
        (2023, date(2023, 1, 23), date(2023, 5, 1)),
        (2024, date(2024, 2, 12), date(2024, 4, 18)),
        (2025, date(2025, 1, 29), date(2025, 4, 7)),
        (2026, date(2026, 2, 17), date(2026, 4, 27)),
        (2027, date(2027, 2, 8), date(2027, 4, 16)),
    ],
)
def test_every_year_has_its_holidays(year: int, tet: date, hung_kings: date) -> None:
    assert not VIETNAM.is_working(tet)
    assert not VIETNAM.is_working(hung_kings)
    around_tet = [tet + timedelta(days=n) for n in range(-7, 8)]
    assert 7 <= sum(not VIETNAM.is_working(day) for day in around_tet) <= 11
    for month, day in ((1, 1), (4, 30), (5, 1), (9, 2)):
        assert not VIETNAM.is_working(date(year, month, day))


def test_no_day_is_both_off_and_worked() -> None:
    assert not VIETNAM.off & VIETNAM.worked
    assert all(day.weekday() < 5 for day in VIETNAM.off)
    assert all(day.weekday() == 5 for day in VIETNAM.worked)


class TestPauses:
    """Days of a suspension are counted in neither mode."""

    def test_the_last_day_moves_by_the_days_not_counted(self):
        pause = Pause(date(2026, 3, 26), date(2026, 3, 30))
        assert deadline(date(2026, 3, 24), 10, "calendar", VIETNAM, [pause]) == date(2026, 4, 7)
        # 26 and 27 March were the working days lost.
        assert deadline(date(2026, 3, 24), 10, "working", VIETNAM, [pause]) == date(2026, 4, 9)

    def test_a_pause_of_no_day_moves_nothing(self):
        pause = Pause(date(2026, 3, 26), date(2026, 3, 26))
        assert deadline(date(2026, 3, 24), 10, "calendar", VIETNAM, [pause]) == date(2026, 4, 3)

    def test_there_is_no_last_day_while_the_clock_stands_still(self):
        with pytest.raises(ValueError, match="stands still"):
            deadline(date(2026, 3, 24), 10, "calendar", VIETNAM, [Pause(date(2026, 3, 26), None)])


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 4, 4), "late"),
        (date(2026, 4, 3), "near"),
        (date(2026, 3, 31), "near"),
        (date(2026, 3, 30), "active"),
    ],
)
def test_how_near_the_last_day_is(day, expected):
    assert nearness(date(2026, 4, 3), day, warn_days=3) == expected


def test_a_year_without_days_off_is_not_known():
    assert WorkingCalendar.of([(date(2026, 1, 1), False)]).knows(date(2026, 12, 31))
    assert not WorkingCalendar.of([(date(2026, 1, 1), False)]).knows(date(2027, 1, 1))
