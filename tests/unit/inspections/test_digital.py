"""Steps S1–S5 and the verdict: cases C13 and C14, and the one-working-day rule."""

from datetime import UTC, date, datetime, timedelta

import pytest

from inspections.calendar.days import shipped_days
from inspections.rules import StepFact, WorkingCalendar, classify, classify_all, derive
from inspections.rules.digital import believed_moment

VIETNAM = WorkingCalendar.of((day, worked) for day, worked, _name in shipped_days())


def did(happened: date, recorded: date, **kw: bool) -> StepFact:
    return StepFact(happened_on=happened, recorded_on=recorded, **kw)  # type: ignore[arg-type]


def letter(fact: StepFact, *, closed: bool = True) -> str:
    return derive([fact, *[StepFact(required=False)] * 4], VIETNAM, closed=closed)[0]


@pytest.mark.parametrize(
    ("steps", "verdict"),
    [
        ("DDDDD", "FULL"),
        ("DDDDN", "FULL"),
        ("DNDDN", "FULL"),
        ("DPDDD", "PARTIAL"),
        ("DDDPD", "PARTIAL"),
        ("PDPPN", "PARTIAL"),
        ("PPPPP", "PAPER"),
        ("PPPPN", "PAPER"),
        ("PNPPN", "PAPER"),
        # S1, S3 and S4 are always required: an N there is not a way out.
        ("DDNDD", "PARTIAL"),
        ("NNNNN", "PAPER"),
    ],
)
def test_verdict_of_a_subject(steps: str, verdict: str) -> None:
    assert classify(steps) == verdict


@pytest.mark.parametrize(
    ("subjects", "verdict"),
    [
        (["DDDDD", "DDDDD", "DDDPD"], "PARTIAL"),
        (["DDDDD", "DDDDN"], "FULL"),
        (["PPPPP", "PPPPN"], "PAPER"),
        (["DDDDD", "PPPPP"], "PARTIAL"),
        ([], "PAPER"),
    ],
)
def test_verdict_of_an_inspection(subjects: list[str], verdict: str) -> None:
    assert classify_all(subjects) == verdict


@pytest.mark.parametrize(
    ("happened", "recorded", "expected"),
    [
        (date(2026, 3, 24), date(2026, 3, 24), "D"),
        (date(2026, 3, 24), date(2026, 3, 25), "D"),
        (date(2026, 3, 24), date(2026, 3, 26), "P"),
        (date(2026, 3, 27), date(2026, 3, 30), "D"),  # Friday, entered on Monday
        (date(2026, 3, 27), date(2026, 3, 31), "P"),
        (date(2026, 3, 28), date(2026, 3, 30), "D"),  # done on a Saturday
        (date(2026, 2, 13), date(2026, 2, 23), "D"),  # the last day before Tết
        (date(2026, 2, 13), date(2026, 2, 24), "P"),
        (date(2025, 4, 25), date(2025, 4, 28), "P"),  # Saturday 26/4/2025 was worked
    ],
)
def test_one_working_day_to_record(happened: date, recorded: date, expected: str) -> None:
    assert letter(did(happened, recorded)) == expected


def test_what_was_done_on_paper_stays_paper_however_soon_it_is_entered() -> None:
    assert letter(did(date(2026, 3, 24), date(2026, 3, 24), on_paper=True)) == "P"


def test_a_step_not_required_is_n_even_when_done() -> None:
    assert letter(did(date(2026, 3, 24), date(2026, 3, 24), required=False)) == "N"


def test_a_step_not_yet_done_is_n_while_running_and_paper_once_closed() -> None:
    assert letter(StepFact(), closed=False) == "N"
    assert letter(StepFact(), closed=True) == "P"


def test_five_facts_or_none() -> None:
    with pytest.raises(ValueError, match="five"):
        derive([StepFact()], VIETNAM, closed=True)


NOON = datetime(2026, 3, 24, 5, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("finalised", "received", "not_before", "expected"),
    [
        (NOON, NOON + 3 * DAY, None, NOON),  # offline for three days: the device's moment counts
        (NOON + HOUR, NOON, None, NOON),  # a clock ahead of ours is not believed
        (NOON + timedelta(minutes=4), NOON, None, NOON),  # a little ahead: never later than the arrival
        (NOON, NOON + 3 * DAY, NOON + DAY, NOON + 3 * DAY),  # before the case began
    ],
)
def test_the_device_is_believed_only_where_plausible(
    finalised: datetime, received: datetime, not_before: datetime | None, expected: datetime
) -> None:
    assert believed_moment(finalised, received, not_before) == expected
