"""A case: a situation, and several questions about it."""

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
    Malformed,
    Posted,
    Uploads,
    mapping,
    member,
    only,
    repeated,
    rows,
    unreadable,
    words,
)
from courses.questions.types import is_empty, posted_response, refuse_response, simple_type
from courses.states import QuestionKind

KEY = re.compile(r"[\w-]{1,40}")
MAX_POINTS = 100


@dataclass(frozen=True)
class Part:
    """One question of a case."""

    key: str
    text: str
    points: int
    content: Content

    @classmethod
    def from_json(cls, data: Any) -> Part:
        """Read one question of a case; any type but a case."""
        kind, key, points = words(data, "kind"), words(data, "key"), member(data, "points", int, 1)
        if not KEY.fullmatch(key):
            raise Malformed(_("Each question of a case needs a key of letters or digits."))
        if not 1 <= points <= MAX_POINTS:
            raise Malformed(_("The points of a question lie between 1 and 100."))
        if kind == QuestionKind.CASE:
            raise Malformed(_("A case cannot hold another case."))
        content = simple_type(kind).from_json(kind, member(data, "content", dict, {}))
        return cls(key, words(data, "text"), points, content)

    def to_json(self) -> Json:
        """Return it as it is stored."""
        return {
            "key": self.key,
            "kind": str(self.content.kind),
            "text": self.text,
            "points": self.points,
            "content": self.content.to_json(),
        }


@dataclass(frozen=True)
class Case(Content):
    """A situation and its questions, which stay in their order."""

    kinds = (QuestionKind.CASE,)

    text: str = ""
    parts: list[Part] = field(default_factory=list)
    kind: str = QuestionKind.CASE.value

    @classmethod
    def from_json(cls, kind: str, data: Json) -> Case:
        """Read the situation and its questions."""
        return cls(words(data, "text"), [Part.from_json(one) for one in rows(data, "parts")])

    def to_json(self) -> Json:
        """Return the content as it is stored."""
        return {"text": self.text, "parts": [part.to_json() for part in self.parts]}

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the case or one of its questions."""
        if not self.text:
            yield _("Describe the situation.")
        if not self.parts:
            yield _("A case needs at least one question.")
        for key in repeated([part.key for part in self.parts]):
            yield _("Two questions of the case have the key %(key)s.") % {"key": key}
        for number, part in enumerate(self.parts, start=1):
            if not part.text:
                yield _("Question %(number)s of the case needs its words.") % {"number": number}
            for problem in part.content.problems():
                yield _("Question %(number)s of the case: %(problem)s") % {
                    "number": number,
                    "problem": problem,
                }

    def shown(self, rng: Random) -> Json:
        """Return the situation and what each question shows."""
        return {
            "kind": self.kind,
            "text": self.text,
            "parts": [
                {
                    "key": part.key,
                    "text": part.text,
                    "points": part.points,
                    "shown": part.content.shown(rng),
                }
                for part in self.parts
            ],
        }

    def grade(self, response: Json, uploads: Uploads) -> Fraction:
        """Return the weighted mean of the questions' credits."""
        total = sum(part.points for part in self.parts)
        earned = sum(
            (part.points * part.content.grade(_of(response, part.key), uploads) for part in self.parts),
            NOTHING,
        )
        return earned / total if total else NOTHING

    def key(self) -> Json:
        """Return the key of each question."""
        return {"parts": {part.key: key for part in self.parts if (key := part.content.key())}}

    @staticmethod
    def refuse(shown: Json, response: Json) -> str | None:
        """Refuse answers to questions the case does not have, or that do not fit theirs."""
        given = response.get("parts", {})
        known = {part["key"]: part["shown"] for part in shown["parts"]}
        if not only(response, "parts") or not isinstance(given, dict) or not set(given) <= set(known):
            return unreadable()
        return next(filter(None, (refuse_response(known[key], one) for key, one in given.items())), None)

    @staticmethod
    def posted(shown: Json, data: Posted, name: str) -> Json:
        """Read the answer to each question."""
        read = {
            part["key"]: posted_response(part["shown"], data, f"{name}.{part['key']}")
            for part in shown["parts"]
        }
        parts = {key: one for key, one in read.items() if not is_empty(one)}
        return {"parts": parts} if parts else {}


def _of(response: Json, key: str) -> Json:
    return mapping(mapping(response, "parts"), key)
