"""How a request to the register is made: rows are read in pieces, files written to the disk as they come."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.storage import storages
from django.db.models import QuerySet

from certificates.actions import NotIssued, issue
from certificates.actions.requests import count_row, store_made
from certificates.documents.book import book_pdf, book_row
from certificates.exports import register_headers, register_rows
from certificates.models import Certificate, RegisterRequest
from certificates.rounds import outside
from certificates.rules import issuer_of
from courses.models import Completion
from lms.base.dates import today
from lms.base.exports import Sheet, csv_lines, xlsx_bytes
from lms.base.vietnamese import fold
from lms.people.organisation import history
from lms.people.rules import scope_of

Progress = Callable[[int, int], None]
Made = tuple[dict[str, int], list[dict[str, Any]], list[list[str]]]
PIECE = 500


def make_book(asked: RegisterRequest, progress: Progress) -> Made:
    """Return counts and files of the book: a PDF by the decree's table, and a workbook."""
    rows = book_rows(asked)
    total, counts = rows.count(), Counter[str]()
    lines = []
    for place, row in enumerate(rows.iterator(chunk_size=PIECE), start=1):
        count_row(counts, row)
        lines.append(book_row(place, row))
        _tell(progress, place, total * 2)
    pdf = book_pdf(asked, lines, counts, today())
    progress(total * 3 // 2, total * 2)
    sheet = Sheet("Sổ cấp", register_headers(), register_rows(rows.iterator(chunk_size=PIECE)))
    files = [
        store_made(asked, "so-cap.pdf", io.BytesIO(pdf)),
        store_made(asked, "so-cap.xlsx", io.BytesIO(xlsx_bytes(sheet))),
    ]
    return dict(counts), files, []


def book_rows(asked: RegisterRequest) -> QuerySet[Certificate]:
    """Return the lines of the agency's book in the period, in the order of their numbers."""
    found = Certificate.objects.for_book().filter(issuer=asked.agency_id)
    return found.filter(issued_on__range=(asked.start, asked.end)).order_by("year", "number")


def make_papers(asked: RegisterRequest, progress: Progress) -> Made:
    """Return a ZIP of the certificates of a unit and all below it, with a manifest of their hashes."""
    rows = paper_rows(asked)
    total = rows.count()
    with tempfile.TemporaryFile() as target:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            manifest = list(_packed(archive, rows, progress, total))
            archive.writestr("manifest.csv", _manifest(manifest))
        stored = store_made(asked, "giay-chung-nhan.zip", target)
    return {"certificates": total}, [stored], []


def paper_rows(asked: RegisterRequest) -> QuerySet[Certificate]:
    """Return what stands of the unit's certificates, no further than the one who asked may see."""
    below = history().on(today()).below(asked.agency_id)
    found = Certificate.scoped.for_person(asked.asked_by, "certificates.view")
    found = found.filter(Certificate.within(below), state=Certificate.State.ISSUED)
    if asked.course_code:
        found = found.filter(course_code=asked.course_code)
    found = found.filter(issued_on__range=(asked.start, asked.end)).distinct()
    return found.order_by("year", "issuer_code", "number", "pk")


def issue_many(asked: RegisterRequest, progress: Progress) -> Made:
    """Issue for the results that were confirmed; return how many, and which were refused meanwhile and why."""
    total, refused = len(asked.completions), []
    scope = scope_of(asked.asked_by, "certificates.revoke")
    for place, key in enumerate(asked.completions, start=1):
        completion = Completion.objects.select_related("course", "person").get(pk=key)
        issuer = issuer_of(completion, today(), history())
        try:
            if issuer is not None and not scope.covers(issuer):
                raise NotIssued(outside(issuer))
            issue(completion=completion, by=asked.asked_by)
        except NotIssued as refusal:
            refused.append([completion.person_name, completion.course_code, str(refusal)])
        _tell(progress, place, total)
    return {"certificates": total - len(refused), "refused": len(refused)}, [], refused


def _packed(
    archive: zipfile.ZipFile, rows: QuerySet[Certificate], progress: Progress, total: int
) -> Iterator[tuple[str, Certificate]]:
    for place, row in enumerate(rows.iterator(chunk_size=PIECE), start=1):
        name = f"{fold(row.serial)}-{fold(row.person_name).replace(' ', '-')}.pdf"
        with storages["private"].open(row.file_name) as file:
            archive.writestr(name, file.read())
        _tell(progress, place, total)
        yield name, row


def _manifest(lines: list[tuple[str, Certificate]]) -> str:
    cells = [(name, row.serial, row.person_name, row.course_code, row.file_sha256) for name, row in lines]
    return "".join(csv_lines(("file", "serial", "name", "course", "sha256"), cells))


def _tell(progress: Progress, done: int, total: int) -> None:
    if done % 25 == 0 or done == total:
        progress(done, total)
