"""Reading the cells of one column, each with a sentence where it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from lms.base.importing.cells import Code, Column, Parse, Unreadable
from lms.base.importing.problems import HEADER_ROW, Problem, Row
from lms.base.importing.sheets import cell_text, is_number

REMEMBERED = 20_000
SCIENTIFIC = re.compile(r"\d[.,]\d+[eE]\+?\d+")
# 082190001234 without its zero; 001… of Hà Nội loses two.
DIGITS_OF_A_LOST_ZERO = (10, 11)
MISSING = object()


class Reader:
    """Reads one column; the same text is read once (days, categories and agencies repeat in every row)."""

    def __init__(self, column: Column, parse: Parse) -> None:
        self.column = column
        self.is_code = isinstance(parse, Code)
        self.held_as_number = False
        self.parse = parse
        self._known: dict[str, Any] = {}

    def read(self, row: Row, raw: Any) -> None:
        """Put the cell's value into the row, or say why it cannot be read."""
        name = self.column.name
        cell = raw.strip() if isinstance(raw, str) else cell_text(raw)
        if not cell:
            if self.column.required:
                row.error(name, _("is missing"))
            return
        row.raw[name] = cell
        value = self._known.get(cell, MISSING)
        if value is MISSING:
            value = self._read_new(cell)
        if isinstance(value, Unreadable):
            row.error(name, value)
        else:
            row.values[name] = value
        if self.is_code:
            self._notice_lost_zero(row, cell, held_as_number=is_number(raw))

    def _read_new(self, cell: str) -> Any:
        try:
            value = self.parse(cell)
        except Unreadable as error:
            value = error
        if len(self._known) < REMEMBERED:
            self._known[cell] = value
        return value

    def harmed(self, cells: Iterable[str]) -> set[str]:
        """Return the cells with the look of a personal number that a spreadsheet has harmed."""
        return {cell for cell in cells if _is_harmed(cell)} if self.column.name == "person_id" else set()

    def _notice_lost_zero(self, row: Row, cell: str, *, held_as_number: bool) -> None:
        name = self.column.name
        self.held_as_number |= held_as_number
        if name != "person_id" or not _is_harmed(cell):
            return
        if SCIENTIFIC.fullmatch(cell):
            row.error(
                name, _("was rounded by the spreadsheet (8.2E+10): store it as text and fill it in again")
            )
        else:
            words = {"digits": len(cell)}
            if held_as_number:
                row.error(
                    name,
                    _(
                        "has %(digits)d digits: the sheet stored it as a number and lost the leading zero;"
                        " store it as text"
                    )
                    % words,
                )
            else:
                row.warning(
                    name,
                    _("has %(digits)d digits: a personal number has 12, perhaps a leading zero was lost")
                    % words,
                )


def _is_harmed(cell: str) -> bool:
    return len(cell) in DIGITS_OF_A_LOST_ZERO if cell.isdigit() else bool(SCIENTIFIC.fullmatch(cell))


def stored_as_numbers(reader: Reader) -> Problem:
    """Return the warning of a column whose codes the sheet holds as numbers."""
    return Problem(
        HEADER_ROW,
        reader.column.name,
        "",
        _("The sheet stores codes of this column as numbers: a leading zero, if there was one, is lost."),
        "warning",
    )
