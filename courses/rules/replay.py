"""What the facts of one enrolment amount to. Pure: the order in which they are told, and how often, changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from courses.states import CompletionSource, DecisionKind, FactKind

RECOGNISED, HOURS = f"decision.{DecisionKind.RECOGNISE}", f"decision.{DecisionKind.HOURS}"


@dataclass(frozen=True)
class Fact:
    """One thing that happened: of what kind, to what, when, and what was known of it then."""

    kind: str
    subject: str
    at: datetime
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """What one closed attempt gave."""

    closed_at: datetime
    right: int
    score: Decimal
    passed: bool


@dataclass(frozen=True)
class Earned:
    """The completion that is due: when, by what, and what it is worth after every decision."""

    at: datetime
    source: str
    verified_on: date | None
    hours: Decimal | None
    valid_until: date | None
    is_written: bool


@dataclass(frozen=True)
class Derived:
    """Everything that is stored of an enrolment, as its facts say."""

    lessons: Mapping[str, datetime]
    activities: Mapping[str, datetime]
    attempts: Mapping[str, Result]
    earned: Earned | None

    @property
    def finished_at(self) -> datetime | None:
        """When the enrolment ended."""
        return self.earned.at if self.earned else None


def replay(facts: Iterable[Fact]) -> Derived:
    """Derive the state of one enrolment from its facts and the decisions about it."""
    told = sorted(facts, key=lambda fact: (fact.at, fact.kind, fact.subject))
    attempts = _attempts(told)
    return Derived(
        lessons=_first(told, FactKind.LESSON),
        activities=_first(told, FactKind.ACTIVITY),
        attempts=attempts,
        earned=_earned(told, attempts),
    )


def _attempts(told: list[Fact]) -> dict[str, Result]:
    """Return the results that stand: a reopened attempt has none until it is closed again."""
    found: dict[str, Result] = {}
    for fact in told:
        if fact.kind == FactKind.ATTEMPT:
            found[fact.subject] = Result(
                fact.at, int(fact.detail["right"]), Decimal(fact.detail["score"]), bool(fact.detail["passed"])
            )
        elif fact.kind == FactKind.REOPENED:
            found.pop(fact.subject, None)
    return found


def _first(told: list[Fact], kind: str) -> dict[str, datetime]:
    return {fact.subject: fact.at for fact in reversed(told) if fact.kind == kind}


def _earned(told: list[Fact], attempts: Mapping[str, Result]) -> Earned | None:
    """The first ground counts: a passed attempt, or all lessons of a practice course."""
    grounds = [(result.closed_at, 0, CompletionSource.EXAM) for result in attempts.values() if result.passed]
    grounds += [(fact.at, 1, CompletionSource.LESSONS) for fact in told if fact.kind == FactKind.LESSONS]
    decided = [fact for fact in told if fact.kind == RECOGNISED]
    if not grounds:
        return None
    at, _rank, source = min(grounds)
    written = next((fact.detail for fact in told if fact.kind == FactKind.COMPLETED), None)
    return Earned(
        at=at,
        source=source,
        verified_on=_verified_on(source, written, decided),
        hours=_hours(told, written),
        valid_until=_day(written.get("valid_until")) if written else None,
        is_written=written is not None,
    )


def _verified_on(source: str, written: Mapping[str, Any] | None, decided: list[Fact]) -> date | None:
    """An exam verifies itself; practice is verified by the first decision that recognises it, or never."""
    if source == CompletionSource.EXAM and written:
        return _day(written.get("completed_on"))
    return _day(decided[0].detail["on"]) if decided else None


def _hours(told: list[Fact], written: Mapping[str, Any] | None) -> Decimal | None:
    """The periods frozen with the completion, or the last that were decided."""
    corrected = [fact.detail["hours"] for fact in told if fact.kind == HOURS]
    said = corrected[-1] if corrected else (written or {}).get("hours")
    return Decimal(said) if said is not None else None


def _day(said: str | date | None) -> date | None:
    return date.fromisoformat(said) if isinstance(said, str) else said
