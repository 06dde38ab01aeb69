"""What graded attempts tell of a question: how hard it is, whether it tells strong from weak, what its options do.

Classical item analysis. Facility is the mean credit. Discrimination is the correlation of the credit with the
score of the same attempt *without* this question (the corrected point-biserial): with it, a question would
correlate with itself. Both are shares of what could be earned, so attempts with other questions compare.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

ENOUGH = 30  # below, chance alone makes any of these figures
TOO_EASY, TOO_HARD, LOW = 0.95, 0.2, 0.1
STRONG = 0.27  # Kelley (1939): the upper 27 % tells most


class Flag(TextChoices):
    """What is likely wrong with a question."""

    TOO_EASY = "too_easy", _("Too easy: nearly everybody gets it right")
    TOO_HARD = "too_hard", _("Too hard: fewer than one in five get it right")
    NEGATIVE = (
        "negative",
        _("The strong get it wrong more often than the weak: look whether the key is right"),
    )
    LOW = "low", _("It hardly tells the strong from the weak")
    UNUSED = "unused", _("Nobody chooses one of its wrong options")
    MISLEADING = "misleading", _("The strong choose a wrong option more often than the right one")


@dataclass(frozen=True)
class Sat:
    """One question in one graded attempt: what it earned of its points, what was chosen, whether it was answered."""

    question: int
    attempt: int
    credit: float
    points: int
    chosen: tuple[str, ...] = ()
    answered: bool = True


@dataclass(frozen=True)
class OptionFigure:
    """How often an option was chosen, by all and by the strong."""

    key: str
    text: str
    is_right: bool
    chosen: int
    by_strong: int


@dataclass(frozen=True)
class Figures:
    """What is known of one version of a question. None is what cannot be computed."""

    question: int
    n: int = 0
    facility: float | None = None
    discrimination: float | None = None
    unanswered: int = 0
    options: tuple[OptionFigure, ...] = ()
    flags: tuple[Flag, ...] = field(default=())

    @property
    def is_enough(self) -> bool:
        """Whether enough people answered for the figures to mean something."""
        return self.n >= ENOUGH

    def flag_words(self) -> list[str]:
        """Return the flags in words."""
        return [str(flag.label) for flag in self.flags]


Options = Sequence[tuple[str, str, bool]]


def figures(sat: Iterable[Sat], options: Mapping[int, Options]) -> dict[int, Figures]:
    """Return the figures of each question named in `options` (key, words, right; none for other types)."""
    rows = list(sat)
    earned: dict[int, float] = defaultdict(float)
    whole: dict[int, int] = defaultdict(int)
    for row in rows:
        earned[row.attempt] += row.credit * row.points
        whole[row.attempt] += row.points
    by_question: dict[int, list[tuple[Sat, float | None]]] = defaultdict(list)
    for row in rows:
        if row.question in options:
            others = whole[row.attempt] - row.points
            rest = (earned[row.attempt] - row.credit * row.points) / others if others else None
            by_question[row.question].append((row, rest))
    return {
        question: _figures(question, by_question.get(question, []), given)
        for question, given in options.items()
    }


def _figures(question: int, rows: list[tuple[Sat, float | None]], options: Options) -> Figures:
    if not rows:
        return Figures(question)
    credits_ = [row.credit for row, _rest in rows]
    pairs = [(row.credit, rest) for row, rest in rows if rest is not None]
    chosen = Counter(key for row, _rest in rows for key in row.chosen)
    strong = Counter(key for row in _strong(rows) for key in row.chosen)
    counted = tuple(OptionFigure(key, text, right, chosen[key], strong[key]) for key, text, right in options)
    facility, discrimination = sum(credits_) / len(credits_), correlation(pairs)
    return Figures(
        question,
        n=len(rows),
        facility=facility,
        discrimination=discrimination,
        unanswered=sum(not row.answered for row, _rest in rows),
        options=counted,
        flags=tuple(_flags(facility, discrimination, counted)) if len(rows) >= ENOUGH else (),
    )


def _strong(rows: list[tuple[Sat, float | None]]) -> list[Sat]:
    """Return the upper 27 % by the rest of their attempt; who ties with the last of them belongs to them."""
    known = sorted(
        ((rest, row.attempt, row) for row, rest in rows if rest is not None), key=lambda one: -one[0]
    )
    count = math.ceil(len(known) * STRONG)
    if not count:
        return []
    least = known[count - 1][0]
    return [row for rest, _attempt, row in known if rest >= least]


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return Pearson's correlation, or None where one side never varies."""
    n = len(pairs)
    if n < 2:
        return None
    mean_x, mean_y = sum(x for x, _y in pairs) / n, sum(y for _x, y in pairs) / n
    spread_x = math.sqrt(sum((x - mean_x) ** 2 for x, _y in pairs))
    spread_y = math.sqrt(sum((y - mean_y) ** 2 for _x, y in pairs))
    if spread_x < 1e-12 or spread_y < 1e-12:
        return None
    return sum((x - mean_x) * (y - mean_y) for x, y in pairs) / (spread_x * spread_y)


def _flags(facility: float, discrimination: float | None, options: Sequence[OptionFigure]) -> Iterable[Flag]:
    if facility > TOO_EASY:
        yield Flag.TOO_EASY
    if facility < TOO_HARD:
        yield Flag.TOO_HARD
    if discrimination is not None and discrimination < 0:
        yield Flag.NEGATIVE
    elif discrimination is not None and discrimination < LOW:
        yield Flag.LOW
    wrong = [option for option in options if not option.is_right]
    right = [option.by_strong for option in options if option.is_right]
    if any(not option.chosen for option in wrong):
        yield Flag.UNUSED
    if right and any(option.by_strong > min(right) for option in wrong):
        yield Flag.MISLEADING
