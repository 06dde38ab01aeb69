"""Who stands under whom, and who goes on for whom, in an agencies file."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from lms.base.importing import Row
from lms.people.importing.agency_entries import AgencyEntry, Key, World
from lms.people.importing.ends import keeps_successors


def link(entry: AgencyEntry, world: World) -> None:
    """Find the parent and the successors that the entry's row names; refuse those whom nobody is."""
    row = entry.row
    if row is None:
        return
    if "parent_code" in row.columns:
        entry.parent = _find_parent(row, entry, world)
    if "successor_code" in row.columns:
        entry.successors = _find_successors(row, entry, world)
    elif entry.valid_to is None:
        entry.successors = []


def _find_parent(row: Row, entry: AgencyEntry, world: World) -> Key | None:
    if not row["parent_code"]:
        return None
    parent = world.bearer(row["parent_code"], entry.valid_from)
    if parent is None:
        row.error("parent_code", _("no agency bears this code on %(day)s") % {"day": _day(entry.valid_from)})
    return world.key(parent) if parent else None


def _find_successors(row: Row, entry: AgencyEntry, world: World) -> list[Key]:
    if entry.known_end and not entry.known_end.is_last:
        return []  # it went on under another name; who follows it stands at its last
    if entry.successors and keeps_successors(row, entry.end, entry.known_end):
        return entry.successors
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
        elif (key := world.key(successor)) not in found:
            found.append(key)
    return found


def refuse_cycles(fresh: dict[Key, AgencyEntry], world: World) -> None:
    """Refuse an agency that stands above itself."""
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
