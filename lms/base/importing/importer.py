"""One way to import everything: read, check, show, and write all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.base.actions import record_event, record_events
from lms.base.importing.cells import Column, Parse, Unreadable, code, day_after
from lms.base.importing.problems import HEADER_ROW, FileRefused, Problem, Row, problems_of
from lms.base.importing.sheets import Sheet, read_sheet
from lms.base.models import ImportRun
from lms.base.vietnamese import fold


@dataclass
class Plan:
    """What a file would do: rows to add, rows to correct (with their old values), rows already there."""

    added: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)
    unchanged: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be written."""
        return not self.added and not self.changed


@dataclass
class Outcome:
    """What a file did or would do."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    written: bool = False
    problems: list[Problem] = field(default_factory=list)
    preview: list[dict[str, Any]] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        """The problems for which rows are refused."""
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        """What looks odd in rows that are taken."""
        return [problem for problem in self.problems if problem.severity == "warning"]

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON; of very many problems the first two thousand."""
        return {
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "errors": len(self.errors),
            "warnings": len(self.warnings),
            "problems": [problem.as_dict() for problem in self.problems[:2000]],
            "preview": self.preview,
        }


class Importer:
    """Imports one kind of file. Subclasses name the columns, plan and write.

    ``by`` is the officer at the upload page, None for the command line.
    """

    kind: ClassVar[str]
    title: ClassVar[Any]
    columns: ClassVar[tuple[Column, ...]]

    def __init__(self, *, by: Any = None, uploaded: ImportRun | None = None) -> None:
        self.by = by
        self.uploaded = uploaded

    @classmethod
    def may_be_used_by(cls, person: Any) -> bool:
        """Tell whether the person may upload this kind of file at all."""
        raise NotImplementedError

    def plan(self, rows: list[Row]) -> Plan:
        """Compare rows with the database; say what is wrong through `row.error` and `row.warning`."""
        raise NotImplementedError

    def write(self, plan: Plan) -> None:
        """Write the plan; the transaction is open."""
        raise NotImplementedError

    def describe(self, item: Any) -> dict[str, Any]:
        """Return one added or changed item for the preview: {"what", "old", "new"}."""
        return {"what": str(item)}

    def check(self, content: bytes, name: str, *, skip_errors: bool = False) -> Outcome:
        """Read and compare, write nothing; raise FileRefused for a file that cannot be read."""
        _plan, outcome = self._planned(content, name, skip_errors)
        return outcome

    def run(self, content: bytes, name: str, *, skip_errors: bool = False) -> Outcome:
        """Import the file in one transaction; a file with errors writes nothing unless they are skipped."""
        with transaction.atomic():
            plan, outcome = self._planned(content, name, skip_errors)
            if outcome.errors and not skip_errors:
                return outcome
            outcome.written = True
            if not plan.is_empty:
                self.write(plan)
            if not plan.is_empty or self.uploaded:
                self._record(content, name, outcome)
        return outcome

    def _planned(self, content: bytes, name: str, skip_errors: bool) -> tuple[Plan, Outcome]:
        rows = self._parse(read_sheet(content, name))
        good = [row for row in rows if not row.refused]
        plan = self.plan(good)
        # A refused row may have been what another stood on (a parent, a person): look again without it.
        while skip_errors and any(row.refused for row in good):
            good = [row for row in good if not row.refused]
            plan = self.plan(good)
        preview = [self.describe(item) for item in (plan.changed + plan.added)[:50]]
        outcome = Outcome(
            added=len(plan.added),
            changed=len(plan.changed),
            unchanged=plan.unchanged,
            refused=sum(row.refused for row in rows),
            problems=self._header_warnings + problems_of(rows),
            preview=preview,
        )
        return plan, outcome

    def _record(self, content: bytes, name: str, outcome: Outcome) -> None:
        run = self.uploaded or ImportRun(
            kind=self.kind,
            file_name=name[-200:],
            sha256=hashlib.sha256(content).hexdigest(),
            uploaded_by_id=str(self.by.pk) if self.by else "",
        )
        run.state, run.applied_at = ImportRun.State.APPLIED, timezone.now()
        run.report = {**outcome.as_dict(), "preview": []}
        run.save()
        counts = {
            "added": outcome.added,
            "changed": outcome.changed,
            "refused": outcome.refused,
            "sha256": run.sha256,
        }
        record_event(by=self.by, action=f"import.{self.kind}", target=run, new=counts)

    def record_corrections(
        self, changes: Iterable[tuple[models.Model, dict[str, Any], dict[str, Any]]]
    ) -> None:
        """Audit each corrected row with its old and new values."""
        record_events(by=self.by, action=f"import.{self.kind}.correct", changes=list(changes))

    def _parse(self, sheet: Sheet) -> list[Row]:
        places = self._find_columns(sheet.header)
        code_places = {place for place, (column, _parse) in places.items() if _is_code(column)}
        given = frozenset(column.name for column, _parse in places.values())
        rows = []
        for number, cells in sheet.rows:
            row = Row(number, {column.name: column.default for column in self.columns}, {}, given)
            for place, (column, parse) in places.items():
                cell = cells[place] if place < len(cells) else ""
                self._read_cell(row, column, parse, cell)
                if place in code_places and (number, place) in sheet.as_number:
                    _notice_lost_zero(row, column, cell)
            rows.append(row)
        return rows

    @staticmethod
    def _read_cell(row: Row, column: Column, parse: Parse, cell: str) -> None:
        if not cell:
            if column.required:
                row.error(column.name, _("is missing"))
            return
        row.raw[column.name] = cell
        try:
            row.values[column.name] = parse(cell)
        except Unreadable as error:
            row.error(column.name, error)

    def _find_columns(self, header: list[str]) -> dict[int, tuple[Column, Parse]]:
        known: dict[str, tuple[Column, Parse]] = {}
        for column in self.columns:
            for spelling in (column.name, *column.aliases):
                known[_header_key(spelling)] = (column, column.parse)
            for spelling in column.last_day_aliases:
                known[_header_key(spelling)] = (column, day_after(column.parse))
        places: dict[int, tuple[Column, Parse]] = {}
        self._header_warnings: list[Problem] = []
        for place, title in enumerate(header):
            if found := known.get(_header_key(title)):
                places[place] = found
            elif title:
                message = _("This column is not known and was not read.")
                self._header_warnings.append(Problem(HEADER_ROW, title, title, message, "warning"))
        self._refuse_header(header, places)
        return places

    def _refuse_header(self, header: list[str], places: dict[int, tuple[Column, Parse]]) -> None:
        names = [column.name for column, _parse in places.values()]
        twice = sorted({name for name in names if names.count(name) > 1})
        missing = [column.name for column in self.columns if column.required and column.name not in names]
        if twice:
            raise FileRefused(_("Row 1: the column %(names)s stands twice.") % {"names": ", ".join(twice)})
        if missing:
            raise FileRefused(
                _("Row 1 must hold the headers; missing: %(missing)s. Found: %(found)s.")
                % {"missing": ", ".join(missing), "found": ", ".join(filter(None, header))[:300]}
            )


def _header_key(title: str) -> str:
    return fold(title.replace("_", " ")).strip(" *")


def _is_code(column: Column) -> bool:
    return getattr(column.parse, "__qualname__", "").startswith(code.__qualname__)


def _notice_lost_zero(row: Row, column: Column, cell: str) -> None:
    if column.name == "person_id" and cell.isdigit() and len(cell) == 11:
        row.error(
            column.name,
            _("has 11 digits: the sheet stored it as a number and lost the leading zero; store it as text"),
        )


_importers: dict[str, type[Importer]] = {}


def importer(kind: str) -> Callable[[type[Importer]], type[Importer]]:
    """Register an importer for the upload page."""

    def register(cls: type[Importer]) -> type[Importer]:
        cls.kind = kind
        _importers[kind] = cls
        return cls

    return register


def importers() -> dict[str, type[Importer]]:
    """Return every importer by kind."""
    return dict(_importers)
