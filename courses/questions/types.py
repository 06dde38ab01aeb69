"""Which class holds which type of question, and what is asked of what was shown."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from courses.questions.blanks import Blanks
from courses.questions.choice import Choice
from courses.questions.content import Content, Json, Malformed, Posted, unreadable
from courses.questions.matching import Matching
from courses.questions.numeric import Numeric
from courses.questions.ordering import Ordering
from courses.questions.short_text import ShortText
from courses.questions.spreadsheet import Spreadsheet

TYPES: dict[str, type[Content]] = {
    kind: known
    for known in (Choice, Matching, Ordering, Numeric, ShortText, Blanks, Spreadsheet)
    for kind in known.kinds
}


def simple_type(kind: str) -> type[Content]:
    """Return the class of a type; raise Malformed where there is no such type."""
    if kind not in TYPES:
        raise Malformed(_("“%(kind)s” is no type of question.") % {"kind": kind})
    return TYPES[kind]


def refuse_response(shown: Json, response: Any) -> str | None:
    """Say why a response does not fit what was shown, or None where it does; {} is no answer and fits."""
    if not isinstance(response, dict):
        return unreadable()
    return TYPES[shown["kind"]].refuse(shown, response)


def posted_response(shown: Json, data: Posted, name: str) -> Json:
    """Read the response to one question out of a plain form, whose fields begin with `name`."""
    return TYPES[shown["kind"]].posted(shown, data, name)


def is_empty(response: Any) -> bool:
    """Say whether a response answers nothing."""
    if isinstance(response, dict):
        return all(is_empty(one) for one in response.values())
    if isinstance(response, str):
        return not response.strip()
    return response is None or response == []
