"""Statements as the frame sends them. Nothing in them is believed; this only reads what they say."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

MAX_BODY_BYTES = 512 * 1024
FINISHING_VERBS = frozenset(("answered", "completed"))
# Sent by our own frame once the activity is on the screen.
VIEWED = "viewed"
_SUB_CONTENT = "http://h5p.org/x-api/h5p-subContentId"


class StatementRefused(ValueError):
    """A sentence saying why a statement cannot be stored."""


@dataclass(frozen=True)
class Reported:
    """A row of what one statement says."""

    identifier: UUID
    verb: str
    is_top_level: bool
    response: str | None
    score: tuple[float, float] | None
    body: dict[str, Any]
    sha256: str

    @property
    def finishes(self) -> bool:
        """Whether it says that the whole activity was answered or completed."""
        return self.is_top_level and self.verb in FINISHING_VERBS


def read_statement(raw: bytes) -> Reported:
    """Return what the frame's message says; raise StatementRefused for anything that is no statement."""
    body = _parse(raw)
    statement = body.get("statement")
    if not isinstance(statement, dict):
        raise StatementRefused(_("The message holds no xAPI statement."))
    # After an answer the frame adds getXAPIData(): its statement carries the response of the whole.
    tree = _object(body.get("data"))
    whole = _object(tree.get("statement")) or statement
    return Reported(
        identifier=_identifier(statement.get("id")),
        verb=_verb(statement),
        is_top_level=is_top_level(statement),
        response=_response(whole) if _response(whole) is not None else _response(statement),
        score=_score(statement),
        body=body,
        sha256=hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest(),
    )


def is_top_level(statement: dict[str, Any]) -> bool:
    """Whether a statement is about the whole activity: no parent *and* no sub-content.

    Some open questions inside containers have no parent (h5p.org, xAPI), so one sign is not enough.
    """
    activities = _object(_object(statement.get("context")).get("contextActivities"))
    target = _object(statement.get("object"))
    extensions = _object(_object(target.get("definition")).get("extensions"))
    inside = _SUB_CONTENT in extensions or "subContentId=" in str(target.get("id", ""))
    return not activities.get("parent") and not inside


def _parse(raw: bytes) -> dict[str, Any]:
    if len(raw) > MAX_BODY_BYTES:
        raise StatementRefused(_("The message is too large."))
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise StatementRefused(_("The message is not JSON.")) from error
    if not isinstance(body, dict):
        raise StatementRefused(_("The message holds no xAPI statement."))
    return body


def _identifier(value: Any) -> UUID:
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError) as error:
        raise StatementRefused(_("The statement has no valid id.")) from error


def _verb(statement: dict[str, Any]) -> str:
    identifier = _object(statement.get("verb")).get("id")
    if not isinstance(identifier, str) or not identifier:
        raise StatementRefused(_("The statement has no verb."))
    return identifier.rstrip("/").rsplit("/", 1)[-1][:60]


def _response(statement: dict[str, Any]) -> str | None:
    response = _object(statement.get("result")).get("response")
    return response if isinstance(response, str) else None


def _score(statement: dict[str, Any]) -> tuple[float, float] | None:
    score = _object(_object(statement.get("result")).get("score"))
    raw, highest = _number(score.get("raw")), _number(score.get("max"))
    if raw is None or highest is None or not 0 <= raw <= highest:
        return None
    return raw, highest


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e9:
        return None
    return float(value) if math.isfinite(value) else None


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
