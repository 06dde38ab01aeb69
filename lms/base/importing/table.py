"""A file by its columns: each distinct cell of a column is read once, and a row is made only where somebody asks.

An import of forty thousand rows has forty thousand times twelve cells, most of them seen before and with nothing to
be said of them. What a cell is read as, and every sentence about it, comes from the `Reader` of its column alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, overload

from lms.base.importing.cells import Code, Column, Text
from lms.base.importing.headers import Places
from lms.base.importing.problems import Problem, Row
from lms.base.importing.reader import Reader, stored_as_numbers
from lms.base.importing.sheets import Sheet

# Called with (rows done, rows in all).
Progress = Callable[[int, int], None]
EVERY = 5_000
# What stands in a column where something is to be said of the cell: its row is read cell by cell.
DOUBT: Any = object()


class Table(Sequence[Row]):
    """The rows of a file; `table[place]` is read anew each time it is asked for."""

    def __init__(self, columns: Sequence[Column], places: Places, sheet: Sheet) -> None:
        self.numbers = [number for number, _cells in sheet.rows]
        self._cells = [cells for _number, cells in sheet.rows]
        self._readers = {place: Reader(column, parse) for place, (column, parse) in places.items()}
        self.given = frozenset(reader.column.name for reader in self._readers.values())
        self._defaults = {column.name: column.default for column in columns}
        self._columns: dict[str, Sequence[Any]] = {}
        self.doubtful: set[int] = set()

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        cells = self._cells[place]
        row = Row(self.numbers[place], dict(self._defaults), {}, self.given)
        for column, reader in self._readers.items():
            reader.read(row, cells[column] if column < len(cells) else "")
        return row

    def read_rows(self, progress: Progress | None) -> list[Row]:
        """Return every row, read cell by cell."""
        rows = []
        for place in range(len(self)):
            if progress is not None and place % EVERY == 0:
                progress(place, len(self))
            rows.append(self[place])
        return rows

    def read_columns(self, progress: Progress | None) -> None:
        """Read every column, and note of which rows something is to be said (`doubtful`)."""
        columns = self._columns_of_cells()
        for done, (place, reader) in enumerate(self._readers.items()):
            if progress is not None:
                progress(done * len(self) // len(self._readers), len(self))
            self._columns[reader.column.name] = self._read_column(reader, columns[place])

    def column(self, name: str) -> Sequence[Any]:
        """Return the values of a column, its default where the file has none; DOUBT in the `doubtful` rows."""
        if name not in self._columns:
            self._columns[name] = [self._defaults[name]] * len(self)
        return self._columns[name]

    def but(self, places: set[int]) -> list[Row]:
        """Return the rows that stand at none of these places."""
        return [self[place] for place in range(len(self)) if place not in places]

    def oddities(self) -> list[Problem]:
        """Return what is odd about whole columns, once their cells are read."""
        return [stored_as_numbers(reader) for reader in self._readers.values() if reader.held_as_number]

    def _read_column(self, reader: Reader, cells: Sequence[Any]) -> Sequence[Any]:
        keys, distinct = cells, set(cells)
        only_text = set(map(type, distinct)) <= {str}
        if not only_text:
            # 1, 1.0 and True are one key of a dict and three things in a workbook.
            keys = list(zip(map(type, cells), cells, strict=True))
            read = {key: self._read_one(reader, key[1]) for key in set(keys)}
        else:
            as_they_are = _read_as_they_are(reader, distinct)
            if len(as_they_are) == len(distinct):
                return cells
            read = {cell: cell for cell in as_they_are}
            read |= {cell: self._read_one(reader, cell) for cell in distinct - as_they_are}
        values = list(map(read.__getitem__, keys))
        if DOUBT in read.values():
            self.doubtful.update(number for number, value in enumerate(values) if value is DOUBT)
        return values

    def _columns_of_cells(self) -> list[Sequence[Any]]:
        """Return the cells by columns; rows of a CSV may be shorter than its header, or longer."""
        whole = list(zip(*self._cells, strict=False))
        width = max(self._readers, default=-1) + 1
        return [
            whole[place]
            if place < len(whole)
            else [cells[place] if place < len(cells) else "" for cells in self._cells]
            for place in range(width)
        ]

    def _read_one(self, reader: Reader, cell: Any) -> Any:
        """Return what the cell's own reader makes of it."""
        name = reader.column.name
        row = Row(0, {name: self._defaults[name]}, {})
        reader.read(row, cell)
        return DOUBT if row.problems else row.values[name]


def _read_as_they_are(reader: Reader, cells: set[str]) -> set[str]:
    """Return the cells that one look at all of them shows to be read as they stand; the reader is asked of the rest."""
    if not isinstance(reader.parse, Code | Text):
        return set()
    sure = cells - reader.harmed(cells) - {""}
    return sure if reader.parse.reads_as_is(sure) else set()
