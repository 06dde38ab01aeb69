"""One primary post at a time, across transfers, mergers and splits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from lms.base.importing import Row
from lms.people.models import Post
from lms.people.organisation import History


@dataclass
class Held:
    """A post as it will stand: from the file (`row`) or already known (`post`)."""

    person_code: str
    agency_id: int
    start: date
    end: date | None
    primary: bool
    row: Row | None
    post: Post | None


def check_timelines(held: Iterable[Held], heads: dict[str, str], history: History) -> None:
    """Close what a successor's own row closes, and refuse what the rows leave open or double.

    A post open past the end of its agency goes on in the single successor; where the agency was split,
    or simply ended, it needs a row of its own.
    """
    by_head: dict[str, list[Held]] = defaultdict(list)
    for item in held:
        by_head[heads.get(item.person_code, item.person_code)].append(item)
    for items in by_head.values():
        items.sort(key=lambda item: item.start)
        for item in items:
            _close_at_end_of_agency(item, items, history)
        _refuse_overlaps([item for item in items if item.primary])


def _close_at_end_of_agency(item: Held, items: list[Held], history: History) -> None:
    """Let a post that outlives its agency end where another begins that day; say so where none does."""
    for last_day, is_split in _endings(item.agency_id, history):
        if item.end is not None and item.end <= last_day:
            return
        if any(
            other.start == last_day for other in items if other is not item and other.primary == item.primary
        ):
            item.end = last_day
            return
        if is_split and item.row is not None:
            item.row.error(
                "agency_code",
                _("this agency was split on %(day)s: a row must say where the post went")
                % {"day": last_day.strftime("%d/%m/%Y")},
            )
        elif is_split is None and item.row is not None:
            item.row.warning(
                "agency_code",
                _("this agency ended on %(day)s without a successor: the post counts until then")
                % {"day": last_day.strftime("%d/%m/%Y")},
            )


def goes_on_alone(agency_id: int, history: History) -> bool:
    """Tell whether the agency lives, or goes on in a single successor that does, and so on: its posts go along."""
    return all(is_split is False for _day, is_split in _endings(agency_id, history))


def _endings(agency_id: int, history: History) -> list[tuple[date, bool | None]]:
    """Return each day on which a post's agency ends: (day, split? None when nobody succeeds)."""
    endings: list[tuple[date, bool | None]] = []
    while (ends_on := history.spans[agency_id][1]) is not None:
        heirs = history.heirs.get(agency_id, [])
        endings.append((ends_on, len(heirs) > 1 if heirs else None))
        if len(heirs) != 1:
            break
        agency_id = heirs[0].successor_id
    return endings


def _refuse_overlaps(items: list[Held]) -> None:
    for place, later in enumerate(items):
        for earlier in items[:place]:
            if earlier.end is None or later.start < earlier.end:
                _say_overlap(earlier, later)


def _say_overlap(earlier: Held, later: Held) -> None:
    culprit, other = (later, earlier) if later.row is not None else (earlier, later)
    if culprit.row is None:
        return
    words = {"day": other.start.strftime("%d/%m/%Y")}
    if earlier.person_code == later.person_code:
        culprit.row.error("post_from", _("overlaps the primary post that began on %(day)s") % words)
    elif earlier.agency_id != later.agency_id:
        culprit.row.warning(
            "post_from",
            _("overlaps a primary post of this person's other record from %(day)s; the kept record counts")
            % words,
        )
