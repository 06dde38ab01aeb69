"""Triggers by which the database itself refuses to change what is locked, signed, numbered or approved.

They stop mistakes and careless hands, in SQL too. SQLite copies a table when a migration alters it and loses its
triggers, so they are made again after every migration; one that must touch such rows calls `uninstall` first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lms.base.triggers import drop_triggers

# What a numbered document consists of; what may still follow is that it is filed.
DOCUMENT = (
    "inspection_id", "type", "template_code", "template_version", "by_team", "agency_id", "series", "symbol",
    "inputs", "content", "signer_id", "signed_at", "number", "year", "issued_on", "numbered_at",
    "numbered_by_id", "pdf", "sha256", "replaces_id", "replaces_because", "made_at", "made_by_id",
)  # fmt: skip
# Of each table: the version of the plan that its row belongs to.
PLAN_ROWS = {
    "inspections_planline": "{row}.version_id",
    "inspections_plannedsubject": "(SELECT version_id FROM inspections_planline WHERE id = {row}.line_id)",
}
# By which row: what is new must go into a draft, what goes must come from one, what changes both.
PLAN_EVENTS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


@dataclass(frozen=True)
class Guard:
    """One refusal: before which event on which table, under which condition, in which words."""

    name: str
    table: str
    tells: str
    when: str = "1 = 1"
    event: str = "UPDATE"


def guards(vendor: str) -> Iterator[Guard]:
    """Yield every refusal of this room, in the database's own SQL."""
    # Điều 15.3.a NĐ 217/2025/NĐ-CP: minutes that are signed are not written on.
    yield Guard(
        "inspections_minutes_stay_locked",
        "inspections_minutes",
        "locked minutes never change",
        "OLD.locked_at IS NOT NULL",
    )
    yield Guard(
        "inspections_finding_stays_frozen",
        "inspections_finding",
        "a frozen finding never changes",
        "OLD.frozen_at IS NOT NULL",
    )
    differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    changed = " OR ".join(f'NEW."{name}" {differs} OLD."{name}"' for name in DOCUMENT)
    yield Guard(
        "inspections_document_stays",
        "inspections_casedocument",
        "a numbered document never changes",
        "OLD.state = 'FILED' OR"
        f" (OLD.state = 'NUMBERED' AND (NEW.state NOT IN ('NUMBERED', 'FILED') OR {changed}))",
    )
    signature = "a signature never changes"
    yield Guard("inspections_drawn_stays", "inspections_drawnsignature", signature)
    yield Guard("inspections_signature_stays", "inspections_papersignature", signature)
    yield Guard(
        "inspections_signature_order",
        "inspections_papersignature",
        "the person signs before the agency",
        "NEW.field = 'CoQuan' AND NOT EXISTS (SELECT 1 FROM inspections_papersignature"
        " WHERE document_id = NEW.document_id AND field = 'NguoiKy')",
        event="INSERT",
    )
    # What somebody else holds in hand, and what somebody else said.
    yield Guard("inspections_receivedfile_stays", "inspections_receivedfile", "a receipt never changes")
    yield Guard(
        "inspections_partystatement_stays",
        "inspections_partystatement",
        "a statement of a party never changes",
    )
    yield from _plan_guards()


def _plan_guards() -> Iterator[Guard]:
    for table, version in PLAN_ROWS.items():
        for event, rows in PLAN_EVENTS.items():
            states = (
                f"(SELECT state FROM inspections_planversion WHERE id = {version.format(row=row)})"  # noqa: S608
                for row in rows
            )
            yield Guard(
                f"{table}_{event.lower()}_stays",
                table,
                "the lines of a plan change only in its draft",
                " OR ".join(f"{state} <> 'DRAFT'" for state in states),
                event,
            )


def install(connection: Any) -> None:
    """Make the triggers anew."""
    uninstall(connection)
    with connection.cursor() as cursor:
        for guard in guards(connection.vendor):
            for statement in _postgresql(guard) if connection.vendor == "postgresql" else _sqlite(guard):
                cursor.execute(statement)


def uninstall(connection: Any) -> None:
    """Drop the triggers."""
    drop_triggers(connection, ((guard.name, guard.table) for guard in guards(connection.vendor)))


def _sqlite(guard: Guard) -> Iterator[str]:
    yield (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} WHEN {guard.when}"
        f" BEGIN SELECT RAISE(ABORT, '{guard.tells}'); END"
    )


def _postgresql(guard: Guard) -> Iterator[str]:
    yield (
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {guard.when} THEN"
        f" RAISE EXCEPTION '{guard.tells}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        " RETURN COALESCE(NEW, OLD); END $$"
    )
    yield (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table}"
        f" FOR EACH ROW EXECUTE FUNCTION {guard.name}()"
    )
