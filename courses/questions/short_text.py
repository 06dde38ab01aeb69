"""A short text, typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from django.utils.translation import gettext as _

from courses.questions.content import (
    Content,
    Json,
    Posted,
    Uploads,
    flag,
    only,
    said,
    unreadable,
)
from courses.questions.wording import (
    MAX_TYPED,
    Expected,
    Likeness,
    answer_problems,
    best,
    credit,
    expected_of,
)
from courses.states import QuestionKind


@dataclass(frozen=True)
class ShortText(Content):
    """The answers an author takes, each with its share of the credit, and what they may differ in."""

    kinds = (QuestionKind.SHORT_TEXT,)

    answers: list[Expected] = field(default_factory=list)
    ignore_case: bool = False
    ignore_accents: bool = False
    ignore_punctuation: bool = False
    kind: str = QuestionKind.SHORT_TEXT.value

    @classmethod
    def from_json(cls, kind: str, data: Json) -> ShortText:
        """Read the answers and what they may differ in."""
        return cls(
            expected_of(data),
            flag(data, "ignore_case"),
            flag(data, "ignore_accents"),
            flag(data, "ignore_punctuation"),
        )

    def to_json(self) -> Json:
        """Return the content as it is stored."""
        return {
            "answers": [one.to_json() for one in self.answers],
            "ignore_case": self.ignore_case,
            "ignore_accents": self.ignore_accents,
            "ignore_punctuation": self.ignore_punctuation,
        }

    @property
    def likeness(self) -> Likeness:
        """What two texts may differ in and still be the same."""
        return Likeness(self.ignore_case, self.ignore_accents, self.ignore_punctuation)

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the answers."""
        yield from answer_problems(self.answers, self.likeness)

    def shown(self, rng: Random) -> Json:
        """Return nothing but the type: all the rest is key."""
        return {"kind": self.kind}

    def grade(self, response: Json, uploads: Uploads) -> Fraction:
        """Return the share of the best answer the text is the same as."""
        return credit(self.answers, said(response, "text"), self.likeness)

    def key(self) -> Json:
        """Return the answer that earns the most."""
        return {"text": best(self.answers)}

    @staticmethod
    def refuse(shown: Json, response: Json) -> str | None:
        """Refuse what is no text, or longer than a short text can be."""
        text = response.get("text", "")
        if not only(response, "text") or not isinstance(text, str):
            return unreadable()
        return refuse_length(text)

    @staticmethod
    def posted(shown: Json, data: Posted, name: str) -> Json:
        """Read the text."""
        text = data.get(name, "").strip()
        return {"text": text} if text else {}


def refuse_length(text: str) -> str | None:
    """Refuse a typed answer of unreasonable length."""
    if len(text) <= MAX_TYPED:
        return None
    return _("An answer has at most %(limit)s characters.") % {"limit": MAX_TYPED}
