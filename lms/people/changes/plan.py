"""What a change would write, and what speaks against it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from lms.people.changes.request import Request
from lms.people.models import OrganisationChange, Succession
from lms.people.organisation import Heir, History, Period

Kind = OrganisationChange.Kind


@dataclass(frozen=True)
class Holder:
    """A post at an agency that changes: whose, where, from when to when."""

    post_id: int
    person_id: int
    kept_id: int  # of a duplicate record: the person's own
    code: str
    name: str
    position: str
    agency_id: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Cut:
    """How an agency that goes on is called, numbered and placed from the day on."""

    agency_id: int
    code: str
    name: str
    parent_id: int | None
    place_name: str


@dataclass(frozen=True)
class Inheritance:
    """Who goes on for whom."""

    predecessor: int
    successor: int
    kind: str
    rank: int


@dataclass
class Plan:
    """The writes of one change, in the order in which they are written; none where it is refused."""

    request: Request
    before: History
    ended: list[int] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    inheritances: list[Inheritance] = field(default_factory=list)
    placements: dict[int, int] = field(default_factory=dict)
    posts_ended: list[int] = field(default_factory=list)
    holders: list[Holder] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    @property
    def on(self) -> date:
        """The day from which the change holds."""
        return self.request.on

    def refuse(self, sentence: str) -> None:
        """Say once what speaks against it."""
        if sentence not in self.refusals:
            self.refusals.append(sentence)

    def name(self, agency_id: int) -> str:
        """Return what the agency is called on the eve of the change, or as the decree founds it."""
        if agency_id < 0:
            return self.request.founded[-agency_id - 1].name
        return self.before.name(agency_id, self.on)

    @property
    def fingerprint(self) -> str:
        """What is written, in one short text: what was previewed is what is carried out, or nothing."""
        posts = sorted(
            (holder.post_id, holder.agency_id, str(holder.valid_from), str(holder.valid_to))
            for holder in self.holders
        )
        parts = (
            self.request.as_json(),
            self.ended,
            self.cuts,
            self.inheritances,
            sorted(self.placements.items()),
            self.posts_ended,
            posts,
        )
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    @property
    def touched(self) -> frozenset[int]:
        """The agencies that end, change or go on for others; those founded by their negative numbers."""
        heirs = {item.successor for item in self.inheritances}
        return frozenset({*self.ended, *heirs, *(cut.agency_id for cut in self.cuts)})

    @property
    def parents(self) -> frozenset[int]:
        """The agencies above, before and after."""
        then, later = self.before.on(self.on), self.after().on(self.on)
        above = {then.parent(pk) for pk in self.touched} | {later.parent(pk) for pk in self.touched}
        return frozenset(pk for pk in above if pk is not None) - self.touched

    def after(self) -> History:
        """Return the history as it would stand after the change."""
        later = self.before.copy()
        for number, founding in enumerate(self.request.founded, start=1):
            later.spans[-number] = (self.on, None, founding.level)
            later.periods[-number] = [
                Period(
                    -number,
                    founding.code,
                    founding.name,
                    founding.parent_id,
                    founding.place_name,
                    self.on,
                    None,
                )
            ]
        for agency_id in self.ended:
            start, _end, level = later.spans[agency_id]
            later.spans[agency_id] = (start, self.on, level)
            later.periods[agency_id] = _ended(later.periods[agency_id], self.on)
        for cut in self.cuts:
            later.periods[cut.agency_id] = _cut(later.periods[cut.agency_id], cut, self.on)
        for item in self.inheritances:
            later.heirs[item.predecessor].append(Heir(item.successor, self.on))
            later.forebears[item.successor].append(item.predecessor)
        later.index_codes()
        return later

    def kind_of_succession(self) -> str:
        """Return the word that a succession keeps of this change."""
        return {Kind.SPLIT: Succession.Kind.SPLIT}.get(Kind(self.request.kind), Succession.Kind.MERGE)


def _ended(periods: list[Period], on: date) -> list[Period]:
    return [replace(period, valid_to=on) if period.valid_to is None else period for period in periods]


def _cut(periods: list[Period], cut: Cut, on: date) -> list[Period]:
    held = holding(periods, on)
    fresh = Period(
        cut.agency_id, cut.code, cut.name, cut.parent_id, cut.place_name, on, held.valid_to if held else None
    )
    kept = [replace(p, valid_to=on) if p is held else p for p in periods if p.valid_from != on]
    return sorted([*kept, fresh], key=lambda period: period.valid_from)


def holding(periods: Iterable[Period], on: date) -> Period | None:
    """Return the period that holds the day."""
    return next((p for p in periods if p.valid_from <= on and (p.valid_to is None or on < p.valid_to)), None)


def said(on: date | None) -> str:
    """Write a day as it is read here."""
    return on.strftime("%d/%m/%Y") if on else _("no day")


def listed(names: Iterable[str], shown: int = 5, mark: str = "“%s”") -> str:
    """Name the first few, and say how many more there are."""
    found = [mark % name for name in names]
    more = len(found) - shown
    few = ", ".join(found[:shown])
    return _("%(few)s and %(count)d more") % {"few": few, "count": more} if more > 0 else few
