"""The bearer token in every address of the frame: who, which play, which content, until when.

The frame has an opaque origin and no cookie, so the address itself says what it may do.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.core import signing

if TYPE_CHECKING:
    from courses.h5p.models import Play

_SALT = "courses.h5p.play"
# Expiries fall on the same instants for everybody, so that a reloaded page finds its scripts,
# whose addresses carry the token, in the browser's cache.
PERIOD_SECONDS = 12 * 60 * 60


@dataclass(frozen=True)
class Bearer:
    """A row of what a token grants."""

    play: UUID
    person: int
    content: int
    content_sha256: str
    expires: int


def issue(play: Play, *, now: float | None = None) -> str:
    """Return a token for one play, good for 12 to 24 hours."""
    period = int((time.time() if now is None else now) // PERIOD_SECONDS)
    expires = (period + 2) * PERIOD_SECONDS
    grant = [play.key.hex, play.person_id, play.content_id, play.content_sha256, expires]
    return signing.Signer(salt=_SALT).sign_object(grant).replace(":", "~")


def read(token: str, *, now: float | None = None) -> Bearer | None:
    """Return what the token grants, or None when it is forged, changed or expired."""
    try:
        key, person, content, sha256, expires = signing.Signer(salt=_SALT).unsign_object(
            token.replace("~", ":")
        )
        bearer = Bearer(UUID(key), int(person), int(content), str(sha256), int(expires))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return bearer if bearer.expires > (time.time() if now is None else now) else None
