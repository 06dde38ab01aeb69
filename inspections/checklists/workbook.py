"""Our own checklists: CSV sheets in the repository, an XLSX workbook for Excel and pyxform."""

import csv
import io
from pathlib import Path

SHEETS = ("survey", "choices", "settings")
FOLDER = Path(__file__).parent


def shipped() -> list[str]:
    """List the codes of the checklists we ship."""
    return sorted(path.name for path in FOLDER.iterdir() if (path / "survey.csv").exists())


def workbook(code: str) -> bytes:
    """Return a shipped checklist as an XLSX workbook; the same sheets give the same bytes."""
    import datetime

    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        # XlsxWriter writes the hour of making into the file unless it is told one.
        book.set_properties({"created": datetime.datetime(2026, 1, 1)})  # noqa: DTZ001
        for name in SHEETS:
            page = book.add_worksheet(name)
            with (FOLDER / code / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                for number, row in enumerate(csv.reader(file)):
                    page.write_row(number, 0, row)
    return buffer.getvalue()
