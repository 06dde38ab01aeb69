"""Writing the sheets as the CSV files the import commands read."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from lms.demonstration.sheets import agencies, inspections, staff, training
from lms.demonstration.sheets.careers import all_careers
from lms.demonstration.sheets.cast import cast

# Import kind → file, in the order in which they must be read.
FILES = {
    "agencies": "agencies.csv",
    "staff": "staff.csv",
    "leave": "leave.csv",
    "training": "training.csv",
    "inspections": "inspections.csv",
}


def write_sheets(folder: Path) -> dict[str, Path]:
    """Write the five sheets; return their paths by import kind."""
    folder.mkdir(parents=True, exist_ok=True)
    players = [player.career for player in cast()]
    careers = all_careers()
    rows = {
        "agencies": (agencies.COLUMNS, (unit.row() for unit in agencies.units())),
        "staff": (staff.STAFF_COLUMNS, staff.staff_rows(careers, players)),
        "leave": (staff.LEAVE_COLUMNS, staff.leave_rows(careers)),
        "training": (training.COLUMNS, training.training_rows(careers, players)),
        "inspections": (inspections.COLUMNS, inspections.inspection_rows()),
    }
    return {kind: _write(folder / FILES[kind], *rows[kind]) for kind in FILES}


def _write(path: Path, columns: Sequence[str], rows: Iterable[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as sheet:
        writer = csv.DictWriter(sheet, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path
