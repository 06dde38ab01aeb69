"""Importing agencies with their parents, successors and periods."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from lms.base.dates import today
from lms.base.importing import (
    Column,
    Entry,
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
from lms.people.actions.organisation import note_organisation_changed
from lms.people.importing.agency_entries import (
    AgencyEntry,
    Correction,
    Key,
    World,
    entry_of,
    known_entries,
)
from lms.people.importing.agency_links import link, refuse_cycles
from lms.people.importing.agency_writing import write_agencies
from lms.people.importing.effect import effect_of
from lms.people.importing.ends import end_or_dash
from lms.people.rules import may

LABELS = {
    "name": gettext_noop("name"),
    "level": gettext_noop("level"),
    "kind": gettext_noop("kind"),
    "place_name": gettext_noop("place name on documents"),
    "valid_to": gettext_noop("no longer valid from"),
    "parent": gettext_noop("parent"),
    "successors": gettext_noop("successors"),
}


@importer("agencies")
class AgencyImporter(Importer):
    """Imports agencies; a parent or successor may stand later in the file."""

    title = gettext_lazy("Agencies")
    domain = "people"
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
            "valid_to",
            end_or_dash,
            aliases=("hết hiệu lực từ ngày",),
            last_day_aliases=("đến hết ngày", "đến ngày"),
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
        known = known_entries()
        fresh = self._read_entries(rows, known)
        world = World({**known, **fresh})
        for entry in fresh.values():
            link(entry, world)
        refuse_cycles(fresh, world)
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
    def _read_entries(rows: list[Row], known: dict[Key, AgencyEntry]) -> dict[Key, AgencyEntry]:
        entries: dict[Key, AgencyEntry] = {}
        for row in last_of_each(rows, lambda row: (row["code"], row["valid_from"]), "code"):
            end = row["valid_to"]
            if isinstance(end, date) and end <= row["valid_from"]:
                row.error("valid_to", _("the end is not after the start"))
            else:
                key = (row["code"], row["valid_from"])
                entries[key] = entry_of(row, known.get(key))
        return entries

    def describe(self, item: Any) -> dict[str, Any]:
        """Show a new agency, or old and new of what changes."""
        if isinstance(item, Correction):
            old, new = item.old.facts(), item.new.facts()
            changed = [name for name in new if old[name] != new[name]]
            return {
                "what": str(item),
                "old": {_(LABELS[name]): _shown(old[name]) for name in changed},
                "new": {_(LABELS[name]): _shown(new[name]) for name in changed},
            }
        return {
            "what": str(item),
            "new": {_(LABELS[name]): _shown(value) for name, value in item.facts().items() if value},
        }

    def effect(self, plan: Plan) -> list[dict[str, Any]]:
        """Compare N, I1 and I2 of the agencies known before, today."""
        touched = [item.new.period.agency_id for item in plan.changed if item.new.period]
        return effect_of(touched, today(), lambda: self.write(plan))

    def after_undo(self, entries: list[Entry]) -> None:
        """Let every process read the tree again."""
        note_organisation_changed()

    def write(self, plan: Plan) -> None:
        """Write agencies, then periods (parents exist by now), then successions."""
        write_agencies(plan.added, plan.changed, self.journal)
        note_organisation_changed()
        self.record_corrections(
            (correction.new.period, correction.old.facts(), correction.new.facts())
            for correction in plan.changed
            if correction.new.period
        )


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return ", ".join(value) if isinstance(value, list) else str(value or "")
