"""The book "Sổ cấp" on paper: the decree's table, A4 on its side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from certificates.exports import note_of
from certificates.models import Certificate, RegisterRequest
from certificates.states import MAKING
from lms.base.documents import (
    SMALL,
    Column,
    Document,
    DocumentHead,
    Grid,
    Letterhead,
    Paragraph,
    Signature,
    render_pdf,
)
from lms.people.organisation import Organisation

COLUMNS = (
    Column("STT", 0.7, "center"),
    Column("Số vào sổ", 1.4, "center"),
    Column("Số hiệu", 2.3),
    Column("Họ và tên", 1.75),
    Column("Ngày sinh", 1.42, "center"),
    Column("Đơn vị", 1.8),
    Column("Khóa", 2.1),
    Column("Ngày cấp", 1.42, "center"),
    Column("Người nhận ký", 1.0),
    Column("Ghi chú", 1.35),
)
# In the book: Vietnamese whatever language the worker speaks.
COUNTED = (
    ("numbers", "tổng số đã vào sổ"),
    ("issued", "đã cấp, còn trong sổ"),
    ("replaced", "đã được thay thế"),
    ("spoilt", "số đã hủy"),
    ("withdrawn", "đã bị thu hồi"),
    ("making", "đang lập"),
)


def book_row(place: int, row: Certificate) -> tuple[str, ...]:
    """Return one line of the book; the column for signing stays empty."""
    note = "Đang lập" if row.state in MAKING else note_of(row)
    return (
        str(place),
        row.register_number,
        row.serial,
        row.person_name,
        _day(row.birth_date),
        row.agency_name,
        f"{row.course_code} {row.course_name}",
        _day(row.issued_on),
        "",
        note,
    )


def book_pdf(
    asked: RegisterRequest, rows: Iterable[tuple[str, ...]], counts: Mapping[str, int], on: date
) -> bytes:
    """Return the book of the period as a PDF."""
    period = f"Từ ngày {_day(asked.start)} đến hết ngày {_day(asked.end)}"
    summary = "; ".join(f"{words}: {counts.get(name, 0)}" for name, words in COUNTED)
    return render_pdf(
        Document(
            letterhead=_letterhead(asked, on),
            head=DocumentHead("Sổ cấp giấy chứng nhận, chứng chỉ", period),
            body=(
                Grid(COLUMNS, tuple(rows)),
                Paragraph(f"{summary[0].upper()}{summary[1:]}.", indent=False),
            ),
            signatures=(Signature(("Người lập sổ",)), Signature(("Thủ trưởng cơ quan",))),
            sizes=SMALL,
            landscape=True,
            end_mark=False,
        )
    )


def _letterhead(asked: RegisterRequest, on: date) -> Letterhead:
    tree = Organisation.on(on)
    bearer = tree.bearer(asked.agency_id)
    parent = tree.parent(bearer) if bearer else None
    return Letterhead(
        issuer=asked.agency_name,
        superior=tree.name(parent) if parent else "",
        place=tree.place_name(bearer) if bearer else "",
        on=on,
        show_number=False,
    )


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
