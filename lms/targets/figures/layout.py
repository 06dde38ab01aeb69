"""Where a fact belongs in the tree of agencies: as organised then, or as organised now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from lms.base.dates import today
from lms.people.organisation import History, Organisation

# Chooses among the named successors of a split, in the decree's order, those of (agency, successors, day).
Chooser = Callable[[int, list[int], date], int]


class AmbiguousSplit(Exception):
    """An agency was split on the way to today: where a person went is for the person's own posts to say."""


def first_named(agency_id: int, successors: list[int], on: date) -> int:
    """Choose the successor that the decree names first."""
    return successors[0]


def nobody_knows(agency_id: int, successors: list[int], on: date) -> int:
    """Refuse to choose."""
    raise AmbiguousSplit


def forward(history: History, agency_id: int, day: date, choose: Chooser = first_named) -> int | None:
    """Return the agency that stands for this one on the day, following every succession.

    None where it ended and nobody goes on for it.
    """
    seen: set[int] = set()
    while not history.lives(agency_id, day):
        heirs = [heir for heir in history.heirs.get(agency_id, ()) if heir.on <= day]
        if not heirs or agency_id in seen:
            return None
        seen.add(agency_id)
        successors = [heir.successor_id for heir in heirs]
        agency_id = successors[0] if len(heirs) == 1 else choose(agency_id, successors, heirs[0].on)
    return agency_id


def standing(history: History, agency_id: int, day: date) -> tuple[int, ...]:
    """Return who stands for the agency on the day: itself, its successor, or all those of a split.

    Itself too where it ended and nobody goes on for it.
    """
    found: dict[int, None] = {}
    seen, waiting = {agency_id}, [agency_id]
    while waiting:
        one = waiting.pop(0)
        if history.lives(one, day):
            found[one] = None
            continue
        heirs = [heir.successor_id for heir in history.heirs.get(one, ()) if heir.on <= day]
        waiting.extend(heir for heir in heirs if heir not in seen)
        seen.update(heirs)
    return tuple(found) or (agency_id,)


def gone(history: History, day: date) -> frozenset[int]:
    """Return the agencies that do not stand on the day and for which nobody alone stands."""
    return frozenset(pk for pk in history.spans if history.bearer(pk, day) is None)


def covered(tree: Organisation, agency_ids: Iterable[int]) -> frozenset[int]:
    """Return the agencies and all below them in one tree: several are one scope."""
    return frozenset().union(*(tree.below(pk) for pk in agency_ids))


def home_then(history: History, agency_id: int, day: date) -> int:
    """Return where a fact of that day belongs as organised then: the agency, or who alone stood for it."""
    return history.bearer(agency_id, day) or agency_id


def home_now(history: History, agency_id: int) -> int:
    """Return where a fact belongs as organised now, the agency itself where nobody goes on for it."""
    return forward(history, agency_id, today()) or agency_id
