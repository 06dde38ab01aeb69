"""The workbook of the template: one row a question, a case with its questions in the rows below it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from courses.banks.found import Found, Reading
from courses.banks.reading.columns import COLUMNS, LETTERS
from courses.banks.reading.sheet_kinds import read_row
from lms.base.importing import Row
from lms.base.importing.headers import Headers
from lms.base.importing.reading import table_of
from lms.base.importing.sheets import Sheet, read_sheet

OPTIONS = [f"option_{letter.lower()}" for letter in LETTERS]
PART_ONLY = ("text", "points", "kind", "part")


def read_workbook(content: bytes, name: str, progress: Callable[[int, int], None] | None = None) -> Reading:
    """Return the questions of the first sheet; raise FileRefused for a file without the headers."""
    sheet = read_sheet(content, name)
    places, warnings = Headers(COLUMNS).find(sheet)
    table = table_of(COLUMNS, places, sheet)
    rows, oddities = table.read_rows(progress), table.oddities()
    reading = Reading(problems=[*warnings, *oddities])
    case: Found | None = None
    for row in rows:
        if row["part"] is not None or any(problem.column == "part" for problem in row.problems):
            _add_part(reading, case, row)
            continue
        found = _question(row)
        reading.questions.append(found)
        case = found if row["kind"] == "case" else None
    _say_dates(reading, sheet)
    for found in reading.questions:
        if found.kind == "case" and not found.content["parts"] and not found.refused:
            found.refuse(
                _("The case has no question: put them in the rows below it, numbered in “part”."), what="part"
            )
    return reading


def _question(row: Row) -> Found:
    found = Found(
        row.number,
        kind=row["kind"] or "",
        text=row["text"] or "",
        explanation=row.said("explanation", None)
        if "explanation" not in row.columns
        else row["explanation"] or "",
        topic=(row["topic"] or "") if "topic" in row.columns else None,
        difficulty=row["difficulty"],
        points=row["points"],
        code=row["code"] or "",
        problems=list(row.problems),
    )
    if not found.refused:
        read_row(found, _cells(row))
    return found


def _add_part(reading: Reading, case: Found | None, row: Row) -> None:
    """Put a question into the case above it; what is wrong with it is wrong with the case."""
    part = Found(row.number, kind=row["kind"] or "", text=row["text"] or "", problems=list(row.problems))
    if case is None:
        part.refuse(
            _("This question belongs to a case (column “part”), but no case stands above it."), what="part"
        )
        reading.questions.append(part)
        return
    parts = case.content.setdefault("parts", [])
    if part.kind in ("case", "spreadsheet"):
        part.refuse(_("A question of a case cannot itself be a case or a spreadsheet task."), what="kind")
    if row["points"] is not None and row["points"] != row["points"].to_integral_value():
        part.refuse(_("The points of a question within a case are a whole number."), what="points")
    if row["part"] is not None and row["part"] != len(parts) + 1:
        part.refuse(
            _("The questions of a case are numbered 1, 2, 3 …; this row should be %(number)d.")
            % {"number": len(parts) + 1},
            what="part",
        )
    if not part.refused:
        read_row(part, _cells(row))
    case.problems += part.problems
    parts.append(
        {
            "key": str(len(parts) + 1),
            "kind": part.kind,
            "text": part.text,
            "points": int(row["points"] or 1),
            "content": part.content,
        }
    )


def _cells(row: Row) -> dict[str, Any]:
    """Return what the row says of its answer; its options in their order, empty ones between them kept."""
    said: dict[str, Any] = {
        name: row[name]
        for name in ("answer", "tolerance", "units", "unit_required", "partial", "ignore", "passage")
        if name in row.columns
    }
    options = [row[name] or "" for name in OPTIONS]
    while options and not options[-1]:
        options.pop()
    return {**said, "options": options}


def _say_dates(reading: Reading, sheet: Sheet) -> None:
    """A spreadsheet turns an option such as 1/2 into a day without asking."""
    for number, cells in sheet.rows:
        if any(isinstance(cell, date | time) for cell in cells):
            reading.warn(
                number,
                _("A cell holds a day or a time: if you typed something such as 1/2, format it as text."),
            )
