"""Whatever the dates, deadlines and verdicts behave."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inspections.calendar.days import shipped_days
from inspections.rules import WorkingCalendar, classify, classify_all, deadline, next_working_day
from inspections.states import Verdict

VIETNAM = WorkingCalendar.of((day, worked) for day, worked, _name in shipped_days())
DAYS = st.dates(date(2021, 1, 1), date(2027, 11, 30))
PERIODS = st.integers(1, 30)
MODES = st.sampled_from(["calendar", "working"])
STEPS = st.text("DPN", min_size=5, max_size=5)


@given(DAYS, PERIODS, MODES)
def test_a_deadline_is_a_working_day_after_the_announcement(announced: date, days: int, mode: str) -> None:
    last = deadline(announced, days, mode, VIETNAM)
    assert last >= announced + timedelta(days=days)
    assert VIETNAM.is_working(last)


@given(DAYS, PERIODS)
def test_exactly_so_many_working_days_lie_in_the_period(announced: date, days: int) -> None:
    last = deadline(announced, days, "working", VIETNAM)
    inside = [announced + timedelta(days=n) for n in range(1, (last - announced).days + 1)]
    assert sum(VIETNAM.is_working(day) for day in inside) == days


@given(DAYS, PERIODS, MODES)
def test_one_more_day_never_ends_earlier(announced: date, days: int, mode: str) -> None:
    assert deadline(announced, days + 1, mode, VIETNAM) >= deadline(announced, days, mode, VIETNAM)


@given(DAYS)
def test_between_a_day_and_the_next_working_day_nobody_works(day: date) -> None:
    following = next_working_day(day, VIETNAM)
    between = [day + timedelta(days=n) for n in range(1, (following - day).days)]
    assert not any(VIETNAM.is_working(other) for other in between)


@given(st.lists(STEPS, min_size=1, max_size=6))
def test_an_inspection_is_full_only_when_all_its_subjects_are(subjects: list[str]) -> None:
    verdicts = [classify(steps) for steps in subjects]
    whole = classify_all(subjects)
    assert (whole == Verdict.FULL) == all(verdict == Verdict.FULL for verdict in verdicts)
    assert (whole == Verdict.PAPER) == all(verdict == Verdict.PAPER for verdict in verdicts)
    assert whole == classify_all(list(reversed(subjects)))


@given(STEPS, st.integers(0, 4))
def test_a_step_moved_to_paper_never_makes_a_case_more_digital(steps: str, place: int) -> None:
    order = [Verdict.PAPER, Verdict.PARTIAL, Verdict.FULL]
    worse = steps[:place] + "P" + steps[place + 1 :]
    if steps[place] == "D":
        assert order.index(classify(worse)) <= order.index(classify(steps))
