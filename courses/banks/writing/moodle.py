"""Moodle XML, as Moodle 4 and 5 read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _

from courses.banks.found import Found
from courses.banks.notes import ignored_of, tags_of
from courses.banks.numbers import written
from courses.banks.reading.categories import path_of
from courses.banks.writing.written import (
    Written,
    is_told_by_weights,
    multiplier_of,
    name_of,
    tolerance_of,
    weights,
    without_form,
)

Lines = list[str]
_ORDER_RULES = {
    "none": "ALL_OR_NOTHING",
    "per_position": "ABSOLUTE_POSITION",
    "per_neighbours": "RELATIVE_NEXT_EXCLUDE_LAST",
}
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
_MARK = re.compile(r"\[\[(\w{1,20})\]\]")
_CLOZE_SIGNS = re.compile(r"[\\}~#]")
_LIKE_CLOZE = re.compile(r"\{\d*:[A-Za-z_]+:")


def write_moodle(questions: Iterable[Found]) -> Written:
    """Return the questions as a quiz file; types Moodle's format lacks are named and left out."""
    done, parts, topic = Written(), [HEAD], None
    for found in questions:
        write = _KINDS.get(found.kind)
        if write is None:
            done.leave_out(found, without_form(found.kind))
            continue
        body = write(done, found)
        if body is None:
            continue
        if (found.topic or "") != topic:
            topic = found.topic or ""
            parts.append(_category(topic))
        parts.append(_question(found, body))
        done.count += 1
    parts.append("</quiz>\n")
    done.content = "".join(parts).encode()
    return done


class _Body:
    """What a type writes: its name in Moodle, its lines, its text, and notes for what Moodle has no word for."""

    def __init__(self, kind: str, lines: Lines, *, text: str, **notes: str) -> None:
        self.kind, self.lines, self.text, self.notes = kind, lines, text, notes


def _category(topic: str) -> str:
    return f'  <question type="category">\n    <category><text>{escape(path_of(topic))}</text></category>\n  </question>\n'


def _question(found: Found, body: _Body) -> str:
    lines = [
        f'  <question type="{body.kind}">',
        f"    <name><text>{escape(name_of(found))}</text></name>",
        _said("questiontext", body.text),
        _said("generalfeedback", found.explanation or ""),
        *([f"    <defaultgrade>{written(found.points)}</defaultgrade>"] if found.points else []),
        "    <penalty>0</penalty>",
        "    <hidden>0</hidden>",
        f"    <idnumber>{escape(found.code)}</idnumber>",
        *body.lines,
    ]
    tags = tags_of(found, **body.notes)
    if tags:
        lines += [
            "    <tags>",
            *(f"      <tag><text>{escape(tag)}</text></tag>" for tag in tags),
            "    </tags>",
        ]
    return "\n".join([*lines, "  </question>\n"])


def _said(name: str, text: str) -> str:
    return f'    <{name} format="plain_text"><text>{escape(text)}</text></{name}>'


def _answer(text: str, fraction: Decimal, *inner: str) -> str:
    within = "".join(inner)
    return (
        f'    <answer fraction={quoteattr(written(fraction))} format="plain_text"><text>{escape(text)}</text>{within}'
        '<feedback format="plain_text"><text></text></feedback></answer>'
    )


def _single(done: Written, found: Found) -> _Body:
    return _Body("multichoice", ["    <single>true</single>", *_options(found)], text=found.text)


def _multiple(done: Written, found: Found) -> _Body:
    lines, partial = ["    <single>false</single>", *_options(found)], found.content.get("partial", "none")
    if partial == "none":
        done.warn(found, _("Moodle gives part of the points where only some right options are chosen."))
    notes = {} if is_told_by_weights(found.content) else {"partial": partial}
    return _Body("multichoice", lines, text=found.text, **notes)


def _options(found: Found) -> Lines:
    shares = weights(found.content)
    if found.kind == "single":
        shares = [max(share, Decimal(0)) for share in shares]
    return [
        "    <shuffleanswers>true</shuffleanswers>",
        "    <answernumbering>ABCD</answernumbering>",
        *(
            _answer(option["text"], share)
            for option, share in zip(found.content["options"], shares, strict=True)
        ),
    ]


def _true_false(done: Written, found: Found) -> _Body:
    is_true = truth_of(found.content)
    shares = [("true", Decimal(100 if is_true else 0)), ("false", Decimal(0 if is_true else 100))]
    return _Body("truefalse", [_answer(word, share) for word, share in shares], text=found.text)


def truth_of(content: dict[str, Any]) -> bool:
    """Tell whether the first option, the one that says yes, is right."""
    return bool(content["options"][0]["is_right"])


def _matching(done: Written, found: Found) -> _Body:
    rows = [(pair["left"], pair["right"]) for pair in found.content["pairs"]]
    rows += [("", decoy) for decoy in found.content.get("decoys", [])]
    lines = [
        f'    <subquestion format="plain_text"><text>{escape(left)}</text><answer><text>{escape(right)}</text></answer></subquestion>'
        for left, right in rows
    ]
    notes = {}
    if found.content.get("partial", "none") == "none":
        notes = {"partial": "none"}
        done.warn(found, _("Moodle gives part of the points for each pair."))
    return _Body("matching", ["    <shuffleanswers>true</shuffleanswers>", *lines], text=found.text, **notes)


def _ordering(done: Written, found: Found) -> _Body:
    kind = _ORDER_RULES[found.content.get("partial", "none")]
    head = [
        "    <layouttype>VERTICAL</layouttype>",
        "    <selecttype>ALL</selecttype>",
        f"    <gradingtype>{kind}</gradingtype>",
    ]
    items = [
        _answer(item["text"], Decimal(place)) for place, item in enumerate(found.content["items"], start=1)
    ]
    return _Body("ordering", [*head, *items], text=found.text)


def _numeric(done: Written, found: Found) -> _Body:
    content = found.content
    lines = [_answer(content["value"], Decimal(100), f"<tolerance>{tolerance_of(content)}</tolerance>")]
    units = content.get("units", [])
    if units:
        required = content.get("unit_required")
        lines.append(f"    <unitgradingtype>{1 if required else 0}</unitgradingtype>")
        lines.append("    <unitpenalty>1</unitpenalty>")
        lines.append("    <showunits>2</showunits>")
        lines.append("    <unitsleft>0</unitsleft>")
        lines += ["    <units>", *(_unit(unit) for unit in units), "    </units>"]
    notes: dict[str, str] = {}
    if content.get("tolerance_kind") == "percent":
        notes["percent"] = content["tolerance"]
    if any(written(1 / Decimal(multiplier_of(unit["factor"]))) != unit["factor"] for unit in units):
        notes["units"] = ";".join(f"{unit['unit']}={unit['factor']}" for unit in units)
    return _Body("numerical", lines, text=found.text, **notes)


def _unit(unit: dict[str, str]) -> str:
    return f"      <unit><multiplier>{multiplier_of(unit['factor'])}</multiplier><unit_name>{escape(unit['unit'])}</unit_name></unit>"


def _short(done: Written, found: Found) -> _Body:
    content = found.content
    lines = [f"    <usecase>{0 if content.get('ignore_case') else 1}</usecase>"]
    lines += [
        _answer(answer["text"].replace("*", "\\*"), Decimal(answer["percent"]))
        for answer in content["answers"]
    ]
    notes = {}
    if content.get("ignore_accents") or content.get("ignore_punctuation"):
        notes = {"ignore": ignored_of(content)}
        done.warn(found, _("Moodle compares accents and punctuation exactly."))
    return _Body("shortanswer", lines, text=found.text, **notes)


def _blanks(done: Written, found: Found) -> _Body | None:
    content = found.content
    if _LIKE_CLOZE.search(content["text"]):
        done.leave_out(found, _("The passage itself holds something that Moodle would take for a gap."))
        return None
    gaps = {blank["key"]: _gap(blank) for blank in content["blanks"]}
    text = _MARK.sub(lambda match: gaps.get(match[1], match[0]), content["text"])
    typed = [blank for blank in content["blanks"] if not blank.get("choices")]
    notes = {}
    if any(blank.get("ignore_accents") for blank in typed):
        if len({ignored_of(blank) for blank in typed}) > 1:
            done.leave_out(found, _("Its blanks differ in whether accents count, which Moodle cannot say."))
            return None
        notes = {"ignore": ignored_of(typed[0])}
        done.warn(found, _("Moodle compares accents and punctuation exactly."))
    return _Body("cloze", [], text=text, **notes)


def _gap(blank: dict[str, Any]) -> str:
    percents = {answer["text"]: answer["percent"] for answer in blank["answers"]}
    if choices := blank.get("choices"):
        said = [_alternative(text, percents.get(text, 0)) for text in choices]
        return f"{{1:MULTICHOICE:{'~'.join(said)}}}"
    kind = "SHORTANSWER" if blank.get("ignore_case") else "SHORTANSWER_C"
    said = [_alternative(text.replace("*", "\\*"), percent) for text, percent in percents.items()]
    return f"{{1:{kind}:{'~'.join(said)}}}"


def _alternative(text: str, percent: int) -> str:
    words = _CLOZE_SIGNS.sub(r"\\\g<0>", escape(text))
    return f"={words}" if percent == 100 else f"%{percent}%{words}"


_KINDS: dict[str, Callable[[Written, Found], _Body | None]] = {
    "single": _single,
    "multiple": _multiple,
    "true_false": _true_false,
    "matching": _matching,
    "ordering": _ordering,
    "numeric": _numeric,
    "short_text": _short,
    "blanks": _blanks,
}
