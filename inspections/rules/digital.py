"""Was it done digitally? Rule version 1 of the indicators: five steps, D, P or N, and the verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from inspections.rules.deadline import WorkingCalendar, next_working_day
from inspections.states import Mark, Step, Verdict
from inspections.words import Clock

# S1, S3 and S4 are required of every inspection; S2 and S5 by its kind.
ALWAYS_REQUIRED = frozenset({Step.DECISION, Step.CHECKLIST, Step.MINUTES})
# A step recorded later than this many working days after it happened counts as paper.
WORKING_DAYS = 1
# How far a device's clock may run ahead of ours before it is not believed.
CLOCK_TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True)
class StepFact:
    """What is recorded of one step: whether required, when it happened, when the system learned of it.

    `source` names the record that says so and `clock` whose time it was recorded by, for the verdict page.
    """

    required: bool = True
    happened_on: date | None = None
    recorded_on: date | None = None
    on_paper: bool = False
    source: str = ""
    clock: Clock = Clock.ARRIVAL
    # What else belongs to the step: it is digital only when each of these was recorded in time.
    beside: tuple["StepFact", ...] = ()

    @property
    def is_done(self) -> bool:
        return self.happened_on is not None


def last_day_to_record(happened_on: date, calendar: WorkingCalendar, days: int = WORKING_DAYS) -> date:
    """Return the last day on which a record of what happened that day still counts as digital."""
    last = happened_on
    for _day in range(days):
        last = next_working_day(last, calendar)
    return last


def mark(fact: StepFact, calendar: WorkingCalendar, *, closed: bool, days: int = WORKING_DAYS) -> Mark:
    """Decide D, P or N for one step; a required step that a completed case never had counts as paper.

    Another number of working days than the rule's is asked by the reading beside the official figure alone.
    """
    if not fact.required:
        return Mark.NONE
    if fact.happened_on is None or fact.recorded_on is None:
        return Mark.PAPER if closed else Mark.NONE
    return Mark.PAPER if tardy(fact, calendar, days) else Mark.DIGITAL


def tardy(fact: StepFact, calendar: WorkingCalendar, days: int = WORKING_DAYS) -> StepFact | None:
    """Return the record that makes a step that was done count as paper: the first done on paper or entered late."""
    for one in (fact, *fact.beside):
        if one.happened_on is None or one.recorded_on is None:
            continue
        if one.on_paper or one.recorded_on > last_day_to_record(one.happened_on, calendar, days):
            return one
    return None


def derive(
    facts: Sequence[StepFact], calendar: WorkingCalendar, *, closed: bool, days: int = WORKING_DAYS
) -> str:
    """Return the five letters of a subject whose case was run in the system."""
    if len(facts) != len(Step):
        raise ValueError("a subject has five steps")
    return "".join(mark(fact, calendar, closed=closed, days=days) for fact in facts)


def believed_moment(finalised_at: datetime, received_at: datetime, not_before: datetime | None) -> datetime:
    """Return the moment a record counts from: the device's own where that clock is plausible, else arrival."""
    if finalised_at > received_at + CLOCK_TOLERANCE:
        return received_at
    if not_before is not None and finalised_at < not_before:
        return received_at
    return min(finalised_at, received_at)


def classify(steps: str) -> Verdict:
    """Tell whether a subject was inspected FULLy, PARTIALly or not digitally (PAPER)."""
    required = [
        letter
        for step, letter in zip(Step, steps, strict=True)
        if step in ALWAYS_REQUIRED or letter != Mark.NONE
    ]
    digital = sum(letter == Mark.DIGITAL for letter in required)
    if digital == len(required):
        return Verdict.FULL
    return Verdict.PARTIAL if digital else Verdict.PAPER


def classify_all(subjects: Iterable[str]) -> Verdict:
    """Tell the verdict of an inspection from the steps of its subjects; none at all counts as paper."""
    verdicts = {classify(steps) for steps in subjects}
    if verdicts == {Verdict.FULL}:
        return Verdict.FULL
    if verdicts <= {Verdict.PAPER}:
        return Verdict.PAPER
    return Verdict.PARTIAL
