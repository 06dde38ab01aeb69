"""Was it done digitally? Rule version 1 of the indicators: five steps, D, P or N, and the verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from inspections.rules.deadline import WorkingCalendar, next_working_day
from inspections.states import Mark, Step, Verdict

# S1, S3 and S4 are required of every inspection; S2 and S5 by its kind.
ALWAYS_REQUIRED = frozenset({Step.DECISION, Step.CHECKLIST, Step.MINUTES})
# How far a device's clock may run ahead of ours before it is not believed.
CLOCK_TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True)
class StepFact:
    """What is recorded of one step: whether required, when it happened, when the system learned of it.

    `source` names the record that says so, for the explanation on the case page.
    """

    required: bool = True
    happened_on: date | None = None
    recorded_on: date | None = None
    on_paper: bool = False
    source: str = ""

    @property
    def is_done(self) -> bool:
        return self.happened_on is not None


def mark(fact: StepFact, calendar: WorkingCalendar, *, closed: bool) -> Mark:
    """Decide D, P or N for one step; a required step that a completed case never had counts as paper."""
    if not fact.required:
        return Mark.NONE
    if fact.happened_on is None or fact.recorded_on is None:
        return Mark.PAPER if closed else Mark.NONE
    if fact.on_paper or fact.recorded_on > next_working_day(fact.happened_on, calendar):
        return Mark.PAPER
    return Mark.DIGITAL


def derive(facts: Sequence[StepFact], calendar: WorkingCalendar, *, closed: bool) -> str:
    """Return the five letters of a subject whose case was run in the system."""
    if len(facts) != len(Step):
        raise ValueError("a subject has five steps")
    return "".join(mark(fact, calendar, closed=closed) for fact in facts)


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
