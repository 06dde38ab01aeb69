"""What a file says: questions with their place, and a sentence for whatever cannot be taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from lms.base.importing import Problem
from lms.base.importing.problems import Severity

Content = dict[str, Any]
Options = list[dict[str, Any]]


@dataclass
class Found:
    """One question of a file. None is what the format does not say: what the bank holds of it stays.

    ``place`` is the line or row it begins on. The content lacks the keys of its options: the bank gives them.
    """

    place: int
    kind: str = ""
    name: str = ""
    text: str = ""
    content: Content = field(default_factory=dict)
    explanation: str | None = None
    topic: str | None = None
    difficulty: int | None = None
    points: Decimal | None = None
    code: str = ""
    tags: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether it cannot be taken."""
        return any(problem.severity == "error" for problem in self.problems)

    def refuse(self, sentence: str, *, what: str = "", value: str = "", place: int | None = None) -> None:
        """Say why it cannot be taken."""
        self._note("error", sentence, what, value, place)

    def warn(self, sentence: str, *, what: str = "", value: str = "", place: int | None = None) -> None:
        """Take it, and say what was left out or looks odd."""
        self._note("warning", sentence, what, value, place)

    def _note(self, severity: Severity, sentence: str, what: str, value: str, place: int | None) -> None:
        problem = Problem(place or self.place, what[:100], value[:300], sentence, severity)
        if problem not in self.problems:
            self.problems.append(problem)


@dataclass
class Reading:
    """All that a file says."""

    questions: list[Found] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def warn(self, place: int, sentence: str, *, what: str = "", value: str = "") -> None:
        """Say what of the file as a whole was left out."""
        self.problems.append(Problem(place, what[:100], value[:300], sentence, "warning"))

    def all_problems(self) -> list[Problem]:
        """Return every sentence, in the order of the file."""
        own = [problem for question in self.questions for problem in question.problems]
        return sorted([*self.problems, *own], key=lambda problem: problem.row)


def options(pairs: Iterable[tuple[str, bool]]) -> Options:
    """Return options as a content holds them."""
    return [{"text": text, "is_right": is_right} for text, is_right in pairs]


def answers(pairs: Iterable[tuple[str, int]]) -> Options:
    """Return accepted answers as a content holds them."""
    return [{"text": text, "percent": percent} for text, percent in pairs]
