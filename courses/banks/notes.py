"""What Moodle and GIFT have no word for travels as tags, so that our own file comes back as it went."""

from __future__ import annotations

import re
from typing import Any

from courses.banks.found import Found
from courses.banks.numbers import number_of, written
from courses.banks.reading.categories import difficulty_of, difficulty_tag

OURS = "st:"
IGNORE = ("case", "accents", "punctuation")
PARTIALS = ("none", "per_right", "right_minus_wrong", "per_pair", "per_position", "per_neighbours")
_NOTE = re.compile(rf"^{OURS}(\w+)=(.*)$")


def tags_of(found: Found, **notes: str) -> list[str]:
    """Return the tags that a question takes along: its difficulty, its own, and these notes."""
    own = [tag for tag in found.tags if difficulty_of([tag]) is None and not tag.startswith(OURS)]
    level = [difficulty_tag(found.difficulty)] if found.difficulty else []
    return [*level, *own, *(f"{OURS}{name}={value}" for name, value in notes.items())]


def ignored_of(content: dict[str, Any], names: tuple[str, ...] = IGNORE) -> str:
    """Return what a content ignores, as a note."""
    return ",".join(name for name in names if content.get(f"ignore_{name}")) or "nothing"


def units_of(content: dict[str, Any]) -> str:
    """Return the units of a content, as a note."""
    return ";".join(f"{unit['unit']}={unit['factor']}" for unit in content.get("units", []))


def take_notes(found: Found) -> None:
    """Apply the notes among the tags, and leave the other tags."""
    notes = {match[1]: match[2] for tag in found.tags if (match := _NOTE.match(tag))}
    found.tags = [tag for tag in found.tags if not _NOTE.match(tag)]
    if found.refused:
        return
    content = found.content
    if notes.get("partial") in PARTIALS and found.kind in ("multiple", "matching", "ordering"):
        content["partial"] = notes["partial"]
    if "points" in notes and (points := number_of(notes["points"])) and points > 0:
        found.points = points
    if "ignore" in notes:
        _take_ignored(found, notes["ignore"].split(","))
    if found.kind == "numeric":
        _take_numbers(content, notes)


def _take_ignored(found: Found, names: list[str]) -> None:
    if found.kind == "short_text":
        found.content.update({f"ignore_{name}": name in names for name in IGNORE})
    elif found.kind == "blanks":
        for blank in found.content["blanks"]:
            blank.update({f"ignore_{name}": name in names for name in IGNORE[:2]})


def _take_numbers(content: dict[str, Any], notes: dict[str, str]) -> None:
    percent = number_of(notes.get("percent", ""))
    if percent is not None:
        content["tolerance"], content["tolerance_kind"] = written(percent), "percent"
    if "units" in notes:
        units = [part.rpartition("=") for part in notes["units"].split(";") if part]
        content["units"] = [{"unit": name, "factor": factor} for name, _equals, factor in units if name]
    if "unit" in notes:
        content["unit_required"] = notes["unit"] == "required"
