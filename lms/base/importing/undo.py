"""Taking an import back, row by row, where nothing has been built on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.base.actions import Actor, record_event
from lms.base.importing.dependence import dependents, take_along
from lms.base.importing.importer import Importer
from lms.base.importing.journal import Entry, read_journal, values_of
from lms.base.importing.lock import prepare_lock, take_lock
from lms.base.importing.outcome import json_lines
from lms.base.importing.problems import FileRefused
from lms.base.importing.registry import importers
from lms.base.models import ImportRun

CHUNK = 5_000
BATCH = 300
NAMED = 50


class NotUndone(Exception):
    """An import cannot be taken back; `reasons` names the rows, `count` says how many there are."""

    def __init__(self, reasons: list[tuple[str, str]]) -> None:
        super().__init__(_("Something depends on this import."))
        self.count = len(reasons)
        self.reasons = reasons[:NAMED]


def undo_import(*, run: ImportRun, importer: Importer, by: Actor | None, reason: str) -> int:
    """Take back everything an import wrote; return how many rows. The domain's lock is held by the caller.

    Raises NotUndone, naming the rows, where one was changed since or something depends on it.
    """
    if run.applied_at is None or not run.journal:
        raise NotUndone([(str(run), _("it wrote nothing, or its journal is no longer kept"))])
    entries = read_journal(run)
    current = _current(entries)
    refusals = [(_name(entry, current), why) for entry, why in _changed_since(entries, current)]
    if not refusals:
        named = {(entry.label, entry.pk): entry for entry in entries}
        refusals = [
            (_name(named[label, pk], current), why)
            for label, pk, why in dict.fromkeys(dependents(entries, run.applied_at))
        ]
        refusals += importer.conflicts(entries, run)
    if refusals:
        raise NotUndone(refusals)
    for (label, kind), group in groupby(reversed(entries), key=lambda entry: (entry.label, entry.kind)):
        _take_back(apps.get_model(label), kind, list(group), current)
    importer.after_undo(entries)
    run.state, run.undone_at, run.undo_reason = ImportRun.State.UNDONE, timezone.now(), reason
    run.save()
    record_event(by=by, action="import.undo", target=run, new={"rows": len(entries)}, reason=reason)
    return len(entries)


def undo_now(
    *, number: int, by: Actor | None, reason: str, on_wait: Callable[[], None]
) -> tuple[ImportRun, int]:
    """Take an import back at once, however it came in; return it and how many rows came back.

    Raises FileRefused where it cannot be asked of this import, NotUndone where rows stand against it.
    """
    run = ImportRun.objects.filter(pk=number).first()
    if run is None:
        raise FileRefused(_("There is no import with the number %(number)d.") % {"number": number})
    importer = importers()[run.kind]()
    if importer.not_undone:
        raise FileRefused(str(importer.not_undone))
    prepare_lock(importer.lock_domain)
    with transaction.atomic():
        take_lock(importer.lock_domain, on_wait=on_wait)
        run.refresh_from_db()
        if not run.is_undo_open:
            raise FileRefused(_("This import can no longer be taken back."))
        return run, undo_import(run=run, importer=importer, by=by, reason=reason)


Current = dict[tuple[str, Any], models.Model]


def _current(entries: list[Entry]) -> Current:
    """Return the rows as they stand now."""
    keys: dict[str, set[Any]] = {}
    for entry in entries:
        keys.setdefault(entry.label, set()).add(entry.pk)
    found: Current = {}
    for label, pks in keys.items():
        model, listed = apps.get_model(label), sorted(pks)
        for start in range(0, len(listed), CHUNK):
            for row in model._base_manager.filter(pk__in=listed[start : start + CHUNK]):
                found[label, row.pk] = row
    return found


def _changed_since(entries: list[Entry], current: Current) -> Iterator[tuple[Entry, str]]:
    """Yield what is no longer as the import left it; of a row written twice its last state counts."""
    last: dict[tuple[str, Any, str], tuple[Entry, Any]] = {}
    for entry in entries:
        for name, value in (entry.after or {}).items():
            last[entry.label, entry.pk, name] = (entry, value)
    for entry in entries:
        row = current.get((entry.label, entry.pk))
        if entry.kind == "deleted":
            continue
        if row is None:
            yield entry, _("it no longer exists")
            continue
        for name in entry.after or {}:
            if last[entry.label, entry.pk, name][0] is entry and not _same(row, entry, name):
                words = {"field": _field_name(type(row), name), "value": getattr(row, name)}
                yield entry, _("%(field)s was changed later and is now “%(value)s”") % words
                break


def _same(row: models.Model, entry: Entry, name: str) -> bool:
    now = values_of(row, [name])
    (line,) = json_lines([now])
    return bool(json.loads(line)[name] == (entry.after or {})[name])


def _field_name(model: type[models.Model], attribute: str) -> str:
    for column in model._meta.concrete_fields:
        if column.attname == attribute:
            return str(column.verbose_name)
    return attribute


def _name(entry: Entry, current: Current) -> str:
    row = current.get((entry.label, entry.pk))
    model = apps.get_model(entry.label)
    return f"{model._meta.verbose_name} {row if row is not None else entry.pk}"


def _take_back(model: type[models.Model], kind: str, entries: list[Entry], current: Current) -> None:
    if kind == "made":
        pks = [entry.pk for entry in entries]
        for start in range(0, len(pks), CHUNK):
            chunk = pks[start : start + CHUNK]
            take_along(model, chunk)
            # Nothing else points at them (asked above), so no cascade need be looked for.
            model._base_manager.filter(pk__in=chunk)._raw_delete("default")
    elif kind == "deleted":
        model._base_manager.bulk_create([_restored(model, entry) for entry in entries], batch_size=BATCH)
    else:
        _restore_values(model, entries, current)


def _restored(model: type[models.Model], entry: Entry) -> models.Model:
    return model(**{name: _value(model, name, value) for name, value in (entry.before or {}).items()})


def _restore_values(model: type[models.Model], entries: list[Entry], current: Current) -> None:
    fields: set[str] = set()
    rows: dict[Any, models.Model] = {}
    for entry in entries:
        row = current[entry.label, entry.pk]
        for name, value in (entry.before or {}).items():
            setattr(row, name, _value(model, name, value))
            fields.add(name)
        rows[entry.pk] = row
    names = [column.name for column in model._meta.concrete_fields if column.attname in fields]
    model._base_manager.bulk_update(list(rows.values()), names, batch_size=BATCH)


def _value(model: type[models.Model], attribute: str, value: Any) -> Any:
    """Return the value as the column holds it: JSON keeps days and instants as text."""
    for column in model._meta.concrete_fields:
        if column.attname == attribute:
            return column.to_python(value)
    return value
