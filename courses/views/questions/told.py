"""What the template of each type needs to tell, after release, what was given and what is right."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from courses.questions import (
    NO_UPLOADS,
    Blanks,
    Case,
    Choice,
    Content,
    Expected,
    Json,
    Likeness,
    Matching,
    Numeric,
    Ordering,
    ShortText,
    Spreadsheet,
    Uploads,
    stored_number,
)
from courses.questions.wording import credit

Parts = dict[str, Any]


def told(content: Content, shown: Json, response: Json, uploads: Uploads = NO_UPLOADS) -> Parts:
    """Return what the type's own template needs."""
    match content:
        case Choice():
            return _options(content, shown, response)
        case Case():
            return _case(content, shown, response, uploads)
        case Spreadsheet():
            return _rules(content, response, uploads)
        case _:
            return {"template": "courses/questions/lines_told.html", **_lines(content, shown, response)}


def _lines(content: Content, shown: Json, response: Json) -> Parts:
    match content:
        case Matching():
            return {"label": _("Line"), "lines": _pairs(content, shown, response)}
        case Ordering():
            return {"label": _("Place"), "lines": _places(content, response)}
        case Numeric():
            return {"lines": [_number(content, response)]}
        case ShortText():
            return {"lines": [_text(content.answers, content.likeness, str(response.get("text", "")))]}
        case Blanks():
            return {"label": _("Blank"), "text": content.text, "lines": _blanks(content, response)}
    raise TypeError(type(content))


def _options(content: Choice, shown: Json, response: Json) -> Parts:
    chosen, right = response.get("chosen", []), content.key()["chosen"]
    return {
        "template": "courses/questions/choice_told.html",
        "options": [
            {**option, "is_chosen": option["key"] in chosen, "is_right": option["key"] in right}
            for option in shown["options"]
        ],
    }


def _pairs(content: Matching, shown: Json, response: Json) -> list[Parts]:
    given = response.get("pairs", {})
    right = {pair.key: pair.right for pair in content.pairs}
    return [
        _line(left["text"], given.get(left["key"], ""), right.get(left["key"], "")) for left in shown["lefts"]
    ]


def _places(content: Ordering, response: Json) -> list[Parts]:
    texts = {item.key: item.text for item in content.items}
    at = {place: texts.get(key, "") for key, place in response.get("places", {}).items()}
    return [
        _line(str(place), at.get(place, ""), item.text) for place, item in enumerate(content.items, start=1)
    ]


def _line(label: str, given: str, right: str) -> Parts:
    return {"label": label, "given": given, "right": right, "is_right": given == right}


def _number(content: Numeric, response: Json) -> Parts:
    given = f"{response.get('number', '')} {response.get('unit', '')}".strip()
    right = f"{_decimal(content.value)} {content.own_unit}".strip()
    if stored_number(content.tolerance):
        per = "%" if content.tolerance_kind == "percent" else ""
        right = f"{right} ± {_decimal(content.tolerance)}{per}"
    return {"label": "", "given": given, "right": right, "is_right": content.grade(response, NO_UPLOADS) == 1}


def _decimal(number: str) -> str:
    return number.replace(".", ",")


def _text(answers: list[Expected], likeness: Likeness, given: str, label: str = "") -> Parts:
    share = credit(answers, given, likeness)
    return {
        "label": label,
        "given": given,
        "right": " / ".join(one.text for one in answers if one.percent == 100),
        "is_right": share == 1,
        "is_partly_right": 0 < share < 1,
    }


def _blanks(content: Blanks, response: Json) -> list[Parts]:
    given = response.get("blanks", {})
    return [
        _text(blank.answers, blank.likeness, str(given.get(blank.key, "")), blank.key)
        for blank in content.blanks
    ]


def _case(content: Case, shown: Json, response: Json, uploads: Uploads) -> Parts:
    given = response.get("parts", {})
    seen = {part["key"]: part["shown"] for part in shown["parts"]}
    return {
        "template": "courses/questions/case_told.html",
        "text": content.text,
        "parts": [
            {
                "text": part.text,
                "told": told(part.content, seen[part.key], given.get(part.key, {}), uploads),
            }
            for part in content.parts
            if part.key in seen
        ],
    }


def _rules(content: Spreadsheet, response: Json, uploads: Uploads) -> Parts:
    workbook = uploads.get(str(response.get("upload", "")))
    rules = [
        {
            "message": rule.message or f"{rule.sheet} {rule.cell}".strip(),
            "points": rule.points,
            "is_kept": workbook is not None and rule.holds(workbook),
        }
        for rule in content.rules
    ]
    return {
        "template": "courses/questions/spreadsheet_told.html",
        "instructions": content.instructions,
        "rules": rules,
        "is_handed_in": workbook is not None,
        "uncounted": content.uncounted(workbook) if workbook is not None else [],
    }
