"""A report of 5,000 rows against bare pages of the same text."""

import io
import time

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from lms.base.documents import Column, Document, Grid, render_pdf
from lms.base.documents.fonts import SERIF, register

ROWS = 5000
LIMIT = 5
ON_A_PAGE = 22
COLUMNS = (
    Column("STT", 0.6, "center"),
    Column("Mã cuộc kiểm tra", 1.6),
    Column("Cơ quan chủ trì", 3),
    Column("Đối tượng", 3),
    Column("Ngày", 1.3, "center"),
    Column("Kết quả", 1.2),
)


def row(number: int) -> tuple[str, ...]:
    return (
        str(number),
        f"KT-2026-{number:04d}",
        f"Ủy ban nhân dân xã số {number % 102}",
        f"Công ty TNHH Sông Tiền {number}",
        "12/03/2026",
        "Đầy đủ",
    )


def bare_pages(rows) -> bytes:
    """Draw the same cells in the same font, and nothing else."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, initialFontName=SERIF.regular)
    for place, cells in enumerate(rows):
        if place % ON_A_PAGE == 0:
            if place:
                canvas.showPage()
            canvas.setFont(SERIF.regular, 12)
        for column, cell in enumerate(cells):
            canvas.drawString(85 + 75 * column, 760 - 30 * (place % ON_A_PAGE), cell)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def seconds(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def test_a_report_of_5000_rows_against_bare_pages():
    register()
    rows = tuple(row(number) for number in range(1, ROWS + 1))
    report = Document(None, None, (Grid(COLUMNS, rows),))
    pairs = [(seconds(lambda: bare_pages(rows)), seconds(lambda: render_pdf(report))) for _ in range(3)]
    bare, ours = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
    print(
        f"\nreport of {ROWS} rows: {ours:.2f} s, bare pages {bare:.2f} s, {ours / bare:.1f} × (limit {LIMIT})"
    )
    assert ours <= LIMIT * bare
