"""Reading a CSV or XLSX file into rows of cells."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from lms.base.importing.legacy import legacy_of_bytes
from lms.base.importing.problems import FileRefused
from lms.base.importing.workbooks import inspect_workbook

MAX_ROWS = 3_000_000
MAX_XLSX_ROWS = 300_000
XLSX = b"PK\x03\x04"


@dataclass(frozen=True)
class Sheet:
    """A header and numbered rows; cells are what the file holds: text, and in a workbook numbers and dates too."""

    header: list[str]
    header_row: int
    rows: list[tuple[int, Sequence[Any]]]


def read_sheet(content: bytes, name: str) -> Sheet:
    """Return the first sheet of an XLSX, or the CSV; raise FileRefused with a sentence."""
    if not content:
        raise FileRefused(_("The file is empty."))
    if content[:4] == XLSX:
        return _read_xlsx(content)
    if content[:4] == b"\xd0\xcf\x11\xe0":
        raise FileRefused(_("This is an old .xls or a password-protected workbook: save it as .xlsx or CSV."))
    if name.lower().endswith(".xlsx"):
        raise FileRefused(_("The file is called .xlsx but is no workbook: it is damaged or of another kind."))
    return _read_csv(content)


def _read_csv(content: bytes) -> Sheet:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused(_not_utf8(content, error)) from None
    if "\x00" in text:
        raise FileRefused(_("The file holds binary data: it is no CSV file."))
    delimiter = delimiter_of(text.split("\n", 1)[0])
    try:
        lines = list(numbered(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)))
    except csv.Error as error:
        raise FileRefused(_("The CSV file is malformed: %(error)s.") % {"error": error}) from None
    return sheet_of(lines)


def delimiter_of(first_line: str) -> str:
    """Return what separates the cells: Excel writes semicolons where the comma is the decimal sign."""
    return ";" if first_line.count(";") > first_line.count(",") else ","


def _not_utf8(content: bytes, error: UnicodeDecodeError) -> str:
    if legacy := legacy_of_bytes(content):
        return _(
            "The file is in the old encoding %(encoding)s. Convert it to Unicode (UniKey: Ctrl+Shift+F6, or"
            " save it from Excel as “CSV UTF-8” after changing the font) and send it again."
        ) % {"encoding": legacy}
    line = content[: error.start].count(b"\n") + 1
    return _(
        "Line %(line)d is not UTF-8. Save the file as “CSV UTF-8”; text in TCVN3, VNI or UTF-16 must be"
        " converted to Unicode first."
    ) % {"line": line}


def numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the number of the line it begins on."""
    line = 1
    for cells in reader:
        yield line, cells
        line = reader.line_num + 1


def _read_xlsx(content: bytes) -> Sheet:
    inspect_workbook(content, max_rows=MAX_XLSX_ROWS + 1)
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = workbook.get_sheet_by_index(0)
        table = sheet.to_python(skip_empty_area=False)
        merged = sheet.merged_cell_ranges or []
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise FileRefused(_("The workbook cannot be read: %(error)s.") % {"error": error}) from None
    if len(table) > MAX_XLSX_ROWS + 1:
        raise FileRefused(
            _(
                "The sheet has %(rows)d rows; at most %(limit)d are taken at once: split it or send a CSV file."
            )
            % {"rows": len(table), "limit": MAX_XLSX_ROWS}
        )
    found = sheet_of(list(enumerate(table, start=1)))
    _refuse_merged(merged, found)
    return found


def _refuse_merged(merged: Sequence[tuple[tuple[int, int], tuple[int, int]]], sheet: Sheet) -> None:
    """A merged cell fills one row and leaves the others empty: say where, rather than read holes."""
    from_header = [(start, end) for start, end in merged if end[0] + 1 >= sheet.header_row]
    if from_header:
        places = ", ".join(f"{_place(start)}:{_place(end)}" for start, end in from_header[:5])
        raise FileRefused(
            _("Merged cells (%(places)s): unmerge them, so that every row and header has its own cells.")
            % {"places": places}
        )


def _place(cell: tuple[int, int]) -> str:
    row, column = cell
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return f"{letters}{row + 1}"


def cell_text(cell: Any) -> str:
    """Return what a cell says as text; a day as 2025-12-31."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def is_number(cell: Any) -> bool:
    """Tell whether a spreadsheet held the cell as a number."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def sheet_of(lines: Sequence[tuple[int, Sequence[Any]]]) -> Sheet:
    """Return the header, the first filled row, and the filled rows below it; raise FileRefused for none."""
    filled = [(number, cells) for number, cells in lines if any(map(_is_filled, cells))]
    if not filled:
        raise FileRefused(_("The file has no rows."))
    if len(filled) > MAX_ROWS:
        raise FileRefused(_("The file has more than %(limit)d rows.") % {"limit": MAX_ROWS})
    (number, header), *rows = filled
    return Sheet([cell_text(cell) for cell in header], number, rows)


def _is_filled(cell: Any) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None
