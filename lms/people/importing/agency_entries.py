"""Agencies as a file or the database has them, laid over one another."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lms.base.dates import covers
from lms.base.importing import Row
from lms.people.importing.ends import NO_END, End, KnownEnd, decrees_of_ends, end_of
from lms.people.models import AgencyPeriod, Succession

Key = tuple[str, date]


@dataclass
class AgencyEntry:
    """One agency as the file or the database has it; key = code + valid_from."""

    code: str
    name: str
    level: str
    kind: str
    place_name: str
    valid_from: date
    valid_to: date | None
    parent: Key | None = None
    successors: list[Key] = field(default_factory=list)
    period: AgencyPeriod | None = None
    row: Row | None = None
    end: End = NO_END
    known_end: KnownEnd | None = None

    @property
    def key(self) -> Key:
        return (self.code, self.valid_from)

    def facts(self) -> dict[str, Any]:
        """What a correction compares and the audit log keeps."""
        return {
            "name": self.name,
            "level": self.level,
            "kind": self.kind,
            "place_name": self.place_name,
            "valid_to": self.valid_to,
            "parent": _said(self.parent),
            "successors": [_said(key) for key in self.successors],
        }

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


def _said(key: Key | None) -> str | None:
    return f"{key[0]} ({key[1].isoformat()})" if key else None


@dataclass
class Correction:
    """A known agency with other values."""

    old: AgencyEntry
    new: AgencyEntry

    @property
    def moves_successors(self) -> bool:
        """Whether the successions are written anew; left alone they keep their decree."""
        old, new = self.old, self.new
        on = (old.valid_to, new.valid_to) if new.successors else (None, None)
        return old.successors != new.successors or on[0] != on[1]

    def __str__(self) -> str:
        return str(self.new)


class World:
    """Every agency as it will stand after the import: the database overlaid by the file."""

    def __init__(self, entries: dict[Key, AgencyEntry]) -> None:
        self.entries = entries
        # An agency that was renamed has several periods; it is known by the key of its first.
        self._first: dict[int, Key] = {}
        for entry in sorted(entries.values(), key=lambda entry: entry.valid_from):
            if entry.period:
                self._first.setdefault(entry.period.agency_id, entry.key)
        self._by_code: dict[str, list[AgencyEntry]] = {}
        for entry in sorted(entries.values(), key=lambda entry: entry.valid_from):
            self._by_code.setdefault(entry.code, []).append(entry)

    def bearer(self, agency_code: str, on: date) -> AgencyEntry | None:
        """Return who bears the code on the day; of two, the one who took it last."""
        bearers = [e for e in self._by_code.get(agency_code, ()) if covers(e.valid_from, e.valid_to, on)]
        return bearers[-1] if bearers else None

    def key(self, entry: AgencyEntry) -> Key:
        """Return how other entries name this agency."""
        return self._first[entry.period.agency_id] if entry.period else entry.key


def known_entries() -> dict[Key, AgencyEntry]:
    """Return every known period of an agency, by code and first day."""
    by_agency: dict[int, Key] = {}
    last: dict[int, AgencyEntry] = {}
    entries: dict[Key, AgencyEntry] = {}
    decrees = decrees_of_ends()
    periods = list(AgencyPeriod.objects.select_related("agency").order_by("valid_from"))
    for period in periods:
        entry = AgencyEntry(
            code=period.code,
            name=period.name,
            level=period.agency.level,
            kind=period.agency.kind,
            place_name=period.place_name,
            valid_from=period.valid_from,
            valid_to=period.valid_to,
            period=period,
        )
        entries[entry.key] = entry
        by_agency.setdefault(period.agency_id, entry.key)
        last[period.agency_id] = entry
    for period in periods:
        if period.parent_id:
            entries[period.code, period.valid_from].parent = by_agency[period.parent_id]
    for old, new in Succession.objects.order_by("rank").values_list("predecessor_id", "successor_id"):
        last[old].successors.append(by_agency[new])
    for entry in entries.values():
        if entry.valid_to and entry.period:
            pk = entry.period.agency_id
            decree = decrees.get((pk, entry.valid_to), "")
            entry.known_end = KnownEnd(entry.valid_to, decree, is_last=entry is last[pk])
    return entries


def entry_of(row: Row, old: AgencyEntry | None) -> AgencyEntry:
    """Return the agency as the row has it; what the file has no column for stays as it was."""
    known_end = old.known_end if old else None
    end = end_of(row, known_end)
    return AgencyEntry(
        code=row["code"],
        name=row["name"],
        level=row["level"],
        kind=row.said("kind", old.kind if old else "") or "",
        place_name=row.said("place_name", old.place_name if old else "") or "",
        valid_from=row["valid_from"],
        valid_to=end.on,
        parent=old.parent if old else None,
        successors=list(old.successors) if old else [],
        period=old.period if old else None,
        row=row,
        end=end,
        known_end=known_end,
    )
