"""Types of questions: their content, what is shown of it, and what a response to it earns. Pure; no models."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

from courses.questions.blanks import Blank, Blanks
from courses.questions.case import Case, Part
from courses.questions.choice import Choice, Option
from courses.questions.content import NO_UPLOADS, Content, Json, Malformed, Posted, Uploads
from courses.questions.matching import Matching, Pair
from courses.questions.numbers import Unclear, stored_number, typed_number
from courses.questions.numeric import Numeric, Unit
from courses.questions.ordering import Item, Ordering
from courses.questions.sheet_rules import CHECKS, SheetRule
from courses.questions.short_text import ShortText
from courses.questions.spreadsheet import Spreadsheet
from courses.questions.types import TYPES, is_empty, posted_response, refuse_response, simple_type
from courses.questions.wording import Expected, Likeness
from courses.states import QuestionKind

TYPES[QuestionKind.CASE] = Case  # last: a case is made of all the others


def content_of(kind: str, data: Json) -> Content:
    """Read the content of a question from JSON; raise Malformed where it is none."""
    return simple_type(kind).from_json(kind, data)


def problems(content: Content) -> list[str]:
    """Say in sentences what an author still has to mend before the question can be used."""
    return list(content.problems())


def shown(content: Content, rng: Random) -> Json:
    """Return what a learner may see, in the order of one attempt; nothing of the key."""
    return content.shown(rng)


def grade(content: Content, response: Any, uploads: Uploads = NO_UPLOADS) -> Fraction:
    """Return the credit of a response, exactly, from 0 to 1. `uploads` are the workbooks it names, by id."""
    return content.grade(response, uploads) if isinstance(response, dict) else Fraction(0)


def uploads_in(response: Any) -> Iterator[str]:
    """Give the ids of the uploads a response names, those in the questions of a case too."""
    if isinstance(response, dict):
        if isinstance(response.get("upload"), str) and response["upload"]:
            yield response["upload"]
        for one in response.get("parts", {}).values() if isinstance(response.get("parts"), dict) else ():
            yield from uploads_in(one)


__all__ = [
    "CHECKS",
    "NO_UPLOADS",
    "TYPES",
    "Blank",
    "Blanks",
    "Case",
    "Choice",
    "Content",
    "Expected",
    "Item",
    "Json",
    "Likeness",
    "Malformed",
    "Matching",
    "Numeric",
    "Option",
    "Ordering",
    "Pair",
    "Part",
    "Posted",
    "SheetRule",
    "ShortText",
    "Spreadsheet",
    "Unclear",
    "Unit",
    "Uploads",
    "content_of",
    "grade",
    "is_empty",
    "posted_response",
    "problems",
    "refuse_response",
    "shown",
    "stored_number",
    "typed_number",
    "uploads_in",
]
