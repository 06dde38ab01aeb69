"""Files sent through the upload page, with the jobs behind it done."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from lms.base.jobs import run_due
from lms.base.models import ImportRun

HEAD = "person_id,full_name,category,agency_code,post_from\n"


def upload(
    client: Any, content: str | bytes, kind: str = "staff", name: str = "nhân sự.csv", **fields: Any
) -> Any:
    """Send a file and let the worker look at it; return the run."""
    data = content.encode() if isinstance(content, str) else content
    answer = client.post(
        f"/imports/{kind}/", {"file": SimpleUploadedFile(name, data), "scope": "changes", **fields}
    )
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    run_due()
    return ImportRun.objects.order_by("-pk").first()


def confirm(client: Any, run: ImportRun, **numbers: int) -> ImportRun:
    """Confirm a checked file and let the worker write it; return the run as it then is."""
    client.post(f"/imports/runs/{run.pk}/apply/", numbers)
    run_due()
    run.refresh_from_db()
    return run


def undo(client: Any, run: ImportRun, reason: str = "nhầm tệp") -> ImportRun:
    """Ask to take an import back and let the worker do it; return the run as it then is."""
    client.post(f"/imports/runs/{run.pk}/undo/", {"reason": reason})
    run_due()
    run.refresh_from_db()
    return run


def workbook(rows: Iterable[Sequence[Any]]) -> bytes:
    """Return an XLSX of the rows."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return the workbook with `change(name, bytes)` applied to every part."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)))
    return buffer.getvalue()


def bomb(content: bytes, *, megabytes: int = 60) -> bytes:
    """Return the workbook with a first sheet that unpacks to so many megabytes more."""
    return repacked(
        content, lambda name, data: data + b" " * (megabytes * 1_000_000) if "sheet1" in name else data
    )


def lines(run: ImportRun, effect: str) -> list[tuple[Any, ...]]:
    """Return the preview's lines of one kind: (row, label, changes), or (row, column, message) of problems."""
    if effect in ("refused", "warning"):
        return list(run.lines.filter(effect=effect).values_list("row", "column", "message"))
    return list(run.lines.filter(effect=effect).values_list("row", "label", "changes"))
