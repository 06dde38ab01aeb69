"""Drawing by a blueprint: each row gets questions of its topic and difficulty, no question twice.

Rows may overlap ("any topic, hard" beside "Excel, any difficulty"). A row that takes the only question another needs
gives it back where it finds another itself (augmenting paths), so a bank that can fill the blueprint always does.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.rules.refusal import Refusal
from courses.states import Difficulty
from lms.base.vietnamese import nfc


@dataclass(frozen=True)
class Pooled:
    """A question that may be drawn."""

    pk: int
    topic: str = ""
    difficulty: int | None = None


@dataclass(frozen=True)
class Row:
    """So many of a topic ("": any) and a difficulty (None: any)."""

    count: int
    topic: str = ""
    difficulty: int | None = None

    def takes(self, question: Pooled) -> bool:
        """Say whether the question is of this row's topic and difficulty."""
        is_topic = not self.topic.strip() or _same(self.topic) == _same(question.topic)
        return is_topic and self.difficulty in (None, question.difficulty)

    def __str__(self) -> str:
        topic = self.topic.strip() or _("any topic")
        level = _("any difficulty") if self.difficulty is None else str(Difficulty(self.difficulty).label)
        return f"{topic}, {level}"


def _same(topic: str) -> str:
    return " ".join(nfc(topic).casefold().split())


def draw_rows(rows: Sequence[Row], pool: Iterable[Pooled], seed: str) -> list[int] | None:
    """Return the ids in the order they are put, or None where the bank cannot fill every row.

    The same seed, rows and bank give the same draw.
    """
    dice = random.Random(seed)  # noqa: S311 (fairness, not secrecy: the seed itself comes from `secrets`)
    known = {question.pk: question for question in pool}
    mixed = [known[pk] for pk in dice.sample(sorted(known), len(known))]
    filling = _Filling(rows, mixed)
    if not all(filling.seat(slot) for slot in range(len(filling.slots))):
        return None
    drawn = sorted(filling.taken)
    return dice.sample(drawn, len(drawn))


class _Filling:
    """Seats on one side, questions on the other, and who sits where so far."""

    def __init__(self, rows: Sequence[Row], mixed: Sequence[Pooled]) -> None:
        self.slots = [number for number, row in enumerate(rows) for _place in range(row.count)]
        self.fits = [[question.pk for question in mixed if row.takes(question)] for row in rows]
        self.taken: dict[int, int] = {}  # question → slot

    def seat(self, slot: int) -> bool:
        """Find a question for a slot, if need be by moving others."""
        return self._find(slot, set())

    def _find(self, slot: int, asked: set[int]) -> bool:
        fitting = self.fits[self.slots[slot]]
        free = next((pk for pk in fitting if pk not in self.taken), None)
        if free is not None:
            self.taken[free] = slot
            return True
        for pk in fitting:
            if pk in asked:
                continue
            asked.add(pk)
            if self._find(self.taken[pk], asked):
                self.taken[pk] = slot
                return True
        return False


def refuse_blueprint(rows: Sequence[Row], pool: Sequence[Pooled]) -> Refusal | None:
    """Name the row that the bank cannot fill, or None where all can be filled together."""
    for row in rows:
        held = sum(row.takes(question) for question in pool)
        if held < row.count:
            sentence = ngettext(
                "The blueprint draws %(draw)s questions (%(row)s); the bank holds %(held)s that may be drawn.",
                "The blueprint draws %(draw)s questions (%(row)s); the bank holds %(held)s that may be drawn.",
                row.count,
            )
            return Refusal("bank", sentence % {"draw": row.count, "row": row, "held": held})
    if draw_rows(rows, pool, "") is None:
        return Refusal(
            "bank",
            _("Each row of the blueprint can be filled alone, but not all together: rows share questions."),
        )
    return None
