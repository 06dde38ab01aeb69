"""Grading again on the server, from the stored parameters and the response alone.

The rules are those of the types' own scripts, so that a learner sees the number that is stored.
Responses give original indexes even when the options were shuffled: ``0[,]2``, ``true``, ``blue[,]red``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

_SEPARATOR = "[,]"
_BLANK = re.compile(r"\*([^*]+)\*")
_TAG = re.compile(r"</?[a-zA-Z]*\d?>")

Score = tuple[float, float]
_Grade = Callable[[dict[str, Any], str], Score | None]


def grade(machine_name: str, parameters: dict[str, Any], response: str | None) -> Score | None:
    """Return (score, highest score), or None for a type that is not graded here."""
    grader = _GRADERS.get(machine_name)
    if grader is None or response is None:
        return None
    return grader(parameters, response)


def grade_choice(parameters: dict[str, Any], response: str) -> Score | None:
    """Grade one or several chosen options: each right one adds a point, each wrong one takes one."""
    answers = parameters.get("answers") or []
    chosen = _indexes(response, len(answers))
    if chosen is None or not answers:
        return None
    right = {index for index, answer in enumerate(answers) if answer.get("correct")}
    behaviour = parameters.get("behaviour") or {}
    if not right:
        return (0.0 if chosen else 1.0), 1.0
    points = max(0, len(chosen & right) - len(chosen - right))
    if _one_answer(behaviour, right):
        return float(min(points, 1)), 1.0
    if behaviour.get("singlePoint"):
        needed = behaviour.get("passPercentage", 100)
        return (1.0 if 100 * points >= needed * len(right) else 0.0), 1.0
    return float(points), float(len(right))


def _one_answer(behaviour: dict[str, Any], right: set[int]) -> bool:
    kind = behaviour.get("type", "auto")
    return kind == "single" or (kind == "auto" and len(right) == 1)


def _indexes(response: str, count: int) -> set[int] | None:
    """Return the chosen indexes; None when one names no option."""
    parts = [part for part in response.split(_SEPARATOR) if part]
    if not all(part.isascii() and part.isdigit() and len(part) < 6 and int(part) < count for part in parts):
        return None
    return {int(part) for part in parts}


def grade_true_false(parameters: dict[str, Any], response: str) -> Score | None:
    """Grade one statement as true or false."""
    correct = str(parameters.get("correct", "true")).lower()
    if response not in ("true", "false"):
        return None
    return float(response == correct), 1.0


def grade_blanks(parameters: dict[str, Any], response: str) -> Score | None:
    """Grade the words typed into the gaps, in their order."""
    gaps = [gap for text in parameters.get("questions") or [] for gap in solutions(str(text))]
    if not gaps:
        return None
    behaviour = parameters.get("behaviour") or {}
    typed = response.split(_SEPARATOR)
    right = sum(_fits(word, accepted, behaviour) for word, accepted in zip(typed, gaps, strict=False))
    return float(right), float(len(gaps))


def solutions(text: str) -> list[list[str]]:
    """Return the accepted words of each gap of a text like ``The *Mekong/Mê Kông:a river* flows``."""
    return [
        [html.unescape(word.strip()) for word in _TAG.sub("", found).split(":", 1)[0].split("/")]
        for found in _BLANK.findall(text)
    ]


def _fits(typed: str, accepted: list[str], behaviour: dict[str, Any]) -> bool:
    fold = (lambda word: word) if behaviour.get("caseSensitive", True) else str.lower
    word = fold(typed.replace("\xa0", " ").strip())
    candidates = [fold(candidate) for candidate in accepted]
    if word in candidates:
        return True
    return bool(behaviour.get("acceptSpellingErrors")) and any(
        _nearly(word, candidate) for candidate in candidates
    )


def _nearly(word: str, candidate: str) -> bool:
    """Whether a word has one slip in more than three letters, or two in more than nine."""
    allowed = 2 if len(candidate) > 9 else 1 if len(candidate) > 3 else 0
    if not allowed or abs(len(word) - len(candidate)) > allowed:
        return False
    return slips(word, candidate) <= allowed


def slips(one: str, other: str) -> int:
    """Return how many letters were added, left out, changed or swapped with their neighbour."""
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        current = [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, previous = previous, current
    return previous[-1]


_GRADERS: dict[str, _Grade] = {
    "H5P.MultiChoice": grade_choice,
    "SongTien.Choice": grade_choice,
    "H5P.TrueFalse": grade_true_false,
    "SongTien.TrueFalse": grade_true_false,
    "H5P.Blanks": grade_blanks,
    "SongTien.Blanks": grade_blanks,
}
