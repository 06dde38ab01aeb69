"""From a sheet to its table of rows and columns."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from lms.base.importing.cells import Column
from lms.base.importing.headers import Places
from lms.base.importing.legacy import legacy_of_all
from lms.base.importing.problems import FileRefused
from lms.base.importing.sheets import Sheet
from lms.base.importing.table import Table

LOOKED_AT_FOR_ENCODING = 2_000


def table_of(columns: Sequence[Column], places: Places, sheet: Sheet) -> Table:
    """Return the table of a sheet; raise FileRefused for an old encoding."""
    _refuse_legacy(sheet)
    return Table(columns, places, sheet)


def _refuse_legacy(sheet: Sheet) -> None:
    sample = [cells for _number, cells in sheet.rows[:LOOKED_AT_FOR_ENCODING]]
    texts = (cell for cells in [sheet.header, *sample] for cell in cells if isinstance(cell, str))
    if found := legacy_of_all(texts):
        raise FileRefused(
            _(
                "The text is in the old encoding %(encoding)s, not Unicode. Convert it first (UniKey:"
                " Ctrl+Shift+F6) and send the file again; read as it is, every name would be wrong."
            )
            % {"encoding": found}
        )
