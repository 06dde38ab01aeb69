"""A text with blanks to fill, typed or chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any

from django.utils.translation import gettext as _

from courses.questions.content import (
    NOTHING,
    Content,
    Json,
    Posted,
    Uploads,
    flag,
    mapping,
    only,
    repeated,
    rows,
    texts,
    unreadable,
    words,
)
from courses.questions.short_text import refuse_length
from courses.questions.wording import Expected, Likeness, answer_problems, best, credit, expected_of
from courses.states import QuestionKind

MARK = re.compile(r"\[\[(\w{1,20})\]\]")


@dataclass(frozen=True)
class Blank:
    """One blank: what is right in it, and the choices where it is not typed."""

    key: str
    answers: list[Expected] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    ignore_case: bool = False
    ignore_accents: bool = False

    @classmethod
    def from_json(cls, data: Any) -> Blank:
        """Read one blank."""
        return cls(
            words(data, "key"),
            expected_of(data),
            texts(data, "choices"),
            flag(data, "ignore_case"),
            flag(data, "ignore_accents"),
        )

    def to_json(self) -> Json:
        """Return it as it is stored."""
        return {
            "key": self.key,
            "answers": [one.to_json() for one in self.answers],
            "choices": self.choices,
            "ignore_case": self.ignore_case,
            "ignore_accents": self.ignore_accents,
        }

    @property
    def likeness(self) -> Likeness:
        """What two texts may differ in; a choice is the same or is not."""
        return Likeness() if self.choices else Likeness(self.ignore_case, self.ignore_accents)

    def problems(self) -> Iterator[str]:
        """Say what is wrong with this blank."""
        yield from answer_problems(self.answers, self.likeness)
        if self.choices and any(one.text not in self.choices for one in self.answers):
            yield _("Each right answer must be one of the choices.")
        if len(self.choices) == 1 or "" in self.choices:
            yield _("Give at least two choices, none of them empty.")
        for text in repeated([one for one in self.choices if one]):
            yield _("Two choices are the same: “%(text)s”.") % {"text": text}


@dataclass(frozen=True)
class Blanks(Content):
    """A text with marks such as [[1]], and a blank for each; every blank weighs the same."""

    kinds = (QuestionKind.BLANKS,)

    text: str = ""
    blanks: list[Blank] = field(default_factory=list)
    kind: str = QuestionKind.BLANKS.value

    @classmethod
    def from_json(cls, kind: str, data: Json) -> Blanks:
        """Read the text and its blanks."""
        return cls(words(data, "text"), [Blank.from_json(one) for one in rows(data, "blanks")])

    def to_json(self) -> Json:
        """Return the content as it is stored."""
        return {"text": self.text, "blanks": [blank.to_json() for blank in self.blanks]}

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the text or its blanks."""
        marks, keys = MARK.findall(self.text), [blank.key for blank in self.blanks]
        if not marks:
            yield _("Write the text with a mark for each blank, such as [[1]].")
        for key in repeated(marks):
            yield _("The mark [[%(key)s]] stands twice in the text.") % {"key": key}
        for key in repeated(keys):
            yield _("Blank %(key)s is described twice.") % {"key": key}
        for key in sorted(set(marks) - set(keys)):
            yield _("The blank [[%(key)s]] has no answer.") % {"key": key}
        for key in sorted(set(keys) - set(marks)):
            yield _("Blank %(key)s has no mark in the text.") % {"key": key}
        for blank in self.blanks:
            for problem in blank.problems():
                yield _("Blank %(key)s: %(problem)s") % {"key": blank.key, "problem": problem}

    def shown(self, rng: Random) -> Json:
        """Return the text, and the choices of each blank in an order of this attempt's own."""
        return {
            "kind": self.kind,
            "text": self.text,
            "blanks": [
                {"key": blank.key, "choices": rng.sample(blank.choices, len(blank.choices))}
                for blank in self.blanks
            ],
        }

    def grade(self, response: Json, uploads: Uploads) -> Fraction:
        """Return the mean of the blanks' credits."""
        given = mapping(response, "blanks")
        if not self.blanks:
            return NOTHING
        shares = [
            credit(blank.answers, typed, blank.likeness)
            for blank in self.blanks
            if isinstance(typed := given.get(blank.key, ""), str)
        ]
        return sum(shares, NOTHING) / len(self.blanks)

    def key(self) -> Json:
        """Return the best answer of each blank."""
        return {"blanks": {blank.key: best(blank.answers) for blank in self.blanks}}

    @staticmethod
    def refuse(shown: Json, response: Json) -> str | None:
        """Refuse blanks that were not shown and choices that were not offered."""
        given = response.get("blanks", {})
        if not only(response, "blanks") or not isinstance(given, dict):
            return unreadable()
        choices = {blank["key"]: blank["choices"] for blank in shown["blanks"]}
        if not set(given) <= set(choices) or not all(isinstance(one, str) for one in given.values()):
            return unreadable()
        if any(text and choices[key] and text not in choices[key] for key, text in given.items()):
            return _("The answer names an option that this question does not have.")
        return next(filter(None, map(refuse_length, given.values())), None)

    @staticmethod
    def posted(shown: Json, data: Posted, name: str) -> Json:
        """Read one field per blank."""
        typed = {blank["key"]: data.get(f"{name}.{blank['key']}", "").strip() for blank in shown["blanks"]}
        given = {key: text for key, text in typed.items() if text}
        return {"blanks": given} if given else {}
