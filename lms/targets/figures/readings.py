"""The share under other readings than the official one, and of past years under the rule of their time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from inspections.actions.steps import working_calendar
from inspections.models import Inspection
from inspections.rules import classify, classify_all, steps_of
from inspections.states import Verdict
from lms.base.dates import today
from lms.targets.figures.answer import Board
from lms.targets.figures.inspections import Case, Share
from lms.targets.figures.question import Question
from lms.targets.models import RuleVersion, Threshold
from lms.targets.rules import Period, Ratio
from lms.targets.states import Indicator

CHUNK = 500
I3 = Indicator.DIGITAL_INSPECTIONS


@dataclass(frozen=True)
class Readings:
    """The counted cases of one scope, read in every way the rules know."""

    official: Ratio
    remote: Ratio
    by_subject: Ratio

    @classmethod
    def of(cls, share: Share, target: int) -> Readings:
        """Return the readings of one share."""
        return cls(
            official=Ratio(share.full, share.all, target),
            remote=Ratio(share.remote, share.all, target),
            by_subject=Ratio(share.subjects_full, share.subjects, target),
        )

    def against(self, target: int) -> Ratio:
        """Return the official counts against another threshold."""
        return replace(self.official, target=target)


@dataclass(frozen=True)
class Year:
    """One calendar year: its share, the version of the rule and the threshold in force on its last day."""

    year: int
    version: str
    ratio: Ratio


def in_scope(board: Board) -> list[Case]:
    """Return the counted cases of the question's scope."""
    return [case for case in board.counted if case.is_led_from(board.question.agency_ids)]


def readings(board: Board) -> Readings:
    """Return the readings of the question."""
    return Readings.of(Share.of(in_scope(board)), board.targets[I3])


def with_days(board: Board, days: int) -> Ratio:
    """Return the share if a record could come this many working days after what happened.

    Cases run here are read again by the same rule; of registered ones only the declared letters are known.
    """
    cases = {case.pk: case for case in in_scope(board)}
    share = Share()
    for pk, letters in _letters(cases, days):
        full = sum(classify(steps) == Verdict.FULL for steps in letters)
        share.add(replace(cases[pk], verdict=classify_all(letters), subjects_full=full))
    return Ratio(share.full, share.all, board.targets[I3])


def _letters(keys: Iterable[int], days: int) -> Iterator[tuple[int, list[str]]]:
    calendar, listed = working_calendar(), sorted(keys)
    for start in range(0, len(listed), CHUNK):
        rows = Inspection.objects.filter(pk__in=listed[start : start + CHUNK])
        for row in rows.with_step_records():
            subjects = list(row.subjects.all())
            for subject in subjects:
                subject.inspection = row
            if row.is_run_here:
                yield row.pk, [steps_of(subject, calendar, days) for subject in subjects]
            else:
                yield row.pk, [subject.steps for subject in subjects]


def by_year(question: Question, first: int) -> list[Year]:
    """Return each year from the first to that of the question, under the rule and threshold of its last day."""
    return [year for number in range(first, question.as_of.year + 1) if (year := _year(question, number))]


def _year(question: Question, number: int) -> Year | None:
    last = date(number, 12, 31)
    version = RuleVersion.objects.on(last).filter(indicator=I3).order_by("valid_from").last()
    target = Threshold.objects.percents_on(last).get(I3)
    if version is None or target is None:
        return None
    as_of = min(last, max(question.as_of, today()))
    asked = replace(question, as_of=as_of, known_at=as_of, period=Period.year_of(last), target3=target)
    ratio = Readings.of(Share.of(in_scope(Board(asked))), target).official
    return Year(number, version.version, ratio)


def first_year(question: Question) -> int:
    """Return the year of the first inspection that was completed; that of the question where none was."""
    first = Inspection.objects.exclude(completed_on=None).order_by("completed_on").first()
    year = first.completed_on.year if first and first.completed_on else question.as_of.year
    return max(year, question.as_of.year - 15)
