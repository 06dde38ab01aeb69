"""Registers kept as one row an entry: a file adds and corrects, and never removes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db import models

from lms.base.importing import Importer, Plan, Row, last_of_each
from lms.base.importing.journal import attributes_of, values_of
from lms.people.importing.described import in_words
from lms.people.importing.lookups import in_chunks
from lms.people.rules import may


@dataclass
class Entry:
    """One row of the file as a row of the register."""

    row: Row
    entry: models.Model
    old: dict[str, Any] = field(default_factory=dict)
    new: dict[str, Any] = field(default_factory=dict)
    # Every column as it was, also those that follow from others.
    before: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.entry)


class RegisterImporter(Importer):
    """Imports a register: `key` names the column and the field that make a row the same row."""

    model: ClassVar[type[models.Model]]
    key: ClassVar[tuple[str, str]]
    # Column to field, beside the key.
    fields: ClassVar[Mapping[str, str]]
    permission: ClassVar[str] = "system.run"

    @classmethod
    def may_be_used_by(cls, person: Any) -> bool:
        """Those who keep the register."""
        return may(person, cls.permission)

    def plan(self, rows: list[Row]) -> Plan:
        """Compare with the rows already known."""
        column, _field = self.key
        known, plan = self._known(rows), Plan()
        self.look_at(rows, known)
        for row in last_of_each(rows, lambda row: row[column], column):
            self.check_row(row)
            if not row.refused:
                self._plan_row(row, known.get(row[column]), plan)
        return plan

    def look_at(self, rows: list[Row], known: Mapping[Any, models.Model]) -> None:
        """Look at the whole file before its rows."""

    def check_row(self, row: Row) -> None:
        """Say what is wrong with a row beyond its cells."""

    def value(self, row: Row, column: str, otherwise: Any) -> Any:
        """Return what the row says of a column, as the field takes it."""
        return row.said(column, otherwise)

    def beside(self, row: Row, entry: models.Model) -> dict[str, tuple[Any, Any]]:
        """Return what the row says beside the fields, as it is and as it is told."""
        return {}

    def _known(self, rows: list[Row]) -> dict[Any, models.Model]:
        column, name = self.key
        found: dict[Any, models.Model] = {}
        for chunk in in_chunks({row[column] for row in rows}):
            for entry in self.model._default_manager.filter(**{f"{name}__in": chunk}):
                found[getattr(entry, name)] = entry
        return found

    def _plan_row(self, row: Row, entry: models.Model | None, plan: Plan) -> None:
        column, name = self.key
        is_new = entry is None
        entry = entry or self.model(**{name: row[column]})
        before = values_of(entry, attributes_of(self.model))
        told = {
            target: self.value(row, source, getattr(entry, target)) for source, target in self.fields.items()
        }
        old = {name: getattr(entry, name) for name in told}
        for target, value in told.items():
            setattr(entry, target, value)
        for fact, (is_so, is_told) in self.beside(row, entry).items():
            old[fact], told[fact] = is_so, is_told
        changed = {name: value for name, value in told.items() if old[name] != value}
        if is_new:
            plan.added.append(Entry(row, entry, {}, told))
        elif changed:
            plan.changed.append(Entry(row, entry, {name: old[name] for name in changed}, changed, before))
        else:
            plan.unchanged += 1

    def describe(self, item: Entry) -> dict[str, Any]:
        """Return the row for the preview."""
        old, new = (in_words(item.entry, values) for values in (item.old, item.new))
        return {"what": str(item), "old": old, "new": new}

    def write(self, plan: Plan) -> None:
        """Add and correct."""
        _column, key = self.key
        for item in plan.added:
            item.entry.save()
            self.journal.made([item.entry], (key, *self.fields.values()))
        for item in plan.changed:
            item.entry.save()
            changed = {name: was for name, was in item.before.items() if getattr(item.entry, name) != was}
            self.journal.changed(item.entry, changed)
        for item in [*plan.added, *plan.changed]:
            self.written(item)
        self.record_corrections((item.entry, item.old, item.new) for item in plan.changed)

    def written(self, item: Entry) -> None:
        """Do what follows for a row when all are written; the transaction is open, what is written is told."""
