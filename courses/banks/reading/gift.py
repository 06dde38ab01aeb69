"""GIFT, Moodle's text format: blocks of lines, each a question, a category or a remark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.banks.found import Found, Reading
from courses.banks.reading import gift_kinds
from courses.banks.reading.categories import difficulty_of, topic_of
from courses.banks.reading.gift_signs import hidden, revealed
from courses.banks.words import one_line, plain_of

EVERY = 200
LOOKED_AT = 60  # lines ahead, however a file is made
BLANK = "_____"
_CATEGORY = re.compile(r"^\s*\$CATEGORY:\s*(.*)$", re.IGNORECASE)
_REMARK = re.compile(r"^\s*//(.*)$")
_TITLE = re.compile(r"^\s*::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"^\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_NOTED = re.compile(r"\[(id|tag):((?:[^\]\\]|\\.)*)\]")
_LAYOUTS = {"html": "html", "moodle": "moodle_auto_format", "plain": "plain_text", "markdown": "markdown"}
# A remark of Moodle's own export, which says what the next line says again.
_OWN_REMARK = re.compile(r"^\s*question:\s*\d+\s+name:", re.IGNORECASE)


@dataclass
class _Block:
    """Some lines that belong together; the remarks above them say id and tags."""

    line: int
    text: str
    remarks: list[str]
    unclosed: bool = False


def read_gift(text: str, progress: Callable[[int, int], None] | None = None) -> Reading:
    """Return the questions of a GIFT file; what is none is refused with its line."""
    reading, topic = Reading(), None
    lines = hidden(text).split("\n")
    for block in _blocks(lines):
        if progress is not None and len(reading.questions) % EVERY == 0:
            progress(block.line, len(lines))
        if category := _CATEGORY.match(block.text):
            topic = topic_of(revealed(category[1]))
        else:
            reading.questions.append(_question(block, topic))
    return reading


def _question(block: _Block, topic: str | None) -> Found:
    found = Found(block.line, topic=topic)
    for name, value in _NOTED.findall("\n".join(block.remarks)):
        said = one_line(revealed(re.sub(r"\\(.)", r"\1", value)))
        if name == "id":
            found.code = said[:100]
        elif said:
            found.tags.append(said)
    found.difficulty = difficulty_of(found.tags)
    rest = _take_title(found, block.text)
    rest, layout = _take_format(rest)
    before, answer, after = _parts(rest)
    if block.unclosed or (answer is None and "{" in rest):
        found.text = _words(found, rest, layout)
        found.refuse(_("The { of the answer is not closed by a }."), what="{", value=found.text)
        return found
    if answer is None:
        found.text = _words(found, rest, layout)
        found.refuse(_refusal_without_answer(found.text), what="{}", value=found.text)
        return found
    is_within = bool(after.strip()) and not re.fullmatch(r"\s*[.?!:;]*\s*", after)
    found.text = _words(found, f"{before} {BLANK} {after}" if is_within else before + after, layout)
    gift_kinds.read_answer(found, answer, layout, is_within=is_within)
    if not found.text and not found.refused:
        found.text = found.name
        if not found.text:
            found.refuse(_("The question has no words."), what="text")
    return found


def _refusal_without_answer(text: str) -> str:
    if "}" in text:
        return _("There is a } without a { before it.")
    return _("There is no answer in { }: a text alone is no question.")


def _take_title(found: Found, text: str) -> str:
    if title := _TITLE.match(text):
        found.name = one_line(revealed(title[1]))[:200]
        return text[title.end() :]
    return text


def _take_format(text: str) -> tuple[str, str]:
    if named := _FORMAT.match(text):
        return text[named.end() :], _LAYOUTS[named[1].lower()]
    return text, "moodle_auto_format"


def _parts(text: str) -> tuple[str, str | None, str]:
    start = text.find("{")
    end = text.find("}", start + 1)
    if start < 0 or end < 0:
        return text, None, ""
    return text[:start], text[start + 1 : end], text[end + 1 :]


def _words(found: Found, text: str, layout: str) -> str:
    plain = plain_of(revealed(text), layout)
    for sentence in plain.lost:
        found.warn(sentence, what="text")
    return plain.text


def _blocks(lines: list[str]) -> Iterator[_Block]:
    """Yield the blocks: a blank line ends one, outside braces; so does a second question without one between."""
    cutter = _Cutter(lines)
    for number, line in enumerate(lines, start=1):
        yield from cutter.take(number, line)
    yield from cutter.cut()


class _Cutter:
    """Takes line after line and gives a block whenever one is complete."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.begun = 0
        self.current: list[str] = []
        self.remarks: list[str] = []
        self.is_open = False

    def take(self, number: int, line: str) -> Iterator[_Block]:
        """Take a line; yield the block that it ends, and itself where it is a category."""
        if remark := _REMARK.match(line):
            if not _OWN_REMARK.match(remark[1]):
                self.remarks.append(remark[1])
            return
        if self._begins_anew(number, line):
            yield from self.cut()
        if not line.strip() and not self.is_open:
            self.remarks.clear()
            return
        if not self.current:
            self.begun = number
        self.current.append(line)
        opens, closes = line.rfind("{"), line.rfind("}")
        if opens != closes:
            self.is_open = opens > closes
        if _CATEGORY.match(line) and len(self.current) == 1:
            yield from self.cut()

    def cut(self) -> Iterator[_Block]:
        """Yield what was gathered, if anything."""
        if self.current:
            yield _Block(self.begun, "\n".join(self.current), self.remarks, self.is_open)
        self.current, self.remarks, self.is_open = [], [], False

    def _begins_anew(self, number: int, line: str) -> bool:
        """Tell whether a line no longer belongs to the block before it."""
        if not self.current:
            return False
        if _CATEGORY.match(line):
            return True
        if self.is_open:
            # A blank line within braces is forgiven, unless what follows begins a question of its own.
            return _TITLE.match(line) is not None or (not line.strip() and self._question_follows(number))
        if not line.strip():
            return True
        is_answered = self.current[-1].rstrip().endswith("}")
        return is_answered and (_TITLE.match(line) is not None or self._holds_question(number - 1))

    def _question_follows(self, at: int) -> bool:
        """Tell whether the next filled line opens braces before it closes any, or begins with a title."""
        for line in self.lines[at : at + LOOKED_AT]:
            if not line.strip() or _REMARK.match(line):
                continue
            opens, closes = line.find("{"), line.find("}")
            opens_first = opens >= 0 and (closes < 0 or opens < closes)
            return opens_first or line.lstrip().startswith("::") or _CATEGORY.match(line) is not None
        return False

    def _holds_question(self, at: int) -> bool:
        """Tell whether braces are opened between a line and the next blank one."""
        for line in self.lines[at : at + LOOKED_AT]:
            if not line.strip():
                return False
            if "{" in line:
                return True
        return False
