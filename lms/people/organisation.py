"""The tree of agencies on a day, and who stands for whom after a merger.

A province has a few thousand agencies: one day's tree is held in memory and shared by all days
between two changes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from lms.base.dates import covers
from lms.people.models import Agency, AgencyPeriod, OrganisationVersion, Succession
from lms.people.ports import answer_name


@dataclass(frozen=True)
class Period:
    """How an agency was called, numbered and placed from a day to a day."""

    agency_id: int
    code: str
    name: str
    parent_id: int | None
    place_name: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Heir:
    """Who goes on for an agency, from a day on."""

    successor_id: int
    on: date


@dataclass
class History:
    """Everything known of all agencies over all time, loaded in three queries."""

    spans: dict[int, tuple[date, date | None, str]] = field(default_factory=dict)
    periods: dict[int, list[Period]] = field(default_factory=lambda: defaultdict(list))
    by_code: dict[str, list[Period]] = field(default_factory=lambda: defaultdict(list))
    heirs: dict[int, list[Heir]] = field(default_factory=lambda: defaultdict(list))
    forebears: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    _days: dict[date, Organisation] = field(default_factory=dict)

    @classmethod
    def load(cls) -> History:
        """Read the agencies, their periods and successions."""
        history = cls()
        for pk, start, end, level in Agency.objects.values_list("pk", "valid_from", "valid_to", "level"):
            history.spans[pk] = (start, end, level)
        rows = AgencyPeriod.objects.order_by("valid_from", "pk").values_list(
            "agency_id", "code", "name", "parent_id", "place_name", "valid_from", "valid_to"
        )
        for row in rows:
            period = Period(*row)
            history.periods[period.agency_id].append(period)
            history.by_code[period.code].append(period)
        for old, new, on in Succession.objects.order_by("on", "rank").values_list(
            "predecessor_id", "successor_id", "on"
        ):
            history.heirs[old].append(Heir(new, on))
            history.forebears[new].append(old)
        return history

    @cached_property
    def change_days(self) -> list[date]:
        """The days on which the tree changes, sorted."""
        days: set[date] = set()
        for start, end, _level in self.spans.values():
            days.update(day for day in (start, end) if day)
        for periods in self.periods.values():
            days.update(day for period in periods for day in (period.valid_from, period.valid_to) if day)
        return sorted(days)

    def on(self, day: date) -> Organisation:
        """Return the tree of that day; days between two changes share one."""
        place = bisect_right(self.change_days, day)
        epoch = self.change_days[place - 1] if place else date.min
        if epoch not in self._days:
            self._days[epoch] = Organisation(self, epoch)
        return self._days[epoch]

    def code_bearer(self, code: str, day: date) -> int | None:
        """Return who bears the code on that day; of two, the one who took it last."""
        bearers = [
            period
            for period in self.by_code.get(code, ())
            if covers(period.valid_from, period.valid_to, day) and self.lives(period.agency_id, day)
        ]
        return bearers[-1].agency_id if bearers else None

    def last_bearer(self, code: str) -> int | None:
        """Return who bore the code last."""
        periods = self.by_code.get(code)
        return periods[-1].agency_id if periods else None

    def copy(self) -> History:
        """Return a copy on which a change can be tried."""
        other = History(spans=dict(self.spans))
        other.periods.update({pk: list(periods) for pk, periods in self.periods.items()})
        other.heirs.update({pk: list(heirs) for pk, heirs in self.heirs.items()})
        other.forebears.update({pk: list(found) for pk, found in self.forebears.items()})
        other.index_codes()
        return other

    def index_codes(self) -> None:
        """Find again who bore each code."""
        self.by_code.clear()
        periods = (period for periods in self.periods.values() for period in periods)
        for period in sorted(periods, key=lambda period: (period.valid_from, period.agency_id)):
            self.by_code[period.code].append(period)

    def lives(self, agency_id: int, day: date) -> bool:
        """Tell whether the agency exists on that day."""
        start, end, _level = self.spans[agency_id]
        return covers(start, end, day)

    def bearer(self, agency_id: int, day: date) -> int | None:
        """Return the agency that stands for this one on that day, None where nobody alone does."""
        seen: set[int] = set()
        while not self.lives(agency_id, day):
            heirs = self.heirs.get(agency_id, [])
            if len(heirs) != 1 or agency_id in seen or day < heirs[0].on:
                return None
            seen.add(agency_id)
            agency_id = heirs[0].successor_id
        return agency_id

    def name(self, agency_id: int, day: date) -> str:
        """Return the name on that day; before the founding the first, after the end the last."""
        period = self.period(agency_id, day)
        return period.name if period else ""

    def period(self, agency_id: int, day: date) -> Period | None:
        """Return the period that holds the day, or the nearest one."""
        periods = self.periods.get(agency_id)
        if not periods:
            return None
        started = [period for period in periods if period.valid_from <= day]
        return started[-1] if started else periods[0]


class Organisation:
    """The tree of one day."""

    def __init__(self, history: History, day: date) -> None:
        self.history = history
        self.day = day
        self.agencies = frozenset(pk for pk in history.spans if history.lives(pk, day))
        self._parent = {pk: self._parent_of(pk) for pk in self.agencies}
        self._children: dict[int | None, list[int]] = defaultdict(list)
        for pk in sorted(self.agencies, key=lambda pk: (self.code(pk), pk)):
            self._children[self._parent[pk]].append(pk)
        self._below: dict[int, frozenset[int]] = {}

    @staticmethod
    def on(day: date) -> Organisation:
        """Return the tree of that day."""
        return history().on(day)

    def _parent_of(self, agency_id: int) -> int | None:
        period = self.history.period(agency_id, self.day)
        if period is None or period.parent_id is None:
            return None
        # A parent that has ended goes on in its single successor; without one the agency stands alone.
        parent = self.history.bearer(period.parent_id, self.day)
        return None if parent == agency_id else parent

    def roots(self) -> list[int]:
        """Return the agencies under nobody."""
        return list(self._children[None])

    def parent(self, agency_id: int) -> int | None:
        """Return the agency above."""
        return self._parent.get(agency_id)

    def children(self, agency_id: int | None) -> list[int]:
        """Return the agencies directly below, by code."""
        return list(self._children.get(agency_id, ()))

    def ancestors(self, agency_id: int) -> list[int]:
        """Return the agencies above, nearest first."""
        above: list[int] = []
        parent = self.parent(agency_id)
        while parent is not None and parent not in above:
            above.append(parent)
            parent = self.parent(parent)
        return above

    def below(self, agency_id: int) -> frozenset[int]:
        """Return the agency and all below it."""
        if agency_id not in self.agencies:
            return frozenset()
        if agency_id not in self._below:
            found, waiting = {agency_id}, [agency_id]
            while waiting:
                fresh = [pk for pk in self.children(waiting.pop()) if pk not in found]
                found.update(fresh)
                waiting.extend(fresh)
            self._below[agency_id] = frozenset(found)
        return self._below[agency_id]

    def bearer(self, agency_id: int) -> int | None:
        """Return the agency that stands for this one on the day."""
        return self.history.bearer(agency_id, self.day)

    def with_forerunners(self, agency_ids: frozenset[int]) -> frozenset[int]:
        """Return the agencies and those that ended and go on in one of them alone."""
        gone = (self._forerunners.get(agency_id, ()) for agency_id in agency_ids)
        return agency_ids.union(*gone)

    @cached_property
    def _forerunners(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for agency_id, (_start, end, _level) in self.history.spans.items():
            if end is not None and end <= self.day and (bearer := self.bearer(agency_id)) is not None:
                found[bearer].append(agency_id)
        return found

    def by_code(self, code: str) -> int | None:
        """Return who bears the code on the day."""
        return self.history.code_bearer(code, self.day)

    def code(self, agency_id: int) -> str:
        """Return the agency's code on the day."""
        period = self.history.period(agency_id, self.day)
        return period.code if period else ""

    def name(self, agency_id: int) -> str:
        """Return the agency's name on the day."""
        return self.history.name(agency_id, self.day)

    def place_name(self, agency_id: int) -> str:
        """Return the place that stands before the date on the agency's documents."""
        period = self.history.period(agency_id, self.day)
        return period.place_name if period else ""

    def level(self, agency_id: int) -> str:
        """Return the administrative level."""
        return self.history.spans[agency_id][2]


_loaded: tuple[UUID, History] | None = None


def history() -> History:
    """Return the history of agencies, read again after any change in any process."""
    global _loaded  # noqa: PLW0603 (one shared copy a process)
    # The newest: of two who changed the tree at once each may have replaced only the row it saw.
    token = OrganisationVersion.objects.order_by("-pk").values_list("token", flat=True).first()
    if token is None:
        return History.load()
    # Read once: another thread may be trying a change, with a tree that only its transaction may see.
    loaded = _loaded
    if loaded is None or loaded[0] != token:
        loaded = _loaded = (token, History.load())
    return loaded[1]


def code_bearer(code: str, on: date) -> Agency | None:
    """Return the agency that bears the code on the day."""
    pk = history().code_bearer(code, on)
    return Agency.objects.get(pk=pk) if pk else None


def last_bearer(code: str) -> Agency | None:
    """Return the agency that bore the code last."""
    pk = history().last_bearer(code)
    return Agency.objects.get(pk=pk) if pk else None


def name_of(agency_id: int, on: date) -> str:
    """Return what the agency was called on the day."""
    return history().name(agency_id, on)


def standing_name(agency_id: int, on: date) -> str:
    """Return what the agency, or who alone goes on for it, is called on the day."""
    known = history()
    return known.name(known.bearer(agency_id, on) or agency_id, on)


answer_name(standing_name)
