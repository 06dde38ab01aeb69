"""Reading a CSV or XLSX file into rows of text."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from lms.base.importing.problems import FileRefused

MAX_ROWS = 3_000_000
MAX_XLSX_ROWS = 300_000
MAX_UNPACKED = 512 * 1024 * 1024
MAX_RATIO = 200


@dataclass(frozen=True)
class Sheet:
    """A header and numbered rows; a cell is text, `as_number` marks those a spreadsheet held as a number."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    as_number: set[tuple[int, int]]


def read_sheet(content: bytes, name: str) -> Sheet:
    """Return the first sheet of an XLSX, or the CSV; raise FileRefused with a sentence."""
    if not content:
        raise FileRefused(_("The file is empty."))
    if content[:4] == b"PK\x03\x04":
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
        line = content[: error.start].count(b"\n") + 1
        raise FileRefused(
            _(
                "Line %(line)d is not UTF-8. Save the file as “CSV UTF-8”; text in TCVN3, VNI or UTF-16 must be"
                " converted to Unicode first."
            )
            % {"line": line}
        ) from None
    if "\x00" in text:
        raise FileRefused(_("The file holds binary data: it is no CSV file."))
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        lines = list(_numbered(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)))
    except csv.Error as error:
        raise FileRefused(_("The CSV file is malformed: %(error)s.") % {"error": error}) from None
    return _sheet(lines, set())


def _numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    line = 1
    for cells in reader:
        yield line, [cell.strip() for cell in cells]
        line = reader.line_num + 1


def _read_xlsx(content: bytes) -> Sheet:
    _refuse_bombs(content)
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        table = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise FileRefused(_("The workbook cannot be read: %(error)s.") % {"error": error}) from None
    if len(table) > MAX_XLSX_ROWS:
        raise FileRefused(
            _(
                "The sheet has %(rows)d rows; at most %(limit)d are taken at once: split it or send a CSV file."
            )
            % {"rows": len(table), "limit": MAX_XLSX_ROWS}
        )
    as_number: set[tuple[int, int]] = set()
    lines = []
    for number, cells in enumerate(table, start=1):
        for place, cell in enumerate(cells):
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                as_number.add((number, place))
        lines.append((number, [_cell_text(cell) for cell in cells]))
    return _sheet(lines, as_number)


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            suspicious = unpacked > MAX_UNPACKED or any(
                entry.file_size > 10_000_000 and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
                for entry in archive.infolist()
            )
    except zipfile.BadZipFile:
        raise FileRefused(_("The workbook is damaged.")) from None
    if suspicious:
        raise FileRefused(
            _("The workbook unpacks to far more than its size: it is refused as a possible attack.")
        )


def _cell_text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()


def _sheet(lines: list[tuple[int, list[str]]], as_number: set[tuple[int, int]]) -> Sheet:
    filled = [(number, cells) for number, cells in lines if any(cells)]
    if not filled:
        raise FileRefused(_("The file has no rows."))
    if len(filled) > MAX_ROWS:
        raise FileRefused(_("The file has more than %(limit)d rows.") % {"limit": MAX_ROWS})
    (_number, header), *rows = filled
    return Sheet(header, rows, as_number)
