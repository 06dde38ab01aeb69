"""What the cells of a row mean for each type of question."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from courses.banks.found import Found, answers, options
from courses.banks.numbers import number_of, written
from courses.banks.reading.columns import LETTERS, unguarded
from courses.banks.reading.instructions import FILL_IN
from courses.banks.reading.weighing import true_false
from courses.banks.words import one_line
from lms.base.vietnamese import fold

Cells = dict[str, Any]
_SHARE = re.compile(r"^\[(\d{1,3})\s*%\]\s*")
_ARROW = re.compile(r"\s*(?:=>|→|⇒)\s*")
_SEPARATED = re.compile(r"[;,\s]+")
_BETWEEN = re.compile(r"(?<!\\)\|")
_YES = ("dung", "d", "true", "t", "yes", "co", "1", "a")
_NO = ("sai", "s", "false", "f", "no", "khong", "0", "b")
IGNORE = ("case", "accents", "punctuation")
RULE_CELLS = ("sheet", "cell", "check", "value", "tolerance", "points", "message")


def read_row(found: Found, cells: Cells) -> None:
    """Read the answer of a row by its type."""
    _KINDS[found.kind](found, cells)


def _choice(found: Found, cells: Cells) -> None:
    texts = [one_line(text) for text in cells["options"]]
    marks = _marks(cells.get("answer") or "", texts)
    if not marks:
        found.refuse(_("is missing: write the letters of the right options, such as A;C"), what="answer")
        return
    right = set()
    for mark in marks:
        place = (
            int(mark) - 1
            if mark.isdigit() and len(mark) < 3
            else LETTERS.find(mark)
            if len(mark) == 1
            else -1
        )
        if place < 0 or place >= len(texts) or not texts[place]:
            sentence = _("names the option “%(mark)s”, which the row does not have") % {"mark": mark[:40]}
            found.refuse(sentence, what="answer", value=cells["answer"])
            return
        right.add(place)
    found.content = {"options": options((text, place in right) for place, text in enumerate(texts) if text)}
    if found.kind == "multiple" and cells.get("partial"):
        found.content["partial"] = cells["partial"]


def _marks(answer: str, texts: list[str]) -> list[str]:
    """Return the letters (or numbers) of the right options: A;C, AC, 1;3, or the words of one of them."""
    said = one_line(answer)
    if said and said in texts and len(said) > 1:
        return [LETTERS[texts.index(said)]]
    marks = [mark.upper() for mark in _SEPARATED.split(said) if mark]
    if len(marks) == 1 and len(marks[0]) > 1 and set(marks[0]) <= set(LETTERS[: len(texts)]):
        return list(marks[0])
    return marks


def _true_false(found: Found, cells: Cells) -> None:
    said = fold(cells.get("answer") or "").strip(".")
    if said not in (*_YES, *_NO):
        found.refuse(_("must be Đúng or Sai"), what="answer", value=cells.get("answer") or "")
        return
    true_false(found, is_true=said in _YES)


def _matching(found: Found, cells: Cells) -> None:
    pairs, decoys = [], []
    for letter, text in _filled(cells):
        left, *right = _ARROW.split(one_line(text), maxsplit=1)
        if not right or not right[0]:
            sentence = _("must be a pair such as left => right, or => right for a decoy")
            found.refuse(sentence, what=f"option_{letter}", value=text)
        elif left:
            pairs.append({"left": left, "right": right[0]})
        else:
            decoys.append(right[0])
    found.content = {"pairs": pairs, "decoys": decoys}
    _partial(found, cells)


def _ordering(found: Found, cells: Cells) -> None:
    found.content = {"items": [{"text": one_line(text)} for _letter, text in _filled(cells)]}
    _partial(found, cells)


def _partial(found: Found, cells: Cells) -> None:
    if cells.get("partial"):
        found.content["partial"] = cells["partial"]


def _numeric(found: Found, cells: Cells) -> None:
    value = number_of(unguarded(cells.get("answer") or ""))
    if value is None:
        found.refuse(_("must be a number such as 12,5"), what="answer", value=cells.get("answer") or "")
        return
    found.content = {"value": written(value)}
    said = (cells.get("tolerance") or "0").strip()
    tolerance = number_of(said.removesuffix("%"))
    if tolerance is None or tolerance < 0:
        found.refuse(_("must be a number such as 0,5 or a share such as 2%"), what="tolerance", value=said)
        return
    found.content["tolerance"] = written(tolerance)
    found.content["tolerance_kind"] = "percent" if said.endswith("%") else "absolute"
    _units(found, cells)


def _units(found: Found, cells: Cells) -> None:
    if "units" not in cells:
        return
    units = []
    for part in (cells["units"] or "").split(";"):
        name, _equals, factor = part.strip().rpartition("=") if "=" in part else (part.strip(), "", "1")
        number = number_of(factor)
        if name and number is None:
            sentence = _("must be units with their factors, such as km=1; m=0,001")
            found.refuse(sentence, what="units", value=cells["units"])
            return
        if name and number is not None:
            units.append({"unit": one_line(name), "factor": written(number)})
    found.content["units"] = units
    found.content["unit_required"] = bool(cells.get("unit_required"))


def _short(found: Found, cells: Cells) -> None:
    said = [text for _letter, text in _filled(cells)]
    if cells.get("answer"):
        said.insert(0, cells["answer"])
    found.content = {"answers": answers(_shared(found, "answer", text) for text in said)}
    _ignore(found.content, cells, IGNORE)


def _shared(found: Found, what: str, text: str) -> tuple[str, int]:
    """Return the words of “[50%] words” and their share."""
    line = one_line(text)
    share = _SHARE.match(line)
    percent = int(share[1]) if share else 100
    if not 1 <= percent <= 100:
        found.refuse(_("has a share that is not from 1 to 100 percent"), what=what, value=text)
    return (line[share.end() :] if share else line), percent


def _ignore(content: dict[str, Any], cells: Cells, names: tuple[str, ...]) -> None:
    if cells.get("ignore") is not None:
        content.update({f"ignore_{name}": name in cells["ignore"] for name in names})


def _blanks(found: Found, cells: Cells) -> None:
    passage = cells.get("passage") or found.text
    if not cells.get("passage"):
        found.text = FILL_IN
    blanks = []
    for letter, text in _filled(cells):
        number = LETTERS.index(letter.upper()) + 1
        blank: dict[str, Any] = {"key": str(number), "answers": [], "choices": []}
        parts = [part.replace("\\|", "|").strip() for part in _BETWEEN.split(text)]
        is_choice = any(part.startswith("~") for part in parts)
        for part in filter(None, parts):
            if part.startswith("~"):
                blank["choices"].append(one_line(part[1:]))
                continue
            words, percent = _shared(found, f"option_{letter}", part)
            blank["answers"].append({"text": words, "percent": percent})
            if is_choice:
                blank["choices"].append(words)
        _ignore(blank, cells, IGNORE[:2])
        blanks.append(blank)
    found.content = {"text": passage, "blanks": blanks}


def _case(found: Found, cells: Cells) -> None:
    """The questions follow in the rows below."""
    passage = cells.get("passage") or found.text
    found.content = {"text": passage, "parts": []}


def _spreadsheet(found: Found, cells: Cells) -> None:
    """One rule in each option cell: sheet; cell; check; value; tolerance; points; message."""
    rules = []
    for letter, text in _filled(cells):
        said = [part.strip() for part in one_line(text).split(";", maxsplit=len(RULE_CELLS) - 1)]
        rule: dict[str, Any] = {name: value for name, value in zip(RULE_CELLS, said, strict=False) if value}
        number = rule.get("points", "1")
        if len(said) < 3 or not number.isdigit():
            sentence = _("must be a rule such as Sheet1; B7; number; 1250; 0,5; 1; The sum is wrong")
            found.refuse(sentence, what=f"option_{letter}", value=text)
            continue
        rule["points"] = int(number)
        for name in ("value", "tolerance"):
            if name in rule and (exact := number_of(rule[name])) is not None:
                rule[name] = written(exact)
        rules.append(rule)
    found.content = {"instructions": cells.get("passage") or found.text, "rules": rules}


def _filled(cells: Cells) -> list[tuple[str, str]]:
    return [(LETTERS[place].lower(), text) for place, text in enumerate(cells["options"]) if text]


_KINDS: dict[str, Callable[[Found, Cells], None]] = {
    "single": _choice,
    "multiple": _choice,
    "true_false": _true_false,
    "matching": _matching,
    "ordering": _ordering,
    "numeric": _numeric,
    "short_text": _short,
    "blanks": _blanks,
    "case": _case,
    "spreadsheet": _spreadsheet,
}
