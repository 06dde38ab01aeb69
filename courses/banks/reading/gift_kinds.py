"""What stands between the braces of a GIFT question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from courses.banks.found import Found, answers
from courses.banks.numbers import number_of, written
from courses.banks.reading.gift_signs import revealed
from courses.banks.reading.instructions import FILL_IN, instruction
from courses.banks.reading.weighing import (
    FULL,
    Weighed,
    accepted,
    choose,
    explain,
    numeric,
    short_text,
    true_false,
)
from courses.banks.words import one_line, plain_of, tidy

_TRUE = ("T", "TRUE")
_FALSE = ("F", "FALSE")
_MARK = re.compile(r"[=~]")
_FRACTION = re.compile(r"^\s*%(-?\d+(?:[.,]\d+)?)%")
_FORMAT = re.compile(r"^\s*\[(?:html|moodle|plain|markdown)\]", re.IGNORECASE)
_RANGE = re.compile(r"^(.+?)\.\.(.+)$")
GAP = "_____"


def read_answer(found: Found, source: str, layout: str, *, is_within: bool) -> None:
    """Read the answer by what it looks like, or say why it cannot be taken."""
    body, general = _general(source, layout)
    if not body.strip():
        found.refuse(
            _("The answer { } is empty: an essay is marked by a person, which is not done here."), what="{}"
        )
    elif body.lstrip().startswith("#"):
        _numeric(found, body.lstrip()[1:], general, layout)
    elif _truth(body) is not None:
        _true_false(found, body, general, layout)
    elif body.lstrip().startswith(">"):
        found.refuse(_("Ordering in GIFT ({>…}) is not taken: use the workbook or Moodle XML."), what=">")
    elif not _MARK.search(body):
        found.refuse(
            _("Between { and } each answer needs a = (right) or ~ (wrong) before it."),
            what="{}",
            value=revealed(body),
        )
    elif "~" not in body and "->" in body:
        _matching(found, body, general, layout)
    elif "~" in body:
        _choice(found, body, general, layout)
    else:
        _short(found, body, general, layout, is_within=is_within)


def _general(source: str, layout: str) -> tuple[str, str]:
    """Return the answer, and what is said after the question whatever was answered (####)."""
    body, _marks, general = source.partition("####")
    return body, _words(general, layout, lines=True)


def _words(text: str, layout: str, *, lines: bool = False) -> str:
    named = _FORMAT.match(text)
    inner = text[named.end() :] if named else text
    plain = plain_of(revealed(inner), "html" if named and "html" in named[0].lower() else layout).text
    return tidy(plain) if lines else one_line(plain)


def _each(body: str) -> Iterator[tuple[str, str]]:
    """Yield the sign (= or ~) and the words of each answer."""
    marks = list(_MARK.finditer(body))
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        yield mark[0], body[mark.end() : following.start() if following else len(body)]


def _weighed(sign: str, source: str, layout: str) -> Weighed:
    answer, _sign, feedback = source.partition("#")
    fraction = FULL if sign == "=" else Decimal(0)
    if share := _FRACTION.match(answer):
        fraction, answer = Decimal(share[1].replace(",", ".")), answer[share.end() :]
    return Weighed(_words(answer, layout), fraction, _words(feedback, layout))


def _all(body: str, layout: str) -> list[Weighed]:
    return [_weighed(sign, source, layout) for sign, source in _each(body)]


def _choice(found: Found, body: str, general: str, layout: str) -> None:
    before = body[: _first_mark(body)].strip()
    if before:
        found.refuse(
            _("“%(text)s” stands before the first = or ~.") % {"text": revealed(before)[:80]}, what="{}"
        )
        return
    weighed = _all(body, layout)
    signs = [sign for sign, _source in _each(body)]
    choose(found, weighed, single="=" in signs)
    explain(found, general, weighed)


def _first_mark(body: str) -> int:
    mark = _MARK.search(body)
    return mark.start() if mark else len(body)


def _short(found: Found, body: str, general: str, layout: str, *, is_within: bool) -> None:
    weighed = _all(body, layout)
    if is_within:
        kept = accepted(found, weighed)
        passage = found.text.replace(GAP, "[[1]]", 1)
        found.kind = "blanks"
        found.content = {"text": passage, "blanks": [{"key": "1", "answers": answers(kept), "choices": []}]}
        found.text = instruction(found.name, passage.replace("[[1]]", ""), FILL_IN)
    else:
        short_text(found, weighed, ignore_case=None)
    explain(found, general, weighed)


def _matching(found: Found, body: str, general: str, layout: str) -> None:
    pairs, decoys = [], []
    for _sign, source in _each(body):
        left, arrow, right = source.partition("->")
        left_words, right_words = _words(left, layout), _words(right, layout)
        if not arrow or not right_words:
            text = revealed(source).strip()[:80]
            found.refuse(
                _("“%(text)s” is no pair: write =left -> right.") % {"text": text}, what="->", value=text
            )
        elif left_words:
            pairs.append({"left": left_words, "right": right_words})
        else:
            decoys.append(right_words)
    found.kind = "matching"
    found.content = {"pairs": pairs, "decoys": decoys}
    explain(found, general)


def _truth(body: str) -> bool | None:
    said = body.partition("#")[0].strip().upper()
    return True if said in _TRUE else False if said in _FALSE else None


def _true_false(found: Found, body: str, general: str, layout: str) -> None:
    """{T#said of a wrong answer#said of a right one}."""
    _said, *feedback = body.split("#")
    is_true = bool(_truth(body))
    words = [_words(one, layout) for one in feedback[:2]] + ["", ""]
    true_false(found, is_true=is_true)
    right, wrong = ("Đúng", "Sai") if is_true else ("Sai", "Đúng")
    explain(found, general, [Weighed(wrong, Decimal(0), words[0]), Weighed(right, FULL, words[1])])


def _numeric(found: Found, body: str, general: str, layout: str) -> None:
    parts = list(_each(body)) if _MARK.search(body) else [("=", body)]
    weighed = []
    for sign, source in parts:
        answer, _hash, feedback = source.partition("#")
        fraction = FULL if sign == "=" else Decimal(0)
        if share := _FRACTION.match(answer):
            fraction, answer = Decimal(share[1].replace(",", ".")), answer[share.end() :]
        value, tolerance = _value(answer)
        weighed.append(Weighed(value, fraction, _words(feedback, layout), tolerance))
    numeric(found, weighed)
    explain(found, general, weighed)


def _value(answer: str) -> tuple[str, str]:
    """Return value and tolerance of 3:0.1 or of 1..5; what is no number is left for its sentence."""
    said = revealed(answer).strip()
    if spread := _RANGE.match(said):
        low, high = number_of(spread[1]), number_of(spread[2])
        if low is not None and high is not None and low <= high:
            return written((low + high) / 2), written((high - low) / 2)
        return said, ""
    value, _colon, tolerance = said.partition(":")
    return value.strip(), tolerance.strip()
