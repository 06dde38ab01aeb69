"""Lists as files: CSV and XLSX that no spreadsheet will run as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A spreadsheet takes a cell that starts so for a formula (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
SHEET_NAME_FORBIDDEN = str.maketrans("", "", "[]:*?/\\'")
SHEET_NAME_LIMIT = 31
WIDTH_LIMIT = 60

Row = Sequence[Any]


@dataclass(frozen=True)
class Sheet:
    """A sheet is a titled table of a workbook."""

    title: str
    headers: Sequence[Any]
    rows: Iterable[Row]


def neutral(value: Any) -> Any:
    """Return the cell so that a spreadsheet shows it and never runs it; numbers and dates stay what they are."""
    if isinstance(value, bool | int | float | Decimal | date) or value is None:
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_lines(headers: Row, rows: Iterable[Row]) -> Iterator[str]:
    """Yield the CSV line by line; it opens with the mark by which Excel knows UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write("\ufeff")
    for row in _with_headers(headers, rows):
        writer.writerow([_plain(neutral(cell)) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def csv_response(name: str, headers: Row, rows: Iterable[Row]) -> StreamingHttpResponse:
    """Send the rows as `name`.csv, without holding them all in memory."""
    response = StreamingHttpResponse(csv_lines(headers, rows), content_type="text/csv; charset=utf-8")
    return _as_download(response, f"{name}.csv")


def xlsx_bytes(*sheets: Sheet) -> bytes:
    """Return a workbook of the sheets: bold headers that stay in view, a filter, columns as wide as their cells."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        for sheet in sheets:
            _write_sheet(book, sheet)
    return buffer.getvalue()


def xlsx_response(name: str, headers: Row, rows: Iterable[Row]) -> HttpResponse:
    """Send the rows as `name`.xlsx."""
    return xlsx_file(name, xlsx_bytes(Sheet(title=name, headers=headers, rows=rows)))


def xlsx_file(name: str, content: bytes) -> HttpResponse:
    """Send a ready workbook as `name`.xlsx."""
    return file_response(f"{name}.xlsx", content, XLSX_TYPE)


def file_response(filename: str, content: bytes, content_type: str) -> HttpResponse:
    """Send a file to be kept, never shown in the browser."""
    return cast(HttpResponse, _as_download(HttpResponse(content, content_type=content_type), filename))


def _with_headers(headers: Row, rows: Iterable[Row]) -> Iterator[Row]:
    yield headers
    yield from rows


def _as_download(response: Any, filename: str) -> Any:
    response["Content-Disposition"] = content_disposition_header(True, filename) or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _plain(value: Any) -> Any:
    """Return what CSV holds: instants in local time, yes and no as words a program reads."""
    if isinstance(value, datetime):
        return _local(value).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value


def _local(instant: datetime) -> datetime:
    return timezone.make_naive(instant) if timezone.is_aware(instant) else instant


def _write_sheet(book: Any, sheet: Sheet) -> None:
    page = book.add_worksheet(_sheet_name(sheet.title))
    header, day, moment, text = _formats(book)
    widths: list[int] = []
    last = 0
    for number, row in enumerate(_with_headers([str(cell) for cell in sheet.headers], sheet.rows)):
        for column, cell in enumerate(row):
            _write_cell(page, number, column, neutral(cell), (day, moment, header if number == 0 else text))
            _widen(widths, column, cell)
        last = number
    for column, width in enumerate(widths):
        page.set_column(column, column, min(WIDTH_LIMIT, width + 3))
    page.freeze_panes(1, 0)
    if sheet.headers:
        page.autofilter(0, 0, last, len(sheet.headers) - 1)


def _formats(book: Any) -> tuple[Any, Any, Any, Any]:
    return (
        book.add_format({"bold": True, "bottom": 1}),
        book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
        book.add_format({"num_format": "dd/mm/yyyy hh:mm", "align": "left"}),
        book.add_format({"num_format": "@"}),
    )


def _write_cell(page: Any, row: int, column: int, value: Any, formats: tuple[Any, Any, Any]) -> None:
    day, moment, text = formats
    if isinstance(value, datetime):
        page.write_datetime(row, column, _local(value), moment)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, day)
    elif isinstance(value, bool):
        page.write_string(row, column, _plain(value))
    elif isinstance(value, int | float | Decimal):
        page.write_number(row, column, value)
    elif value is not None:
        page.write_string(row, column, value, text)


def _widen(widths: list[int], column: int, cell: Any) -> None:
    width = 10 if isinstance(cell, date) else len(str(cell))
    if column == len(widths):
        widths.append(width)
    else:
        widths[column] = max(widths[column], width)


def _sheet_name(title: str) -> str:
    return title.translate(SHEET_NAME_FORBIDDEN)[:SHEET_NAME_LIMIT] or "1"
