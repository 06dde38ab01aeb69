"""Moodle XML, as Moodle 2 to 5 write it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from courses.banks.found import Found, Reading
from courses.banks.numbers import number_of
from courses.banks.reading import moodle_kinds
from courses.banks.reading.categories import difficulty_of, topic_of
from courses.banks.reading.markup import line_of, tree_of
from courses.banks.words import one_line, plain_of
from lms.base.importing import FileRefused

EVERY = 200
MAX_POINTS = Decimal(1000)
_DROPPED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback", "hint")


def read_moodle(text: str, progress: Callable[[int, int], None] | None = None) -> Reading:
    """Return the questions of a quiz file; raise FileRefused, naming the line, where it is none."""
    root, forbidden = tree_of(text)
    if root.tag != "quiz":
        raise FileRefused(
            _(
                "Line %(line)d: the file is XML but no Moodle quiz: it begins with <%(tag)s> instead of <quiz>."
            )
            % {"line": line_of(root), "tag": str(root.tag)[:40]}
        )
    reading = Reading()
    if forbidden:
        reading.warn(forbidden, _("Signs that XML forbids were left out."))
    questions, topic = root.findall("question"), None
    for done, element in enumerate(questions):
        if progress is not None and done % EVERY == 0:
            progress(done, len(questions))
        if element.get("type") == "category":
            topic = topic_of(_said(element, "category"))
        else:
            reading.questions.append(_question(element, topic))
    _say_what_is_dropped(reading, root, questions)
    return reading


def _question(element: Element, topic: str | None) -> Found:
    found = Found(line_of(element), topic=topic)
    found.name = one_line(_said(element, "name"))[:200]
    found.code = one_line(element.findtext("idnumber") or "")[:100]
    found.tags = [tag for one in element.findall("tags/tag") if (tag := one_line(_own_text(one)))]
    found.difficulty = difficulty_of(found.tags)
    found.points = _points(found, element)
    kind = (element.get("type") or "").strip().lower()
    general = _text(found, element.find("generalfeedback"), "generalfeedback")
    if kind in ("cloze", "multianswer"):
        found.explanation = general or None
        _warn_of_lost(found, element.find("questiontext"), "questiontext")
        moodle_kinds.cloze(found, element)
    else:
        found.text = _text(found, element.find("questiontext"), "questiontext")
        moodle_kinds.read_kind(found, element, kind, general)
    if not found.text and not found.refused:
        found.refuse(_("The question has no words."), what="questiontext")
    if (element.findtext("hidden") or "").strip() == "1":
        found.warn(_("The question was hidden in Moodle."), what="hidden")
    return found


def _points(found: Found, element: Element) -> Decimal | None:
    said = (element.findtext("defaultgrade") or "").strip()
    if not said:
        return None
    points = number_of(said)
    if points is None or not 0 < points <= MAX_POINTS:
        found.warn(
            _("The grade is no number above 0: the question counts one point."),
            what="defaultgrade",
            value=said,
        )
        return Decimal(1)
    return points


def _text(found: Found, element: Element | None, what: str) -> str:
    """Return what an element says; what is lost on the way is said at its line."""
    if element is None:
        return ""
    plain = plain_of(_own_text(element), element.get("format") or "html")
    _say_lost(found, element, plain.lost, what)
    return plain.text


def _warn_of_lost(found: Found, element: Element | None, what: str) -> None:
    if element is not None:
        _say_lost(found, element, plain_of(_own_text(element), element.get("format") or "html").lost, what)


def _say_lost(found: Found, element: Element, lost: tuple[str, ...], what: str) -> None:
    for sentence in lost:
        found.warn(sentence, what=what, place=line_of(element))
    if element.find("file") is not None and not lost:
        names = ", ".join(one.get("name", "") for one in element.findall("file"))
        found.warn(
            _("The attached file “%(name)s” was left out.") % {"name": names[:80]},
            what=what,
            place=line_of(element),
        )


def _own_text(element: Element) -> str:
    """Return the text of <x><text>…</text></x>, or of <x>…</x> in older files."""
    inner = element.find("text")
    return "".join((inner if inner is not None else element).itertext())


def _said(element: Element, name: str) -> str:
    child = element.find(name)
    return _own_text(child) if child is not None else ""


def _say_what_is_dropped(reading: Reading, root: Element, questions: list[Element]) -> None:
    """Say once for the whole file what questions here do not have."""
    for name, sentence in (
        ("hint", _("Hints for another try were left out (%(count)d): an answer in an exam is given once.")),
        (
            "penalty",
            _("Penalties for another try were left out (%(count)d): an answer in an exam is given once."),
        ),
    ):
        held = [child for one in questions for child in one.findall(name) if _is_said(name, child)]
        if held:
            reading.warn(line_of(held[0]), sentence % {"count": len(held)}, what=name)
    combined = [
        child
        for one in questions
        for name in _DROPPED[:3]
        for child in one.findall(name)
        if _own_text(child).strip()
    ]
    if combined:
        sentence = _("The same words for every right or wrong answer were left out (%(count)d).")
        reading.warn(line_of(combined[0]), sentence % {"count": len(combined)}, what=combined[0].tag)
    others = [child for child in root if child.tag != "question"]
    if others:
        sentence = _("<%(tag)s> is no question and was left out.") % {"tag": str(others[0].tag)[:40]}
        reading.warn(line_of(others[0]), sentence)


def _is_said(name: str, child: Element) -> bool:
    text = _own_text(child).strip()
    return bool(text) and (name != "penalty" or bool(number_of(text)))
