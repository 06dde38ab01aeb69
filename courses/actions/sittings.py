"""Noting from where an attempt is written."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from courses.models import Attempt, Sitting

MOST_AWAY = 10_000


@dataclass(frozen=True)
class Whence:
    """The browser's random mark, its address, and how often the page was left so far."""

    device: UUID | None = None
    address: str | None = None
    away: int = 0


NOWHERE = Whence()


def note_sitting(
    *, attempt: Attempt, whence: Whence, is_new: bool = False
) -> tuple[Sitting | None, list[Sitting]]:
    """Return the row of this device and address, and those of other devices.

    The caller holds the attempt's lock. One read where nothing is new, none for a new attempt; nothing is noted
    of a call from nowhere.
    """
    if whence == NOWHERE:
        return None, []
    rows = [] if is_new else list(attempt.sittings.all())
    others = [row for row in rows if row.device != whence.device]
    place = (whence.device, whence.address)
    found = next((row for row in rows if (row.device, row.address) == place), None)
    away = min(whence.away, MOST_AWAY)
    if found is None:
        found = Sitting.objects.create(
            attempt=attempt, device=whence.device, address=whence.address, away=away, first_at=timezone.now()
        )
    elif away > found.away:
        found.away = away
        found.save(update_fields=["away"])
    return found, others
