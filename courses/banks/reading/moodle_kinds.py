"""The question types of Moodle XML, one by one."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.banks.found import Found, answers
from courses.banks.numbers import number_of, written
from courses.banks.reading.cloze import read_cloze
from courses.banks.reading.instructions import FILL_IN, instruction
from courses.banks.reading.markup import line_of
from courses.banks.reading.weighing import FULL, Weighed, choose, explain, numeric, short_text, true_false
from courses.banks.words import one_line, plain_of
from lms.base.vietnamese import fold

Read = Callable[[Found, Element, str], None]
MARKED = gettext_lazy("is marked by a person; here every answer is graded by the server")
WILD = gettext_lazy("draws its numbers anew for each learner, by a formula")
ON_PICTURE = gettext_lazy("is answered on a picture")
REFUSED = {
    "essay": MARKED,
    "description": gettext_lazy("is a text without a question"),
    "calculated": WILD,
    "calculatedsimple": WILD,
    "calculatedmulti": WILD,
    "ddimageortext": ON_PICTURE,
    "ddmarker": ON_PICTURE,
    "random": gettext_lazy("draws from another category; an exam's blueprint does that here"),
    "randomsamatch": gettext_lazy("draws from other questions; an exam's blueprint does that here"),
    "kprime": gettext_lazy("has several statements in one question, each true or false"),
    "mtf": gettext_lazy("has several statements in one question, each true or false"),
    "coderunner": gettext_lazy("runs a program of the learner"),
    "stack": gettext_lazy("needs a computer algebra system"),
    "missingtype": gettext_lazy("was already unknown to the Moodle that wrote the file"),
}
_GAP = re.compile(r"\[\[(\d+)\]\]")
_TRUE = ("true", "dung", "đúng")
# By number as older versions write them, by name as newer ones do.
_ORDER_RULES = {
    "-1": "none",
    "ALL_OR_NOTHING": "none",
    "0": "per_position",
    "ABSOLUTE_POSITION": "per_position",
}


def read_kind(found: Found, element: Element, kind: str, general: str) -> None:
    """Read the question by its type, or say why its type is not taken."""
    read = _KINDS.get(kind)
    if read is not None:
        read(found, element, general)
        return
    reason = REFUSED.get(kind, _("is a type that questions here do not have"))
    found.refuse(
        _("The type “%(type)s” is not taken: such a question %(reason)s.")
        % {"type": kind or "?", "reason": reason},
        what="type",
        value=kind,
    )


def cloze(found: Found, element: Element) -> None:
    """Embedded answers: blanks or a case."""
    text = element.find("questiontext")
    if text is None:
        found.refuse(_("The question has no words."), what="questiontext")
    else:
        read_cloze(found, _own_text(text), text.get("format") or "html")


def _multichoice(found: Found, element: Element, general: str) -> None:
    weighed = _answers(found, element)
    single = (element.findtext("single") or "true").strip().lower() in ("true", "1", "yes")
    choose(found, weighed, single=single)
    explain(found, general, weighed)


def _choice_set(found: Found, element: Element, general: str) -> None:
    """All or nothing: the type “multichoiceset”."""
    weighed = _answers(found, element)
    choose(found, weighed, single=False)
    if not found.refused:
        found.content["partial"] = "none"
    explain(found, general, weighed)


def _true_false(found: Found, element: Element, general: str) -> None:
    right = [one for one in _answers(found, element) if one.fraction > 0]
    if len(right) != 1:
        found.refuse(_("Exactly one of true and false must earn 100 %."), what="answer")
        return
    true_false(found, is_true=fold(right[0].text) in _TRUE)
    explain(found, general, _in_words(_answers(found, element)))


def _in_words(weighed: list[Weighed]) -> list[Weighed]:
    return [
        Weighed("Đúng" if fold(one.text) in _TRUE else "Sai", one.fraction, one.feedback) for one in weighed
    ]


def _short(found: Found, element: Element, general: str) -> None:
    weighed = _answers(found, element)
    short_text(found, weighed, ignore_case=(element.findtext("usecase") or "0").strip() in ("0", "false"))
    explain(found, general, weighed)


def _numerical(found: Found, element: Element, general: str) -> None:
    weighed = _answers(found, element)
    numeric(found, weighed)
    if not found.refused:
        _units(found, element)
    explain(found, general, weighed)


def _units(found: Found, element: Element) -> None:
    """A response in a unit is divided by Moodle's multiplier; our factor multiplies."""
    units = []
    for unit in element.findall("units/unit"):
        name = one_line(unit.findtext("unit_name") or "")
        multiplier = number_of(unit.findtext("multiplier") or "1")
        if not name or not multiplier:
            found.refuse(
                _("A unit needs a name and a multiplier other than 0."), what="unit", place=line_of(unit)
            )
            return
        factor = 1 / multiplier
        if factor * multiplier != 1 and number_of(found.content["tolerance"]) == 0:
            sentence = _(
                "The factor of “%(unit)s” has no exact decimal: give a tolerance, or its answers count as wrong."
            )
            found.warn(sentence % {"unit": name}, what="multiplier", place=line_of(unit))
        units.append({"unit": name, "factor": written(factor)})
    grading = (element.findtext("unitgradingtype") or "0").strip()
    found.content["units"] = units
    found.content["unit_required"] = bool(units) and grading in ("1", "2")


def _matching(found: Found, element: Element, general: str) -> None:
    pairs, decoys = [], []
    for sub in element.findall("subquestion"):
        left, right = _words(found, sub, "subquestion"), _words(found, sub.find("answer"), "answer")
        if left and right:
            pairs.append({"left": left, "right": right})
        elif right:
            decoys.append(right)
        elif left:
            found.refuse(
                _("“%(left)s” has no partner.") % {"left": left[:80]}, what="subquestion", place=line_of(sub)
            )
    found.kind, found.content = "matching", {"pairs": pairs, "decoys": decoys, "partial": "per_pair"}
    if len(pairs) < 2 and not found.refused:
        found.refuse(_("Matching needs at least two pairs."), what="subquestion")
    explain(found, general)


def _ordering(found: Found, element: Element, general: str) -> None:
    items = [{"text": one.text} for one in _answers(found, element) if one.text]
    rule = _ORDER_RULES.get((element.findtext("gradingtype") or "0").strip().upper(), "per_neighbours")
    found.kind, found.content = "ordering", {"items": items, "partial": rule}
    if len(items) < 2:
        found.refuse(_("Ordering needs at least two items."), what="answer")
    explain(found, general)


def _select_words(found: Found, element: Element, general: str) -> None:
    """Gaps [[1]] filled from a list: choices of the same group."""
    boxes = element.findall("selectoption") or element.findall("dragbox")
    words = [_words(found, box, box.tag) for box in boxes]
    groups = [(box.findtext("group") or "1").strip() for box in boxes]
    blanks: list[dict[str, object]] = []

    def gap(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        if not 0 <= place < len(words):
            found.refuse(_("The gap %(gap)s has no word.") % {"gap": match[0]}, what="questiontext")
            return match[0]
        choices = list(
            dict.fromkeys(w for w, group in zip(words, groups, strict=True) if group == groups[place])
        )
        key = str(len(blanks) + 1)
        blanks.append({"key": key, "answers": answers([(words[place], 100)]), "choices": choices})
        return f"[[{key}]]"

    found.text = _GAP.sub(gap, found.text)
    if not blanks and not found.refused:
        found.refuse(_("The text holds no gap such as [[1]]."), what="questiontext")
    found.kind, found.content = "blanks", {"text": found.text, "blanks": blanks}
    found.text = instruction(found.name, _GAP.sub("", found.text), FILL_IN)
    explain(found, general)


def _answers(found: Found, element: Element) -> list[Weighed]:
    return [_weighed(found, one) for one in element.findall("answer")]


def _weighed(found: Found, answer: Element) -> Weighed:
    said = (answer.get("fraction") or answer.findtext("fraction") or "0").strip()
    fraction = number_of(said)
    if fraction is None or abs(fraction) > FULL:
        sentence = _("The share “%(share)s” is no number from -100 to 100.") % {"share": said[:40]}
        found.refuse(sentence, what="fraction", value=said, place=line_of(answer))
        fraction = Decimal(0)
    feedback = answer.find("feedback")
    return Weighed(
        _words(found, answer, "answer"),
        fraction,
        _words(found, feedback, "feedback") if feedback is not None else "",
        (answer.findtext("tolerance") or "").strip(),
    )


def _words(found: Found, element: Element | None, what: str) -> str:
    if element is None:
        return ""
    plain = plain_of(_own_text(element), element.get("format") or "html")
    for sentence in plain.lost:
        found.warn(sentence, what=what, place=line_of(element))
    return one_line(plain.text)


def _own_text(element: Element) -> str:
    inner = element.find("text")
    if inner is None:
        return element.text or ""
    return "".join(inner.itertext())


_KINDS: dict[str, Read] = {
    "multichoice": _multichoice,
    "multichoiceset": _choice_set,
    "truefalse": _true_false,
    "shortanswer": _short,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "ordering": _ordering,
    "gapselect": _select_words,
    "ddwtos": _select_words,
}
