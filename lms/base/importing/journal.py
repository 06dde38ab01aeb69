"""What an import writes, kept so that it can be taken back row by row."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.files.base import File
from django.db import models

from lms.base.importing.outcome import json_lines
from lms.base.models import ImportRun

FASTEST = 1
BATCH = 500


@dataclass(frozen=True)
class Entry:
    """One written row: nothing `before` when it was made, nothing `after` when it was deleted."""

    label: str
    pk: Any
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def kind(self) -> str:
        """What happened: made, changed or deleted."""
        if self.before is None:
            return "made"
        return "changed" if self.after is not None else "deleted"


@dataclass
class Journal:
    """Collects what is written, in order; what is made is read when the journal is kept (it has its key by then)."""

    _written: list[tuple[models.Model, dict[str, Any] | None, Sequence[str] | None]] = field(
        default_factory=list
    )
    _columns: list[tuple[str, Sequence[Any], Mapping[str, Sequence[Any]]]] = field(default_factory=list)
    _packed: IO[bytes] | None = None

    def made_of_columns(
        self, model: type[models.Model], keys: Sequence[Any], columns: Mapping[str, Sequence[Any]]
    ) -> None:
        """Note rows that were inserted by columns, the last of all that is written, with their keys."""
        self._columns.append((model._meta.label, keys, columns))

    def made(self, rows: Iterable[models.Model], fields: Sequence[str]) -> None:
        """Note rows that were inserted, by the fields that the import gave them."""
        self._written.extend((row, None, fields) for row in rows)

    def changed(self, row: models.Model, before: dict[str, Any]) -> None:
        """Note a row that was updated, with the old values of what changed."""
        if before:
            self._written.append((row, before, tuple(before)))

    def deleted(self, rows: Iterable[models.Model]) -> None:
        """Note rows before they are deleted, with everything they held."""
        for row in rows:
            self._written.append((row, values_of(row, attributes_of(type(row))), None))

    def entries(self) -> Iterator[list[Any]]:
        """Yield each as [label, key, before, after]."""
        for row, before, fields in self._written:
            after = None if fields is None else values_of(row, fields)
            yield [row._meta.label, row.pk, before, after]
        for label, keys, columns in self._columns:
            names = tuple(columns)
            for key, *values in zip(keys, *columns.values(), strict=True):
                yield [label, key, None, dict(zip(names, values, strict=True))]

    def set_down(self) -> None:
        """Write what is noted so far to the disk and forget it: a file of millions is written part by part."""
        if not self._written and not self._columns:
            return
        if self._packed is None:
            self._packed = TemporaryFile()  # noqa: SIM115 (closed when it is kept)
        # One after the other, packed streams read as one.
        with gzip.GzipFile(fileobj=self._packed, mode="wb", compresslevel=FASTEST) as file:
            file.writelines(json_lines(_in_batches(self.entries())))
        self._written.clear()
        self._columns.clear()

    def keep(self, run: ImportRun) -> None:
        """Store the journal with the run; an import that wrote nothing has none."""
        self.set_down()
        if self._packed is None:
            return
        with self._packed as packed:
            packed.seek(0)
            run.journal.save(f"{run.sha256[:16]}.jsonl.gz", File(packed), save=False)
        self._packed = None


def read_journal(run: ImportRun) -> list[Entry]:
    """Return what the import wrote, in the order in which it did."""
    with run.journal.open("rb") as stored, gzip.open(stored) as file:
        return [Entry(*entry) for line in file for entry in _batch_of(json.loads(line))]


def _in_batches(entries: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    """Yield the entries by hundreds, a line each: one by one, packing them would cost more than writing the rows."""
    while batch := list(islice(entries, BATCH)):
        yield batch


def _batch_of(line: list[Any]) -> list[Any]:
    """Return the entries of a line; a journal kept earlier has one entry a line."""
    return line if isinstance(line[0], list) else [line]


def attributes_of(model: type[models.Model]) -> list[str]:
    """Return the names of all columns of a model, as attributes."""
    return [column.attname for column in model._meta.concrete_fields]


def values_of(row: models.Model, fields: Sequence[str]) -> dict[str, Any]:
    """Return the row's values by attribute."""
    return {name: getattr(row, name) for name in fields}
