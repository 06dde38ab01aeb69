"""Ordering: putting lines into their right order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
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
    unreadable,
    words,
)
from courses.states import QuestionKind

PARTIAL = ("none", "per_position", "per_neighbours")


@dataclass(frozen=True)
class Item:
    """One line to be placed."""

    key: str
    text: str

    @classmethod
    def from_json(cls, data: Any) -> Item:
        """Read one line."""
        return cls(opaque(data), words(data, "text"))

    def to_json(self) -> Json:
        """Return it as it is stored."""
        return {"key": self.key, "text": self.text}


@dataclass(frozen=True)
class Ordering(Content):
    """Lines in their right order. A response gives each line its place, so it may also be unfinished."""

    kinds = (QuestionKind.ORDERING,)

    items: list[Item] = field(default_factory=list)
    partial: str = "none"
    kind: str = QuestionKind.ORDERING.value

    @classmethod
    def from_json(cls, kind: str, data: Json) -> Ordering:
        """Read the lines and the rule of partial credit."""
        return cls([Item.from_json(one) for one in rows(data, "items")], one_of(data, "partial", PARTIAL))

    def to_json(self) -> Json:
        """Return the content as it is stored."""
        return {"items": [item.to_json() for item in self.items], "partial": self.partial}

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the lines."""
        if len(self.items) < 2:
            yield _("An ordering question needs at least two lines.")
        if any(not item.text for item in self.items):
            yield _("Each line needs its words.")
        for text in repeated([item.text for item in self.items if item.text]):
            yield _("Two lines are the same: “%(text)s”.") % {"text": text}

    def shown(self, rng: Random) -> Json:
        """Return the lines in an order of this attempt's own."""
        return {
            "kind": self.kind,
            "items": [item.to_json() for item in rng.sample(self.items, len(self.items))],
        }

    def grade(self, response: Json, uploads: Uploads) -> Fraction:
        """Return the share of lines in their place, or of neighbours that follow each other, or all or nothing."""
        places = mapping(response, "places")
        given = [places.get(item.key) for item in self.items]
        if self.partial == "per_neighbours" and len(given) > 1:
            follow = [a is not None and b is not None and b == a + 1 for a, b in pairwise(given)]
            return Fraction(sum(follow), len(follow))
        hits = sum(place == right for right, place in enumerate(given, start=1))
        if self.partial == "none" or not given:
            return EVERYTHING if given and hits == len(given) else NOTHING
        return Fraction(hits, len(given))

    def key(self) -> Json:
        """Return each line with its place."""
        return {"places": {item.key: place for place, item in enumerate(self.items, start=1)}}

    @staticmethod
    def refuse(shown: Json, response: Json) -> str | None:
        """Refuse lines that were not shown, places that are not there, and two lines in one place."""
        places = response.get("places", {})
        if not only(response, "places") or not isinstance(places, dict):
            return unreadable()
        if not set(places) <= {item["key"] for item in shown["items"]}:
            return _("The answer names a line that this question does not have.")
        last = len(shown["items"])
        if not all(type(place) is int and 1 <= place <= last for place in places.values()):
            return _("A place is a number from 1 to %(last)s.") % {"last": last}
        if len(set(places.values())) != len(places):
            return _("Two lines have the same place: give each line a place of its own.")
        return None

    @staticmethod
    def posted(shown: Json, data: Posted, name: str) -> Json:
        """Read one number per line; what is no number is left for `refuse` to name."""
        typed = {item["key"]: data.get(f"{name}.{item['key']}", "") for item in shown["items"]}
        places = {key: _number(text) for key, text in typed.items() if text}
        return {"places": places} if places else {}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
