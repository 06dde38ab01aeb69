"""CSV files too large to hold: dealt into parts on the disk, compared and written part by part in one transaction.

Rows that belong together (one person's, and those of the person's other records) fall into the same part, so that
each part is planned by the same rules as a small file. Memory follows the part, not the file.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from zlib import crc32

from django.db import reset_queries, transaction
from django.utils.translation import gettext as _

from lms.base.importing.headers import Headers
from lms.base.importing.importer import Importer
from lms.base.importing.lock import prepare_lock, take_lock
from lms.base.importing.outcome import Outcome
from lms.base.importing.problems import FileRefused, Row
from lms.base.importing.reading import LOOKED_AT_FOR_ENCODING, table_of
from lms.base.importing.sheets import Sheet, delimiter_of, numbered, sheet_of
from lms.base.vietnamese import nfc

# About 70,000 rows of staff, 300 MB once they are read; a smaller file is held whole.
LARGE = 8 * 1024 * 1024
BYTES_A_PART = 2 * 1024 * 1024
MOST_PARTS = 500  # each is an open file

Line = tuple[int, list[str]]


class Parts:
    """One large CSV file, dealt into parts."""

    def __init__(self, path: Path, importer: Importer, folder: Path) -> None:
        self.path, self.importer, self.folder = path, importer, folder
        self.count = max(1, min(MOST_PARTS, path.stat().st_size // BYTES_A_PART))
        with self._open() as file:
            self.delimiter = delimiter_of(file.readline())
        self.head = sheet_of(list(islice(self._lines(), LOOKED_AT_FOR_ENCODING)))
        with path.open("rb") as content:
            self.sha256 = hashlib.file_digest(content, "sha256").hexdigest()
        self.places, self.oddities = Headers(importer.columns).find(self.head)

    def _open(self) -> IO[str]:
        return self.path.open(encoding="utf-8-sig", newline="")

    def _lines(self) -> Iterator[Line]:
        """Yield the numbered lines of the file, the header among them; raise FileRefused for what is no CSV."""
        with self._open() as file:
            try:
                yield from numbered(csv.reader(file, delimiter=self.delimiter, strict=True))
            except csv.Error as error:
                raise FileRefused(_("The CSV file is malformed: %(error)s.") % {"error": error}) from None

    def _rows(self) -> Iterator[Line]:
        return ((number, cells) for number, cells in self._lines() if number > self.head.header_row)

    def deal(self) -> None:
        """Write every row into the part of those it belongs to."""
        own, kept = (self._place(name) for name in self.importer.parted_by)
        heads = self.importer.heads_by_code() | self._heads_in_file(own, kept)
        with ExitStack() as stack:
            files = [
                stack.enter_context(self._part(number).open("w", encoding="utf-8", newline=""))
                for number in range(self.count)
            ]
            writers = [csv.writer(file) for file in files]
            for number, cells in self._rows():
                head = _head_of(_cell(cells, own), heads)
                writers[crc32(head.encode()) % self.count].writerow([number, *cells])

    def _heads_in_file(self, own: int | None, kept: int | None) -> dict[str, str]:
        if kept is None:
            return {}
        pairs = ((_cell(cells, own), _cell(cells, kept)) for _number, cells in self._rows())
        return {code: head for code, head in pairs if head}

    def _place(self, name: str) -> int | None:
        return next((place for place, (column, _parse) in self.places.items() if column.name == name), None)

    def _part(self, number: int) -> Path:
        return self.folder / f"{number}.csv"

    def __iter__(self) -> Iterator[Sequence[Row]]:
        """Yield the rows of each part, read and checked."""
        for number in range(self.count):
            with self._part(number).open(encoding="utf-8", newline="") as file:
                lines = [(int(number), cells) for number, *cells in csv.reader(file)]
            filled: list[tuple[int, Sequence[Any]]] = [line for line in lines if any(map(str.strip, line[1]))]
            sheet = Sheet(self.head.header, self.head.header_row, filled)
            yield self.importer.rows_of(table_of(self.importer.columns, self.places, sheet))


def _cell(cells: Sequence[str], place: int | None) -> str:
    return nfc(cells[place]).strip() if place is not None and place < len(cells) else ""


def _head_of(code: str, heads: dict[str, str]) -> str:
    """Return the code of the record that is kept; a circle, refused later, ends where it began."""
    seen = {code}
    while (head := heads.get(code)) and head not in seen:
        seen.add(head)
        code = head
    return min(seen) if head else code


def run_in_parts(
    importer: Importer,
    path: Path,
    *,
    skip_errors: bool,
    dry_run: bool,
    confirmed: Mapping[str, int | None],
    on_wait: Callable[[], None],
) -> Outcome:
    """Import a large CSV file in one transaction; a file with errors writes nothing unless they are skipped.

    Thresholds count the whole file, as in `Importer.run`.
    """
    with TemporaryDirectory() as folder:
        parts = _dealt(path, importer, Path(folder))
        prepare_lock(importer.lock_domain)
        total = Outcome(problems=list(parts.oddities))
        with transaction.atomic():
            take_lock(importer.lock_domain, on_wait=on_wait)
            importer.begin_parts()
            for rows in parts:
                _take(importer, rows, total, skip_errors=skip_errors, dry_run=dry_run)
            total.stops = importer.stops_of_parts()
            total.problems.sort(key=lambda problem: (problem.row, problem.column))
            if dry_run or (total.errors and not skip_errors):
                transaction.set_rollback(True)
                return total
            total.refuse_unconfirmed(confirmed)
            total.written = True
            if total.added or total.changed:
                importer.keep_as(importer.new_run(path.name, parts.sha256), total)
    return total


def _dealt(path: Path, importer: Importer, folder: Path) -> Parts:
    _refuse_binary(path)
    try:
        parts = Parts(path, importer, folder)
        parts.deal()
    except UnicodeDecodeError:
        raise FileRefused(
            _(
                "The file is not UTF-8. Save it as “CSV UTF-8”; text in TCVN3, VNI or UTF-16 must be converted first."
            )
        ) from None
    return parts


def _take(
    importer: Importer, rows: Sequence[Row], total: Outcome, *, skip_errors: bool, dry_run: bool
) -> None:
    plan, outcome = importer.compare(rows, skip_errors=skip_errors)
    total.add(outcome)
    importer.note_part(plan)
    refused = bool(total.errors) and not skip_errors
    if not dry_run and not refused and not plan.is_empty:
        importer.write(plan)
        importer.journal.set_down()
    reset_queries()  # with DEBUG on, Django would keep the texts of all of them


def _refuse_binary(path: Path) -> None:
    with path.open("rb") as file:
        while chunk := file.read(BYTES_A_PART):
            if b"\x00" in chunk:
                raise FileRefused(_("The file holds binary data: it is no CSV file."))
