"""One way to import everything: read, check, show, write all or nothing, and take it back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils import timezone

from lms.base.actions import record_event, record_events
from lms.base.importing.cells import Column
from lms.base.importing.headers import Headers
from lms.base.importing.journal import Entry, Journal
from lms.base.importing.lock import prepare_lock, take_lock
from lms.base.importing.outcome import Line, Outcome, Plain, Plan, Stop, changes_of
from lms.base.importing.problems import Problem, Row, problems_of
from lms.base.importing.reading import table_of
from lms.base.importing.sheets import read_sheet
from lms.base.importing.table import Progress, Table
from lms.base.importing.undisturbed import undisturbed
from lms.base.models import ImportLine, ImportRun

__all__ = ["Importer", "Outcome", "Plan"]


class Importer:
    """Imports one kind of file. Subclasses name the columns, plan and write.

    ``by`` is the officer at the upload page, None for the command line. ``full_list`` is the code of the
    agency of which the file holds everybody on ``list_on``; empty, the file holds changes only and what it
    does not name stays as it is.
    """

    kind: ClassVar[str]
    title: ClassVar[Any]
    columns: ClassVar[tuple[Column, ...]]
    # Imports of one domain touch the same rows: they wait for one another.
    domain: ClassVar[str] = ""
    takes_full_list: ClassVar[bool] = False
    # The options by which the command takes the number of a stop, by the stop's name: (option, help).
    confirmed_by: ClassVar[Mapping[str, tuple[str, str]]] = {}
    # The columns that say which rows belong together (whose, and whose duplicate): a file too large to hold is
    # read in parts along them. Empty: such a file is refused.
    parted_by: ClassVar[tuple[str, ...]] = ()
    # Whether rows of which there is nothing to say are taken by columns (`plain_rows`), without making a Row of each.
    by_columns: ClassVar[bool] = False
    # Why an import of this kind cannot be taken back; nothing where it can.
    not_undone: ClassVar[Any] = ""
    # What a file goes into, where its rows do not say it (a question bank); nothing where they do.
    goes_into: ClassVar[Any] = ""
    # Whether the page may write the good rows of a file while others are refused.
    skips_errors: ClassVar[bool] = False
    # The kinds of file the page offers to choose.
    accepts: ClassVar[str] = ".csv,.xlsx"
    # What the page says of the file beside its field; nothing for the usual words.
    file_help: ClassVar[Any] = ""

    def __init__(
        self, *, by: Any = None, full_list: str = "", list_on: date | None = None, into: str = ""
    ) -> None:
        self.by = by
        self.into = into
        self.full_list = full_list
        self.list_on = list_on
        self.journal = Journal()
        self._header_warnings: list[Problem] = []

    @classmethod
    def may_be_used_by(cls, person: Any) -> bool:
        """Tell whether the person may upload this kind of file at all."""
        raise NotImplementedError

    @classmethod
    def full_list_choices(cls, person: Any) -> list[tuple[str, str]]:
        """Return the agencies (code, name) of which the person may send a full list."""
        return []

    def plain_rows(self, table: Table) -> Plain:
        """Return the rows that stand for themselves and of which there is nothing to say: `plan` gets the others."""
        return Plain()

    @classmethod
    def into_choices(cls, person: Any) -> list[tuple[str, str]]:
        """Return what a file of this person may go into: (code, name)."""
        return []

    @classmethod
    def template(cls) -> bytes:
        """Return the workbook to fill in; nothing for one with the headers alone."""
        return b""

    def back_to(self) -> tuple[str, str]:
        """Return address and words of the page that shows what was written; nothing where there is none."""
        return "", ""

    def plan(self, rows: list[Row]) -> Plan:
        """Compare rows with the database; say what is wrong through `row.error` and `row.warning`."""
        raise NotImplementedError

    def write(self, plan: Plan) -> None:
        """Write the plan; the transaction is open. What is written is told to `self.journal`."""
        raise NotImplementedError

    def describe(self, item: Any) -> dict[str, Any]:
        """Return one item of the plan for the preview: {"what", "old", "new"}."""
        return {"what": str(item)}

    def stops(self, plan: Plan) -> list[Stop]:
        """Return the thresholds the plan crosses."""
        return []

    def begin_parts(self) -> None:
        """Note what the thresholds of a file dealt into parts are measured against; the transaction is open."""

    def note_part(self, plan: Plan) -> None:
        """Add what a part does, before it is written, to what the thresholds of the whole file count."""

    def stops_of_parts(self) -> list[Stop]:
        """Return the thresholds that the parts cross together."""
        return []

    def notes(self, plan: Plan) -> list[str]:
        """Return sentences the officer should read before confirming."""
        return []

    def effect(self, plan: Plan) -> list[dict[str, Any]]:
        """Write the plan and return what the figures would become; the caller rolls everything back."""
        return []

    def conflicts(self, entries: list[Entry], run: ImportRun) -> Iterable[tuple[str, str]]:
        """Yield (what, why) for each row that cannot be taken back, beyond what the floor itself sees."""
        return ()

    def heads_by_code(self) -> dict[str, str]:
        """Return the known records that stand for another, by code: the rows of both are planned together."""
        return {}

    def after_undo(self, entries: list[Entry]) -> None:
        """Do what must follow when an import was taken back; the transaction is open."""

    @undisturbed()
    def read(self, content: bytes, name: str, progress: Progress | None = None) -> Sequence[Row]:
        """Return the file's rows, each with what is wrong with its cells; raise FileRefused."""
        sheet = read_sheet(content, name)
        places, self._header_warnings = Headers(self.columns).find(sheet)
        table = table_of(self.columns, places, sheet)
        rows = self.rows_of(table, progress)
        self._header_warnings += table.oddities()
        return rows

    def rows_of(self, table: Table, progress: Progress | None = None) -> Sequence[Row]:
        """Return the rows of a table: by columns a row is made when it is asked for."""
        if not self.by_columns:
            return table.read_rows(progress)
        table.read_columns(progress)
        return table

    @undisturbed()
    def compare(self, rows: Sequence[Row], *, skip_errors: bool = False) -> tuple[Plan, Outcome]:
        """Compare the rows with the database; write nothing."""
        plain = self.plain_rows(rows) if isinstance(rows, Table) else Plain()
        told = rows.but(plain.places) if isinstance(rows, Table) else rows
        good = [row for row in told if not row.refused]
        plan = self._plan_beside(plain, good)
        # A refused row may have been what another stood on (a parent, a person): look again without it.
        while skip_errors and any(row.refused for row in good):
            good = [row for row in good if not row.refused]
            plan = self._plan_beside(plain, good)
        outcome = Outcome(
            added=len(plan.added) + len(plain.added),
            changed=len(plan.changed),
            ended=len(plan.ended),
            unchanged=plan.unchanged + plain.unchanged,
            refused=sum(row.refused for row in told),
            problems=self._header_warnings + problems_of(told),
            stops=self.stops(plan),
            notes=self.notes(plan),
        )
        return plan, outcome

    def _plan_beside(self, plain: Plain, rows: list[Row]) -> Plan:
        plan = self.plan(rows)
        if plain.places:
            plan.plain = plain
        return plan

    def lines(self, plan: Plan) -> list[Line]:
        """Return the preview: what is ended, changed and added, each field with its old and new value."""
        effects = ImportLine.Effect
        groups = (
            (effects.ENDED, plan.ended),
            (effects.CHANGED, plan.changed),
            (effects.ADDED, plan.all_added()),
        )
        return [self._line(effect, item) for effect, items in groups for item in items]

    def _line(self, effect: str, item: Any) -> Line:
        said = self.describe(item)
        row = getattr(item, "row", item)
        number = row.number if isinstance(row, Row) else None
        return Line(effect, number, said["what"], changes_of(said.get("old", {}), said.get("new", {})))

    def check(self, content: bytes, name: str, *, skip_errors: bool = False) -> Outcome:
        """Read and compare, write nothing; raise FileRefused for a file that cannot be read."""
        return self.compare(self.read(content, name), skip_errors=skip_errors)[1]

    def run(
        self,
        content: bytes,
        name: str,
        *,
        skip_errors: bool = False,
        confirmed: Mapping[str, int | None] | None = None,
        on_wait: Callable[[], None] | None = None,
    ) -> Outcome:
        """Import the file in one transaction; a file with errors writes nothing unless they are skipped.

        A file that ends posts above a threshold is refused unless `confirmed` has their number, by the stop's name.
        """
        rows = self.read(content, name)
        prepare_lock(self.lock_domain)
        with transaction.atomic():
            take_lock(self.lock_domain, on_wait=on_wait or _say_nothing)
            plan, outcome = self.compare(rows, skip_errors=skip_errors)
            if outcome.errors and not skip_errors:
                return outcome
            outcome.refuse_unconfirmed(confirmed or {})
            run = self.new_run(name, hashlib.sha256(content).hexdigest())
            outcome.written = True
            if not plan.is_empty:
                self.write_as(run, plan, outcome)
        return outcome

    def new_run(self, name: str, sha256: str) -> ImportRun:
        """Return the record of an import that no page has prepared."""
        return ImportRun(
            kind=self.kind,
            file_name=name[-200:],
            sha256=sha256,
            options={
                name: value for name, value in (("full_list", self.full_list), ("into", self.into)) if value
            },
            uploaded_by_id=str(self.by.pk) if self.by else "",
            uploaded_by_name=self.by.audit_name if self.by else "",
        )

    @undisturbed()
    def write_as(self, run: ImportRun, plan: Plan, outcome: Outcome) -> None:
        """Write the plan as this run, with its journal and its audit event; the transaction is open."""
        if not plan.is_empty:
            self.write(plan)
        self.keep_as(run, outcome)

    def keep_as(self, run: ImportRun, outcome: Outcome) -> None:
        """Keep what was written as this run; the transaction is open."""
        self.journal.keep(run)
        run.state, run.applied_at = ImportRun.State.APPLIED, timezone.now()
        run.report = {**run.report, **outcome.as_dict()}
        run.save()
        outcome.run_number = run.pk
        counts = {name: getattr(outcome, name) for name in ("added", "changed", "ended", "refused")}
        new = {**counts, "full_list": self.full_list, "sha256": run.sha256}
        record_event(by=self.by, action=f"import.{self.kind}", target=run, new=new)

    @property
    def lock_domain(self) -> str:
        """What this kind shares with others that write the same rows."""
        return self.domain or self.kind

    def record_corrections(
        self, changes: Iterable[tuple[models.Model, dict[str, Any], dict[str, Any]]]
    ) -> None:
        """Audit each corrected row with its old and new values."""
        record_events(by=self.by, action=f"import.{self.kind}.correct", changes=list(changes))


def _say_nothing() -> None:
    """Wait in silence."""
