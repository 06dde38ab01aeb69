"""Choosing among options: one right, several right, true or false."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any

from django.utils.translation import gettext as _

from courses.questions.content import (
    EVERYTHING,
    NOTHING,
    Content,
    Json,
    Posted,
    Uploads,
    flag,
    one_of,
    only,
    opaque,
    repeated,
    rows,
    unreadable,
    words,
)
from courses.states import QuestionKind

PARTIAL = ("none", "per_right", "right_minus_wrong")
TRUE_FALSE_OPTIONS = 2


@dataclass(frozen=True)
class Option:
    """One option. Its key stays when its words change."""

    key: str
    text: str
    is_right: bool

    @classmethod
    def from_json(cls, data: Any) -> Option:
        """Read one option."""
        return cls(opaque(data), words(data, "text"), flag(data, "is_right"))

    def to_json(self) -> Json:
        """Return it as it is stored."""
        return {"key": self.key, "text": self.text, "is_right": self.is_right}


@dataclass(frozen=True)
class Choice(Content):
    """Options, of which one or several are right."""

    kinds = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE)

    kind: str
    options: list[Option] = field(default_factory=list)
    partial: str = "none"

    @classmethod
    def from_json(cls, kind: str, data: Json) -> Choice:
        """Read the options and the rule of partial credit."""
        options = [Option.from_json(one) for one in rows(data, "options")]
        return cls(kind, options, one_of(data, "partial", PARTIAL))

    def to_json(self) -> Json:
        """Return the content as it is stored."""
        return {"options": [option.to_json() for option in self.options], "partial": self.partial}

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the options."""
        right = len(self._right())
        if len(self.options) < 2:
            yield _("A question needs at least two options.")
        elif self.kind == QuestionKind.TRUE_FALSE and len(self.options) != TRUE_FALSE_OPTIONS:
            yield _("A true-or-false question has exactly two options.")
        if self.kind != QuestionKind.MULTIPLE and right != 1:
            yield _("Mark exactly one option as right.")
        elif right == 0:
            yield _("Mark at least one option as right.")
        if self.kind != QuestionKind.MULTIPLE and self.partial != "none":
            yield _("Partial credit is for questions with several right options.")
        if any(not option.text for option in self.options):
            yield _("An option needs its words.")
        for text in repeated([option.text for option in self.options if option.text]):
            yield _("Two options are the same: “%(text)s”.") % {"text": text}

    def shown(self, rng: Random) -> Json:
        """Return the options in an order of this attempt's own."""
        options = rng.sample(self.options, len(self.options))
        return {
            "kind": self.kind,
            "options": [{"key": option.key, "text": option.text} for option in options],
        }

    def grade(self, response: Json, uploads: Uploads) -> Fraction:
        """Return the credit; without partial credit, exactly the right options count."""
        chosen, right = _chosen(response), self._right()
        if not right:
            return NOTHING
        if self.partial == "none" or self.kind != QuestionKind.MULTIPLE:
            return EVERYTHING if chosen == right else NOTHING
        hits = len(chosen & right)
        if self.partial == "right_minus_wrong":
            points = hits - len(chosen - right)
        else:
            # Marking everything must not earn everything: each mark beyond the number of right ones takes one away.
            points = hits - max(0, len(chosen) - len(right))
        return Fraction(max(0, points), len(right))

    def key(self) -> Json:
        """Return the right options."""
        return {"chosen": [option.key for option in self.options if option.is_right]}

    def _right(self) -> set[str]:
        return {option.key for option in self.options if option.is_right}

    @staticmethod
    def refuse(shown: Json, response: Json) -> str | None:
        """Refuse options that were not offered, and more than one where one is asked."""
        chosen = response.get("chosen", [])
        if not only(response, "chosen") or not isinstance(chosen, list):
            return unreadable()
        if not all(isinstance(one, str) for one in chosen) or len(set(chosen)) != len(chosen):
            return unreadable()
        if not set(chosen) <= {option["key"] for option in shown["options"]}:
            return _("The answer names an option that this question does not have.")
        if shown["kind"] != QuestionKind.MULTIPLE and len(chosen) > 1:
            return _("This question takes one option only.")
        return None

    @staticmethod
    def posted(shown: Json, data: Posted, name: str) -> Json:
        """Read the ticked options."""
        chosen = [one for one in data.getlist(name) if one]
        return {"chosen": chosen} if chosen else {}


def _chosen(response: Json) -> set[str]:
    chosen = response.get("chosen", [])
    return {one for one in chosen if isinstance(one, str)} if isinstance(chosen, list) else set()
