"""Moodle's embedded answers (cloze): {1:SHORTANSWER:=Hà Nội~%50%Ha Noi#gần đúng}."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from courses.banks.found import Found, answers
from courses.banks.numbers import number_of
from courses.banks.reading.instructions import ANSWER_ALL, FILL_IN, instruction
from courses.banks.reading.weighing import FULL, Weighed, accepted, choose, earning, numeric, short_text
from courses.banks.words import one_line, plain_of

_START = re.compile(
    r"\{(?P<weight>\d*):(?P<type>SHORTANSWER|SHORTANSWER_C|SA|SAC|MW|MWC|NUMERICAL|NM"
    r"|MULTICHOICE|MULTICHOICE_S|MULTICHOICE_V|MULTICHOICE_VS|MULTICHOICE_H|MULTICHOICE_HS|MC|MCS|MCV|MCVS|MCH|MCHS"
    r"|MULTIRESPONSE|MULTIRESPONSE_S|MULTIRESPONSE_H|MULTIRESPONSE_HS|MR|MRS|MRH|MRHS):",
    re.IGNORECASE,
)
_LOOKS_LIKE_ONE = re.compile(r"\{\d*:[A-Za-z_]+:")
_FRACTION = re.compile(r"%(-?\d+(?:[.,]\d+)?)%")
MAX_WEIGHT = 100
_ESCAPED = re.compile(r"\\([}#~/\"\\{=])")
_SHORT = ("SHORTANSWER", "SHORTANSWER_C", "SA", "SAC", "MW", "MWC")
_CASED = ("SHORTANSWER_C", "SAC", "MWC")


@dataclass
class Gap:
    """One gap: its kind (text, choice, several, number), its weight and its answers."""

    kind: str
    weight: int
    weighed: list[Weighed] = field(default_factory=list)
    is_cased: bool = False


def read_cloze(found: Found, source: str, layout: str) -> None:
    """Make it blanks, or a case where its gaps weigh differently or hold numbers with a tolerance."""
    text, gaps = _gaps(found, source)
    found.text = plain_of(text, layout).text
    if not gaps and not found.refused:
        found.refuse(_("The text holds no gap such as {1:SHORTANSWER:=…}."), what="questiontext")
    if found.refused:
        return
    if len({gap.weight for gap in gaps}) > 1 or not all(map(_fits_blank, gaps)):
        _case(found, gaps)
    else:
        _blanks(found, gaps)


def _gaps(found: Found, source: str) -> tuple[str, list[Gap]]:
    """Return the text with [[1]] for each gap, and the gaps."""
    parts: list[str] = []
    gaps: list[Gap] = []
    at = 0
    for start in _START.finditer(source):
        if start.start() < at:
            continue
        end = _end(source, start.end())
        if end is None:
            found.refuse(_("A gap is not closed: its } is missing."), what="questiontext", value=start[0])
            return source, []
        parts += [source[at : start.start()], f"[[{len(gaps) + 1}]]"]
        gaps.append(_gap(start, source[start.end() : end]))
        at = end + 1
    rest = "".join([*parts, source[at:]])
    if unknown := _LOOKS_LIKE_ONE.search(rest):
        found.refuse(
            _("The kind of the gap %(gap)s is not known.") % {"gap": unknown[0]}, what="questiontext"
        )
    return rest, gaps


def _end(source: str, at: int) -> int | None:
    while at < len(source):
        if source[at] == "\\":
            at += 1
        elif source[at] == "}":
            return at
        at += 1
    return None


def _gap(start: re.Match[str], body: str) -> Gap:
    kind = start["type"].upper()
    gap = Gap(_kind(kind), int(start["weight"] or 1) or 1, is_cased=kind in _CASED)
    for part in _split(body, "~"):
        if part.strip():
            gap.weighed.append(_weighed(part, numeric=gap.kind == "number"))
    return gap


def _kind(name: str) -> str:
    if name in _SHORT:
        return "text"
    if name in ("NUMERICAL", "NM"):
        return "number"
    return "several" if name.startswith(("MULTIRESPONSE", "MR")) else "choice"


def _weighed(part: str, *, numeric: bool) -> Weighed:
    answer, *feedback = _split(part.strip(), "#", most=1)
    fraction = Decimal(0)
    if answer.startswith("="):
        fraction, answer = FULL, answer[1:]
    elif share := _FRACTION.match(answer):
        fraction, answer = Decimal(share[1].replace(",", ".")), answer[share.end() :]
    tolerance = ""
    if numeric:
        answer, _colon, tolerance = answer.partition(":")
    return Weighed(_words(answer), fraction, _words(feedback[0]) if feedback else "", tolerance.strip())


def _split(text: str, sign: str, most: int = 0) -> list[str]:
    """Split at a sign that no backslash escapes."""
    parts: list[str] = []
    start = at = 0
    while at < len(text) and not (most and len(parts) == most):
        if text[at] == "\\":
            at += 1
        elif text[at] == sign and not _is_entity(text, at, sign):
            parts.append(text[start:at])
            start = at + 1
        at += 1
    return [*parts, text[start:]]


def _is_entity(text: str, at: int, sign: str) -> bool:
    """Tell whether a # belongs to an entity such as &#39;."""
    return sign == "#" and text[at - 1 : at] == "&"


def _words(text: str) -> str:
    return one_line(plain_of(_ESCAPED.sub(r"\1", text), "html").text)


def _fits_blank(gap: Gap) -> bool:
    """A blank holds words or a choice of words; a number only where it is exact."""
    if gap.kind == "number":
        return all((number_of(one.tolerance or "0") or 0) == 0 for one in gap.weighed)
    return gap.kind != "several"


def _blanks(found: Found, gaps: list[Gap]) -> None:
    blanks: list[dict[str, Any]] = []
    for number, gap in enumerate(gaps, start=1):
        take = earning if gap.kind == "choice" else accepted
        kept = take(found, gap.weighed, what=f"[[{number}]]")
        if gap.kind == "number":
            kept += [(text.replace(".", ","), percent) for text, percent in kept if "." in text]
        blank: dict[str, Any] = {"key": str(number), "answers": answers(kept), "choices": []}
        if gap.kind == "choice":
            blank["choices"] = list(dict.fromkeys(one.text for one in gap.weighed if one.text))
        else:
            blank["ignore_case"] = not gap.is_cased
        blanks.append(blank)
    found.kind, found.content = "blanks", {"text": found.text, "blanks": blanks}
    found.text = instruction(found.name, re.sub(r"\[\[\d+\]\]", "", found.text), FILL_IN)
    _explain(found, gaps)


def _case(found: Found, gaps: list[Gap]) -> None:
    """Each gap becomes a part of a case; the text names them (1), (2), …"""
    text = re.sub(r"\[\[(\d+)\]\]", r"(\1) ____", found.text)
    parts = []
    for number, gap in enumerate(gaps, start=1):
        part = Found(found.place)
        _part(part, gap)
        for problem in part.problems:
            found.problems.append(problem)
        parts.append(
            {
                "key": str(number),
                "kind": part.kind,
                "text": f"({number})",
                "points": min(gap.weight, MAX_WEIGHT),
                "content": part.content,
            }
        )
    found.kind, found.content = "case", {"text": text, "parts": parts}
    found.text = instruction(found.name, text, ANSWER_ALL)
    _explain(found, gaps)


def _part(part: Found, gap: Gap) -> None:
    if gap.kind == "number":
        numeric(part, gap.weighed)
    elif gap.kind == "text":
        short_text(part, gap.weighed, ignore_case=not gap.is_cased)
    else:
        choose(part, gap.weighed, single=gap.kind == "choice")


def _explain(found: Found, gaps: list[Gap]) -> None:
    said = [
        f"({n}) {one.text}: {one.feedback}"
        for n, gap in enumerate(gaps, 1)
        for one in gap.weighed
        if one.feedback
    ]
    if said:
        found.explanation = "\n".join(filter(None, [found.explanation, *said]))
