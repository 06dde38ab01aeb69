"""The demonstration's agencies as an officer knew them on the eve of 1 July 2025: nothing ends yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lms.demonstration.sheets.agencies import PROVINCES_MERGED, Unit, units
from tests.factories.sheets import import_rows


def units_before(keep: Callable[[Unit], bool] = lambda unit: True) -> list[Unit]:
    """Return the units of that day as the demonstration has them, with what became of each."""
    return [unit for unit in units() if unit.valid_from < PROVINCES_MERGED and keep(unit)]


def import_before(found: list[Unit]) -> None:
    """Import them by the real importer, without the ends that nobody could know yet."""
    known = {unit.code for unit in found}
    import_rows(
        "agencies",
        [
            replace(
                unit,
                valid_to=None if unit.valid_to == PROVINCES_MERGED else unit.valid_to,
                successors=() if unit.valid_to == PROVINCES_MERGED else unit.successors,
                parent_code=unit.parent_code if unit.parent_code in known else "",
            ).row()
            for unit in found
        ],
    )
