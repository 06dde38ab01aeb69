"""Importing agencies with their parents, successors and periods."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.base.dates import covers
from lms.base.importing import (
    Column,
    Importer,
    Plan,
    Row,
    choice,
    code,
    codes,
    day,
    importer,
    last_of_each,
    text,
)
from lms.base.vietnamese import fold
from lms.people.actions import note_organisation_changed
from lms.people.models import Agency, AgencyPeriod, Succession
from lms.people.rules import may

Key = tuple[str, date]


@dataclass
class Entry:
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

    old: Entry
    new: Entry

    def __str__(self) -> str:
        return str(self.new)


class World:
    """Every agency as it will stand after the import: the database overlaid by the file."""

    def __init__(self, entries: dict[Key, Entry]) -> None:
        self.entries = entries
        self._by_code: dict[str, list[Entry]] = {}
        for entry in sorted(entries.values(), key=lambda entry: entry.valid_from):
            self._by_code.setdefault(entry.code, []).append(entry)

    def bearer(self, agency_code: str, on: date) -> Entry | None:
        """Return who bears the code on the day; of two, the one who took it last."""
        bearers = [e for e in self._by_code.get(agency_code, ()) if covers(e.valid_from, e.valid_to, on)]
        return bearers[-1] if bearers else None


@importer("agencies")
class AgencyImporter(Importer):
    """Imports agencies; a parent or successor may stand later in the file."""

    title = gettext_lazy("Agencies")
    columns = (
        Column("code", code(), required=True, aliases=("mã", "mã cơ quan", "mã đơn vị")),
        Column("name", text(250), required=True, aliases=("tên", "tên cơ quan", "tên đơn vị")),
        Column(
            "level",
            choice(
                {
                    "province": ("tỉnh", "cấp tỉnh"),
                    "district": ("huyện", "cấp huyện"),
                    "commune": ("xã", "cấp xã"),
                }
            ),
            required=True,
            aliases=("cấp", "cấp hành chính"),
        ),
        Column("kind", text(60), aliases=("loại", "loại hình"), default=""),
        Column("parent_code", code(), aliases=("mã cơ quan cấp trên", "mã cấp trên", "mã đơn vị cha")),
        Column("valid_from", day, required=True, aliases=("từ ngày", "hiệu lực từ")),
        Column(
            "valid_to", day, aliases=("hết hiệu lực từ ngày",), last_day_aliases=("đến hết ngày", "đến ngày")
        ),
        Column("successor_code", codes(), aliases=("mã cơ quan kế tiếp", "mã đơn vị kế thừa"), default=[]),
        Column("place_name", text(120), aliases=("địa danh",), default=""),
    )

    @classmethod
    def may_be_used_by(cls, person: Any) -> bool:
        """The province's HR officers."""
        return may(person, "agencies.import")

    def plan(self, rows: list[Row]) -> Plan:
        """Overlay the file on what is known and compare."""
        known = _known_entries()
        fresh = self._read_entries(rows, known)
        world = World({**known, **fresh})
        for entry in fresh.values():
            _link(entry, world)
        _refuse_cycles(fresh, world)
        plan = Plan()
        for entry in fresh.values():
            old = known.get(entry.key)
            if entry.row is not None and entry.row.refused:
                continue
            if old is None:
                plan.added.append(entry)
            elif old.facts() != entry.facts():
                plan.changed.append(Correction(old, entry))
            else:
                plan.unchanged += 1
        return plan

    @staticmethod
    def _read_entries(rows: list[Row], known: dict[Key, Entry]) -> dict[Key, Entry]:
        entries: dict[Key, Entry] = {}
        for row in last_of_each(rows, lambda row: (row["code"], row["valid_from"]), "code"):
            if row["valid_to"] and row["valid_to"] <= row["valid_from"]:
                row.error("valid_to", _("the end is not after the start"))
            else:
                key = (row["code"], row["valid_from"])
                entries[key] = _entry(row, known.get(key))
        return entries

    def describe(self, item: Any) -> dict[str, Any]:
        """Show a new agency, or old and new of a corrected one."""
        if isinstance(item, Correction):
            return {"what": str(item), "old": _shown(item.old.facts()), "new": _shown(item.new.facts())}
        return {"what": str(item), "new": _shown(item.facts())}

    def write(self, plan: Plan) -> None:
        """Write agencies, then periods (parents exist by now), then successions."""
        ids = {entry.key: entry.period.agency_id for entry in _known_entries().values() if entry.period}
        ids |= _add_agencies(plan.added)
        periods = [_period(entry, ids) for entry in plan.added]
        AgencyPeriod.objects.bulk_create(periods, batch_size=500)
        for correction in plan.changed:
            _correct(correction, ids)
        touched = plan.added + [correction.new for correction in plan.changed]
        _write_successions(touched, ids)
        note_organisation_changed()
        self.record_corrections(
            (correction.new.period, correction.old.facts(), correction.new.facts())
            for correction in plan.changed
            if correction.new.period
        )


def _shown(facts: dict[str, Any]) -> dict[str, Any]:
    return {key: str(value) for key, value in facts.items() if value}


def _known_entries() -> dict[Key, Entry]:
    by_agency: dict[int, Key] = {}
    entries: dict[Key, Entry] = {}
    periods = list(AgencyPeriod.objects.select_related("agency").order_by("valid_from"))
    for period in periods:
        entry = Entry(
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
    for period in periods:
        if period.parent_id:
            entries[period.code, period.valid_from].parent = by_agency[period.parent_id]
    for old, new in Succession.objects.order_by("rank").values_list("predecessor_id", "successor_id"):
        entries[by_agency[old]].successors.append(by_agency[new])
    return entries


def _entry(row: Row, old: Entry | None) -> Entry:
    return Entry(
        code=row["code"],
        name=row["name"],
        level=row["level"],
        kind=row.said("kind", old.kind if old else "") or "",
        place_name=row.said("place_name", old.place_name if old else "") or "",
        valid_from=row["valid_from"],
        valid_to=row.said("valid_to", old.valid_to if old else None),
        parent=old.parent if old else None,
        successors=list(old.successors) if old else [],
        period=old.period if old else None,
        row=row,
    )


def _link(entry: Entry, world: World) -> None:
    row = entry.row
    if row is None:
        return
    if "parent_code" in row.columns:
        entry.parent = _find_parent(row, entry, world)
    if "successor_code" in row.columns:
        entry.successors = _find_successors(row, entry, world)


def _find_parent(row: Row, entry: Entry, world: World) -> Key | None:
    if not row["parent_code"]:
        return None
    parent = world.bearer(row["parent_code"], entry.valid_from)
    if parent is None:
        row.error("parent_code", _("no agency bears this code on %(day)s") % {"day": _day(entry.valid_from)})
    return parent.key if parent else None


def _find_successors(row: Row, entry: Entry, world: World) -> list[Key]:
    if row["successor_code"] and entry.valid_to is None:
        row.error("successor_code", _("a successor needs the day on which this agency ends"))
        return []
    found = []
    for successor_code in row["successor_code"]:
        successor = world.bearer(successor_code, entry.valid_to) if entry.valid_to else None
        if successor is None or successor is entry:
            row.error(
                "successor_code",
                _("no agency bears the code %(code)s on %(day)s, the day this one ends")
                % {"code": successor_code, "day": _day(entry.valid_to or entry.valid_from)},
            )
        elif successor.key not in found:
            found.append(successor.key)
    return found


def _refuse_cycles(fresh: dict[Key, Entry], world: World) -> None:
    for entry in fresh.values():
        path, above = [entry.key], entry.parent
        while above is not None and above not in path:
            path.append(above)
            above = world.entries[above].parent
        if above == entry.key and entry.row is not None:
            chain = " → ".join(key[0] for key in [*path, above])
            entry.row.error("parent_code", _("the agencies stand in a circle: %(chain)s") % {"chain": chain})


def _day(on: date) -> str:
    return on.strftime("%d/%m/%Y")


def _add_agencies(entries: list[Entry]) -> dict[Key, int]:
    agencies = [
        Agency(level=entry.level, kind=entry.kind, valid_from=entry.valid_from, valid_to=entry.valid_to)
        for entry in entries
    ]
    Agency.objects.bulk_create(agencies, batch_size=500)
    return {entry.key: agency.pk for entry, agency in zip(entries, agencies, strict=True)}


def _period(entry: Entry, ids: dict[Key, int]) -> AgencyPeriod:
    return AgencyPeriod(
        agency_id=ids[entry.key],
        code=entry.code,
        name=entry.name,
        name_folded=fold(entry.name),
        parent_id=ids[entry.parent] if entry.parent else None,
        place_name=entry.place_name,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
    )


def _correct(correction: Correction, ids: dict[Key, int]) -> None:
    entry, period = correction.new, correction.new.period
    if period is None:
        return
    period.name, period.name_folded = entry.name, fold(entry.name)
    period.place_name, period.valid_to = entry.place_name, entry.valid_to
    period.parent_id = ids[entry.parent] if entry.parent else None
    period.save()
    agency = period.agency
    agency.level, agency.kind = entry.level, entry.kind
    last = agency.periods.order_by("valid_from").last()
    if last is not None and last.pk == period.pk:
        agency.valid_to = entry.valid_to
    agency.save()


def _write_successions(entries: list[Entry], ids: dict[Key, int]) -> None:
    Succession.objects.filter(predecessor__in=[ids[entry.key] for entry in entries]).delete()
    forebears: dict[int, int] = {}
    for successor_id in Succession.objects.values_list("successor_id", flat=True):
        forebears[successor_id] = forebears.get(successor_id, 0) + 1
    for entry in entries:
        for key in entry.successors:
            forebears[ids[key]] = forebears.get(ids[key], 0) + 1
    Succession.objects.bulk_create(
        Succession(
            predecessor_id=ids[entry.key],
            successor_id=ids[key],
            on=entry.valid_to,
            rank=rank,
            kind=_kind(entry, key, forebears[ids[key]]),
        )
        for entry in entries
        if entry.valid_to
        for rank, key in enumerate(entry.successors)
    )


def _kind(entry: Entry, successor: Key, forebears: int) -> str:
    if len(entry.successors) > 1:
        return Succession.Kind.SPLIT
    if forebears == 1 and successor[1] == entry.valid_to:
        return Succession.Kind.RENAME
    return Succession.Kind.MERGE
