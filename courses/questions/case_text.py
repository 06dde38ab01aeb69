"""A case's questions as an author types them: blocks of lines, each with a sentence where it cannot be read.

# single | 2            the type and the points
Which is right?         the words, until the first line that begins with a mark
* right                 an option that is right
- wrong                 one that is not
= 12,5 ± 0,1 km         a number, or a short text that counts
Mỹ Tho -> Tiền Giang    a pair
1. First                a line in its right order
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from courses.questions.case import MAX_POINTS, Part
from courses.questions.choice import Choice, Option
from courses.questions.content import Content, key_for
from courses.questions.matching import Matching, Pair
from courses.questions.numbers import Unclear, stored_form, stored_number, typed_form
from courses.questions.numeric import Numeric, Unit
from courses.questions.ordering import Item, Ordering
from courses.questions.short_text import ShortText
from courses.questions.wording import Expected
from courses.states import QuestionKind
from lms.base.vietnamese import nfc

HEAD = re.compile(r"#\s*(\w+)\s*(?:\|\s*(\d{1,3}))?\s*")
OPTION = re.compile(r"([*-])\s+(.+)")
EXPECTED = re.compile(r"=\s*(.+)")
PAIR = re.compile(r"(.+?)\s*->\s*(.+)")
STEP = re.compile(r"\d{1,2}[.)]\s+(.+)")
SHARE = re.compile(r"(.+?)\s*\((\d{1,3})%\)")
NUMBER = re.compile(r"([-−+\d.,]+)\s*(?:±\s*([\d.,]+)(%)?)?\s*(.*)")
CHOICES = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE)
MARKS: dict[str, re.Pattern[str]] = {
    **dict.fromkeys(map(str, CHOICES), OPTION),
    QuestionKind.NUMERIC: EXPECTED,
    QuestionKind.SHORT_TEXT: EXPECTED,
    QuestionKind.MATCHING: PAIR,
    QuestionKind.ORDERING: STEP,
}


class Unreadable(ValueError):
    """A line cannot be read; the message names it."""


@dataclass
class Block:
    """The lines of one question."""

    line: int
    kind: str
    points: int
    words: list[str] = field(default_factory=list)
    marked: list[tuple[int, re.Match[str]]] = field(default_factory=list)


def parts_of(text: str) -> list[Part]:
    """Read the questions of a case. Raises Unreadable."""
    return [_part(number, block) for number, block in enumerate(_blocks(nfc(text)), start=1)]


def text_of(parts: list[Part]) -> str | None:
    """Write the questions of a case as they are typed, or None where one is of a type that is not typed."""
    if any(part.content.kind not in MARKS for part in parts):
        return None
    return "\n\n".join(
        "\n".join([f"# {part.content.kind!s} | {part.points}", part.text, *_lines(part.content)])
        for part in parts
    )


def _blocks(text: str) -> list[Block]:
    blocks: list[Block] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line:
            continue
        if line.startswith("#"):
            blocks.append(_head(number, line))
        elif not blocks:
            raise Unreadable(_at(number, _("begin each question with its type, such as “# single | 1”.")))
        else:
            _add(blocks[-1], number, line)
    return blocks


def _head(number: int, line: str) -> Block:
    match = HEAD.fullmatch(line)
    kind = match[1].lower() if match else ""
    if match is None or kind not in MARKS:
        known = ", ".join(map(str, MARKS))
        raise Unreadable(_at(number, _("the type must be one of: %(kinds)s.") % {"kinds": known}))
    points = int(match[2] or 1)
    if not 1 <= points <= MAX_POINTS:
        raise Unreadable(_at(number, _("the points lie between 1 and 100.")))
    return Block(number, kind, points)


def _add(block: Block, number: int, line: str) -> None:
    match = MARKS[block.kind].fullmatch(line)
    if match:
        block.marked.append((number, match))
    elif block.marked:
        raise Unreadable(_at(number, _("this line does not fit its question’s type.")))
    else:
        block.words.append(line)


def _part(number: int, block: Block) -> Part:
    return Part(str(number), "\n".join(block.words), block.points, _content(block))


def _content(block: Block) -> Content:
    found = [match for _line, match in block.marked]
    if block.kind == QuestionKind.NUMERIC:
        return _number(block)
    if block.kind == QuestionKind.SHORT_TEXT:
        return ShortText([_expected(match[1]) for match in found], ignore_case=True, ignore_punctuation=True)
    if block.kind == QuestionKind.MATCHING:
        return Matching([Pair(key_for(match[1]), match[1], match[2]) for match in found], [], "per_pair")
    if block.kind == QuestionKind.ORDERING:
        return Ordering([Item(key_for(match[1]), match[1]) for match in found], "per_position")
    return Choice(block.kind, [Option(key_for(match[2]), match[2], match[1] == "*") for match in found])


def _expected(text: str) -> Expected:
    match = SHARE.fullmatch(text)
    return Expected(match[1], min(100, max(1, int(match[2])))) if match else Expected(text)


def _number(block: Block) -> Numeric:
    line, text = (block.marked[0][0], block.marked[0][1][1]) if block.marked else (block.line, "")
    match = NUMBER.fullmatch(text)
    if match is None or len(block.marked) > 1:
        raise Unreadable(_at(line, _("a number is given once, such as “= 12,5 ± 0,1 km”.")))
    try:
        value, tolerance = stored_form(match[1]), stored_form(match[2] or "0")
    except Unclear as unclear:
        raise Unreadable(_at(line, str(unclear))) from None
    units = [Unit(match[4])] if match[4] else []
    return Numeric(value, tolerance, "percent" if match[3] else "absolute", units)


def _at(line: int, problem: str) -> str:
    return _("Line %(line)s: %(problem)s") % {"line": line, "problem": problem}


def _lines(content: Content) -> Iterator[str]:
    match content:
        case Choice():
            yield from (f"{'*' if one.is_right else '-'} {one.text}" for one in content.options)
        case Numeric():
            per = "%" if content.tolerance_kind == "percent" else ""
            near = f" ± {typed_form(content.tolerance)}{per}" if stored_number(content.tolerance) else ""
            yield f"= {typed_form(content.value)}{near} {content.own_unit}".rstrip()
        case ShortText():
            for one in content.answers:
                yield f"= {one.text}" if one.percent == 100 else f"= {one.text} ({one.percent}%)"
        case Matching():
            yield from (f"{pair.left} -> {pair.right}" for pair in content.pairs)
        case Ordering():
            yield from (f"{place}. {item.text}" for place, item in enumerate(content.items, start=1))
