"""Moodle's categories and tags: the topic and the difficulty they say."""

from __future__ import annotations

import re
from collections.abc import Iterable

from courses.banks.words import one_line
from lms.base.vietnamese import fold

SEPARATOR = " / "
_ROOTS = re.compile(r"^\$(?:course|system|category|module|cat\d*)\$$", re.IGNORECASE)
_DIFFICULTY = re.compile(r"^(?:do kho|muc do|difficulty|level)[\s:=_-]*(\w[\w\s]*)$")
_LEVELS = {
    1: ("1", "de", "easy", "nhan biet", "biet"),
    2: ("2", "trung binh", "medium", "thong hieu", "hieu", "vua"),
    3: ("3", "kho", "hard", "difficult", "van dung", "van dung cao"),
}


def topic_of(path: str) -> str:
    """Return the topic of a category path.

    >>> topic_of("$course$/top/An toàn/Mật khẩu"), topic_of("A // B/C"), topic_of("$course$/top")
    ('An toàn / Mật khẩu', 'A / B / C', '')
    """
    slash = "\ufdd0"  # // stands for a slash within a name
    parts = [one_line(part.replace(slash, "/")) for part in path.replace("//", slash).split("/")]
    named = [part for part in parts if part]
    if named and _ROOTS.match(named[0]):
        named = named[1:]
        if named and named[0].lower() == "top":
            named = named[1:]
    return SEPARATOR.join(named)


def path_of(topic: str) -> str:
    """Return the category path of a topic."""
    parts = [part.strip().replace("/", "//") for part in topic.split(SEPARATOR) if part.strip()]
    return "/".join(["$course$", "top", *parts])


def level_of(words: str) -> int | None:
    """Return the difficulty a word says, 1 to 3."""
    said = fold(words)
    return next((level for level, names in _LEVELS.items() if said in names), None)


def difficulty_of(tags: Iterable[str]) -> int | None:
    """Return the difficulty that a tag such as “độ khó: 2” says."""
    for tag in tags:
        if (match := _DIFFICULTY.match(fold(tag))) and (level := level_of(match[1])):
            return level
    return None


def difficulty_tag(level: int) -> str:
    """Return the tag that says a difficulty."""
    return f"độ khó: {level}"
