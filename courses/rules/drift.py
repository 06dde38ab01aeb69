"""Where what is stored of an enrolment differs from what its facts say. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from courses.ports import Difference
from courses.rules.replay import Derived, Earned, Result
from courses.states import DriftKind

NOTHING = "–"


@dataclass(frozen=True)
class StoredCompletion:
    """A completion as it is stored."""

    pk: int
    at: datetime
    source: str
    passed: bool
    verified_on: date | None
    hours: Decimal
    valid_until: date | None


@dataclass(frozen=True)
class Stored:
    """Everything stored of one enrolment; `regraded` is what its answers and keys give today."""

    enrolment: int
    person: int
    finished_at: datetime | None
    lessons: Mapping[str, datetime] = field(default_factory=dict)
    activities: Mapping[str, datetime] = field(default_factory=dict)
    attempts: Mapping[str, Result] = field(default_factory=dict)
    regraded: Mapping[str, Result] = field(default_factory=dict)
    completion: StoredCompletion | None = None


def differences(stored: Stored, derived: Derived) -> Iterator[Difference]:
    """Yield every record of an enrolment that its facts contradict."""
    yield from _apart(stored, DriftKind.LESSON, "LessonProgress", stored.lessons, derived.lessons)
    yield from _apart(stored, DriftKind.ACTIVITY, "ActivityProgress", stored.activities, derived.activities)
    yield from _apart(stored, DriftKind.ATTEMPT, "Attempt", stored.attempts, derived.attempts)
    yield from _apart(stored, DriftKind.GRADING, "Attempt", stored.attempts, stored.regraded)
    if stored.finished_at != derived.finished_at:
        yield Difference(
            DriftKind.FINISHED,
            "courses.Enrolment",
            str(stored.enrolment),
            _shown(stored.finished_at),
            _shown(derived.finished_at),
            stored.person,
        )
    yield from _completion_apart(stored, derived.earned)


def _apart(
    stored: Stored, kind: str, record: str, held: Mapping[str, Any], due: Mapping[str, Any]
) -> Iterator[Difference]:
    for name in sorted(held.keys() | due.keys()):
        if held.get(name) != due.get(name):
            yield Difference(
                kind,
                f"courses.{record}",
                f"{stored.enrolment}/{name}",
                _shown(held.get(name)),
                _shown(due.get(name)),
                stored.person,
            )


def _completion_apart(stored: Stored, earned: Earned | None) -> Iterator[Difference]:
    held = stored.completion
    said = _of_stored(held) if held else NOTHING
    due = _of_earned(earned) if earned else NOTHING
    if earned and not earned.is_written:
        due = f"{due} (!)"  # due, and the log does not say that it was ever written
    if said != due:
        key = str(held.pk) if held else f"enrolment {stored.enrolment}"
        yield Difference(DriftKind.COMPLETION, "courses.Completion", key, said, due, stored.person)


def _of_stored(held: StoredCompletion) -> str:
    passed = "" if held.passed else " (not passed)"
    return _line(held.at, held.source, held.verified_on, held.hours, held.valid_until) + passed


def _of_earned(earned: Earned) -> str:
    return _line(earned.at, earned.source, earned.verified_on, earned.hours, earned.valid_until)


def _line(
    at: datetime, source: str, verified_on: date | None, hours: Decimal | None, until: date | None
) -> str:
    shown = f"{hours:.2f}" if hours is not None else NOTHING
    return f"{at.isoformat()} {source} verified {_shown(verified_on)} hours {shown} until {_shown(until)}"


def _shown(value: Any) -> str:
    match value:
        case None:
            return NOTHING
        case Result():
            verdict = "passed" if value.passed else "not passed"
            return f"{value.closed_at.isoformat()} {value.right} {value.score:.2f} {verdict}"
        case date():
            return value.isoformat()
        case _:
            return str(value)
