"""What the template of each type needs to ask its question: only what was shown, and what was answered so far."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from courses.questions import Json
from courses.questions.blanks import MARK

Parts = dict[str, Any]


def put(shown: Json, response: Json, name: str, attempt: UUID | None = None) -> Parts:
    """Return what the type's own template needs; `name` begins the names of its fields. A preview has no attempt."""
    kind = shown["kind"]
    own = _PUT[kind](shown, response, name, attempt) if kind in _PUT else {}
    return {
        "kind": kind,
        "name": name,
        "id": name.replace(".", "-"),
        "template": f"courses/questions/{kind}.html",
        **own,
    }


def _options(shown: Json, response: Json, name: str, attempt: UUID | None) -> Parts:
    chosen = response.get("chosen", [])
    return {
        "options": [{**option, "is_chosen": option["key"] in chosen} for option in shown["options"]],
    }


def _pairs(shown: Json, response: Json, name: str, attempt: UUID | None) -> Parts:
    given = response.get("pairs", {})
    return {
        "rights": shown["rights"],
        "lines": [{**left, "given": given.get(left["key"], "")} for left in shown["lefts"]],
    }


def _places(shown: Json, response: Json, name: str, attempt: UUID | None) -> Parts:
    places = response.get("places", {})
    last = len(shown["items"])
    items = [{**item, "place": places.get(item["key"], "")} for item in shown["items"]]
    return {
        "items": sorted(items, key=lambda item: item["place"] or last + 1),
        "places": list(range(1, last + 1)),
    }


def _number(shown: Json, response: Json, name: str, attempt: UUID | None) -> Parts:
    return {
        "number": response.get("number", ""),
        "unit": response.get("unit", ""),
        "units": shown["units"],
        "unit_required": shown["unit_required"],
    }


def _text(shown: Json, response: Json, name: str, attempt: UUID | None) -> Parts:
    return {"text": response.get("text", "")}


def _blanks(shown: Json, response: Json, name: str, attempt: UUID | None) -> Parts:
    given = response.get("blanks", {})
    blanks = {blank["key"]: {**blank, "given": given.get(blank["key"], "")} for blank in shown["blanks"]}
    # Splitting by a pattern with one group gives words and keys in turn.
    pieces = MARK.split(shown["text"])
    return {
        "pieces": [
            {"blank": blanks.get(piece)} if place % 2 else {"words": piece}
            for place, piece in enumerate(pieces)
        ]
    }


def _case(shown: Json, response: Json, name: str, attempt: UUID | None) -> Parts:
    given = response.get("parts", {})
    return {
        "text": shown["text"],
        "parts": [
            {
                "key": part["key"],
                "text": part["text"],
                "points": part["points"],
                "put": put(part["shown"], given.get(part["key"], {}), f"{name}.{part['key']}", attempt),
            }
            for part in shown["parts"]
        ],
    }


def _workbook(shown: Json, response: Json, name: str, attempt: UUID | None) -> Parts:
    upload = response.get("upload", "")
    own = {"instructions": shown["instructions"], "upload": upload}
    if attempt is None:
        return own
    # "q3" or, in a case, "q3.part": where the upload belongs.
    position, _dot, part = name.removeprefix("q").partition(".")
    where = f"?{urlencode({'part': part})}" if part else ""
    take = reverse("attempt_upload", args=[attempt, position])
    own["upload_url"] = take
    own["plain_url"] = f"{take}?{urlencode({'plain': 1, 'part': part})}"
    own["uploaded_url"] = reverse("attempt_uploaded", args=[attempt, upload]) if upload else ""
    if shown["has_start_file"]:
        own["start_url"] = reverse("attempt_start_file", args=[attempt, position]) + where
    return own


_PUT: dict[str, Callable[[Json, Json, str, UUID | None], Parts]] = {
    "single": _options,
    "multiple": _options,
    "true_false": _options,
    "matching": _pairs,
    "ordering": _places,
    "numeric": _number,
    "short_text": _text,
    "blanks": _blanks,
    "case": _case,
    "spreadsheet": _workbook,
}
