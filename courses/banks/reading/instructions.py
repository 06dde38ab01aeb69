"""What stands above a passage with gaps: the file's own title where it says something, else a plain instruction."""

from __future__ import annotations

import re

from courses.banks.words import one_line
from lms.base.vietnamese import fold

FILL_IN = "Điền vào chỗ trống."
ANSWER_ALL = "Đọc tình huống và trả lời các câu hỏi."
MAX_TITLE = 250
_NUMBERED = re.compile(r"^\w{0,8}[\s._:#-]*\d+[\w.]*$")
_SIGNS = re.compile(r"\W+")


def instruction(title: str, passage: str, otherwise: str) -> str:
    """Return the title, unless it is a number (“Câu 12”) or the beginning of the passage itself."""
    words = one_line(title)
    if not words or _NUMBERED.match(words) or _letters(passage).startswith(_letters(words)):
        return otherwise
    return words[:MAX_TITLE]


def _letters(text: str) -> str:
    return _SIGNS.sub("", fold(text))
