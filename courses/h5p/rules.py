"""What may come in, and when an activity counts as done. Decisions only; nothing here writes."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING

from courses.h5p.xapi import FINISHING_VERBS, VIEWED

if TYPE_CHECKING:
    from courses.h5p.models import Library, Play
    from courses.h5p.xapi import Reported
    from lms.people.models import Person


class Arrival(Enum):
    """What an arriving copy of an installed library means."""

    SAME = "same"
    APPROVES = "approves"
    REPLACES = "replaces"
    NEWER = "newer"
    OLDER = "older"
    DIFFERS = "differs"


def arrival(installed: Library, patch: int, sha256: str, *, approve: bool) -> Arrival:
    """Decide about a copy of an installed library: only an approving import changes code, never back."""
    if sha256 == installed.sha256:
        return Arrival.APPROVES if approve and not installed.is_approved else Arrival.SAME
    if approve and (patch > installed.patch or not installed.is_approved):
        return Arrival.REPLACES
    if patch < installed.patch:
        return Arrival.OLDER
    return Arrival.NEWER if patch > installed.patch else Arrival.DIFFERS


def counts_as_done(play: Play, reported: Reported, reports_results: Callable[[], bool]) -> bool:
    """Whether a statement ends the activity: finished, or seen where no library ever says finished.

    A preview never does; a second finish changes nothing.
    """
    if play.is_preview or play.finished_at is not None or not reported.is_top_level:
        return False
    if reported.verb in FINISHING_VERBS:
        return True
    return reported.verb == VIEWED and not reports_results()


def may_play(play: Play) -> bool:
    """Whether the person may still work on it: an account in use, and the enrolment their own."""
    if not play.person.is_active:
        return False
    return play.enrolment is None or _kept(play.enrolment.person) == _kept(play.person)


def _kept(person: Person) -> int:
    return person.merged_into_id or person.pk
