"""Files for the import commands, and the commands themselves, as an officer would run them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command


def csv_file(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    """Write rows as CSV; the header is every column that any row has."""
    rows = list(rows)
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def import_rows(kind: str, rows: Iterable[Mapping[str, Any]]) -> str:
    """Run `import_<kind>` on the rows; return what it printed."""
    out = StringIO()
    with TemporaryDirectory() as folder:
        call_command(
            f"import_{kind}", str(csv_file(Path(folder) / f"{kind}.csv", rows)), stdout=out, stderr=out
        )
    return out.getvalue()


def indicators(*arguments: str) -> dict[str, Any]:
    """Run `manage.py indicators … --format json`; return the object it printed."""
    out = StringIO()
    call_command("indicators", *arguments, "--format", "json", stdout=out)
    return json.loads(out.getvalue())
