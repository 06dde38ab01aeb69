"""Looking at a workbook before it is unpacked: bombs of size, of entities and of far-away cells."""

import io
import re
import zipfile
from typing import IO, NoReturn

from django.utils.translation import gettext as _

from lms.base.importing.problems import FileRefused
from lms.base.office_xml import declares, hides_its_words

MAX_UNPACKED = 512 * 1024 * 1024
MAX_RATIO = 200
MAX_PARTS = 2_000
# A sheet is held as a rectangle in memory: one cell at XFD1048576 would be 17 thousand million cells.
MAX_CELLS = 8_000_000
CHUNK = 1024 * 1024
OVERLAP = 256
WIDE = re.compile(rb'r="([A-Z]{2,3})\d')
LONG = re.compile(rb'r="[A-Z]*(\d{6,9})"')
DIGITS_THAT_FIT = 99_999
LETTERS = 26


def inspect_workbook(content: bytes, *, max_rows: int) -> None:
    """Raise FileRefused for a workbook that would unpack to more than it seems, or is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_size(archive.infolist())
            for entry in archive.infolist():
                if not entry.is_dir():
                    with archive.open(entry) as part:
                        _inspect_part(entry.filename, part, max_rows)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, OSError):
        # Also what a header says of its size and its contents belie: the checksum fails.
        raise FileRefused(_("The workbook is damaged.")) from None


def _refuse_size(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    suspicious = unpacked > MAX_UNPACKED or any(
        entry.file_size > 10_000_000 and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if suspicious or len(entries) > MAX_PARTS:
        raise FileRefused(
            _("The workbook unpacks to far more than its size: it is refused as a possible attack.")
        )


def _inspect_part(name: str, part: IO[bytes], max_rows: int) -> None:
    is_sheet = name.startswith("xl/worksheets/")
    columns, rows, tail = 1, 1, part.read(CHUNK)
    if name.lower().endswith((".xml", ".rels")) and hides_its_words(tail):
        _refuse_entities(name)
    while tail:
        if declares(tail):
            _refuse_entities(name)
        if is_sheet:
            columns = max([columns, *map(_column, set(WIDE.findall(tail)))])
            rows = max([rows, *map(int, LONG.findall(tail))])
        following = part.read(CHUNK)
        tail = tail[-OVERLAP:] + following if following else b""
    _refuse_extent(columns, rows, max_rows)


def _refuse_entities(name: str) -> NoReturn:
    raise FileRefused(
        _("The workbook declares entities of its own (%(part)s): it is refused as a possible attack.")
        % {"part": name[:100]}
    )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * LETTERS + letter - ord("A") + 1
    return number


def _refuse_extent(columns: int, rows: int, max_rows: int) -> None:
    """Refuse a rectangle too large; columns up to Z and rows up to 99,999 are not looked for, and fit."""
    if rows > max_rows:
        raise FileRefused(
            _(
                "The sheet has %(rows)d rows; at most %(limit)d are taken at once: split it or send a CSV file."
            )
            % {"rows": rows, "limit": max_rows - 1}
        )
    if max(columns, LETTERS) * max(rows, DIGITS_THAT_FIT) > MAX_CELLS:
        raise FileRefused(
            _(
                "The sheet reaches to column %(columns)d and row %(rows)d: delete the empty columns and rows"
                " beyond the list."
            )
            % {"columns": columns, "rows": rows}
        )
