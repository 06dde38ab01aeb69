"""Finding a file's columns by its header row, and saying what is wrong with one that has none."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lms.base.importing.cells import Column, Parse, day_after
from lms.base.importing.problems import HEADER_ROW, FileRefused, Problem
from lms.base.importing.sheets import Sheet, cell_text
from lms.base.vietnamese import fold

Places = dict[int, tuple[Column, Parse]]
ROWS_LOOKED_AT = 10


class Headers:
    """The headers one kind of file may have."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self._known: dict[str, tuple[Column, Parse]] = {}
        for column in columns:
            for spelling in (column.name, *column.aliases):
                self._known[_key(spelling)] = (column, column.parse)
            for spelling in column.last_day_aliases:
                self._known[_key(spelling)] = (column, day_after(column.parse))

    def find(self, sheet: Sheet) -> tuple[Places, list[Problem]]:
        """Return which column stands at which place, and what is odd; raise FileRefused without a usable header."""
        places: Places = {}
        warnings: list[Problem] = []
        for place, title in enumerate(sheet.header):
            if found := self._known.get(_key(title)):
                places[place] = found
            elif title:
                message = _("This column is not known and was not read.")
                warnings.append(Problem(HEADER_ROW, title[:100], title, message, "warning"))
        self._refuse(sheet, places)
        return places, warnings

    def _refuse(self, sheet: Sheet, places: Places) -> None:
        names = [column.name for column, _parse in places.values()]
        twice = [_called(column) for column in self.columns if names.count(column.name) > 1]
        missing = [_called(column) for column in self.columns if column.required and column.name not in names]
        if twice:
            raise FileRefused(_("Row 1: the column %(names)s stands twice.") % {"names": ", ".join(twice)})
        if missing:
            raise FileRefused(self._missing(sheet, missing))
        self._refuse_second_header(sheet)

    def _missing(self, sheet: Sheet, missing: list[str]) -> str:
        words = {
            "missing": ", ".join(missing),
            "found": ", ".join(filter(None, sheet.header))[:300],
            "row": sheet.header_row,
        }
        for number, cells in sheet.rows[:ROWS_LOOKED_AT]:
            if self._is_header(cells):
                above = _(
                    "The headers stand in row %(row)d: delete the rows above, so that they stand in row 1."
                )
                return above % {"row": number}
        return _("Row 1 must hold the headers; missing: %(missing)s. Found: %(found)s.") % words

    def _refuse_second_header(self, sheet: Sheet) -> None:
        for number, cells in sheet.rows[:ROWS_LOOKED_AT]:
            if self._is_header(cells):
                raise FileRefused(
                    _("Row %(row)d holds headers once more: leave one header row, row 1.") % {"row": number}
                )

    def _is_header(self, cells: Sequence[object]) -> bool:
        """Tell whether most of the filled cells of a row are headers that are known."""
        filled = [text for text in map(cell_text, cells) if text]
        known = {_key(text) for text in filled} & self._known.keys()
        return len(known) >= 2 and len(known) * 2 > len(filled)


def _key(title: str) -> str:
    return fold(title.replace("_", " ")).strip(" *")


def _called(column: Column) -> str:
    """Return a column by the header a Vietnamese file has, with its own name behind; by its name elsewhere."""
    if column.aliases and get_language() == "vi":
        return f"{column.aliases[0]} ({column.name})"
    return column.name
