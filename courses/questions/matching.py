"""Matching: each line on the left has one on the right."""

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
    mapping,
    one_of,
    only,
    opaque,
    repeated,
    rows,
    texts,
    unreadable,
    words,
)
from courses.states import QuestionKind

PARTIAL = ("none", "per_pair")


@dataclass(frozen=True)
class Pair:
    """A line on the left and what belongs to it. The key names the left line only, so it betrays nothing."""

    key: str
    left: str
    right: str

    @classmethod
    def from_json(cls, data: Any) -> Pair:
        """Read one pair."""
        return cls(opaque(data), words(data, "left"), words(data, "right"))

    def to_json(self) -> Json:
        """Return it as it is stored."""
        return {"key": self.key, "left": self.left, "right": self.right}


@dataclass(frozen=True)
class Matching(Content):
    """Pairs, and decoys that belong to none."""

    kinds = (QuestionKind.MATCHING,)

    pairs: list[Pair] = field(default_factory=list)
    decoys: list[str] = field(default_factory=list)
    partial: str = "none"
    kind: str = QuestionKind.MATCHING.value

    @classmethod
    def from_json(cls, kind: str, data: Json) -> Matching:
        """Read pairs, decoys and the rule of partial credit."""
        pairs = [Pair.from_json(one) for one in rows(data, "pairs")]
        return cls(pairs, texts(data, "decoys"), one_of(data, "partial", PARTIAL))

    def to_json(self) -> Json:
        """Return the content as it is stored."""
        return {
            "pairs": [pair.to_json() for pair in self.pairs],
            "decoys": self.decoys,
            "partial": self.partial,
        }

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the pairs."""
        rights = {pair.right for pair in self.pairs}
        if len(self.pairs) < 2:
            yield _("A matching question needs at least two pairs.")
        elif len(rights | set(self.decoys)) < 2:
            yield _("A matching question needs at least two different lines on the right.")
        if any(not pair.left or not pair.right for pair in self.pairs) or "" in self.decoys:
            yield _("Each pair needs words on both sides, and each decoy its words.")
        for text in repeated([pair.left for pair in self.pairs if pair.left]):
            yield _("Two lines on the left are the same: “%(text)s”.") % {"text": text}
        for text in sorted(rights & set(self.decoys)):
            yield _("“%(text)s” is a decoy and belongs to a pair.") % {"text": text}

    def shown(self, rng: Random) -> Json:
        """Return both sides, each in an order of this attempt's own; equal lines on the right stand once."""
        rights = sorted({pair.right for pair in self.pairs} | set(self.decoys))
        return {
            "kind": self.kind,
            "lefts": [
                {"key": pair.key, "text": pair.left} for pair in rng.sample(self.pairs, len(self.pairs))
            ],
            "rights": rng.sample(rights, len(rights)),
        }

    def grade(self, response: Json, uploads: Uploads) -> Fraction:
        """Return the share of pairs found, or all or nothing."""
        given = mapping(response, "pairs")
        hits = sum(given.get(pair.key) == pair.right for pair in self.pairs)
        if not self.pairs:
            return NOTHING
        if self.partial == "none":
            return EVERYTHING if hits == len(self.pairs) else NOTHING
        return Fraction(hits, len(self.pairs))

    def key(self) -> Json:
        """Return each left line with its right one."""
        return {"pairs": {pair.key: pair.right for pair in self.pairs}}

    @staticmethod
    def refuse(shown: Json, response: Json) -> str | None:
        """Refuse lines that were not shown."""
        pairs = response.get("pairs", {})
        if not only(response, "pairs") or not isinstance(pairs, dict):
            return unreadable()
        lefts = {left["key"] for left in shown["lefts"]}
        if not set(pairs) <= lefts or not all(
            isinstance(right, str) and right in shown["rights"] for right in pairs.values()
        ):
            return _("The answer names a line that this question does not have.")
        return None

    @staticmethod
    def posted(shown: Json, data: Posted, name: str) -> Json:
        """Read one select per left line."""
        chosen = {left["key"]: data.get(f"{name}.{left['key']}", "") for left in shown["lefts"]}
        pairs = {key: right for key, right in chosen.items() if right}
        return {"pairs": pairs} if pairs else {}
