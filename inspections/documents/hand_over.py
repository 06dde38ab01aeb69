"""Văn bản chuyển hồ sơ: a case with signs of a violation goes to whoever is competent (NĐ 217/2025, Điều 15.3.c, d)."""

from __future__ import annotations

from inspections.documents.facts import Facts
from inspections.documents.frame import (
    about,
    agency_paper,
    lines_of,
    replacing,
    sentence,
    the_decision,
)
from inspections.documents.records import things
from lms.base.documents import Block, Clause, Clauses, Document, Paragraph

FILE = "Lưu: VT, hồ sơ kiểm tra"


def letter(facts: Facts) -> Document:
    """Describe the letter that hands a case with signs of a violation over to whoever is competent."""
    words = facts["words"]
    asked = lines_of(words.get("proposals", "")) or ("Xem xét, xử lý theo thẩm quyền và thông báo kết quả",)
    body: tuple[Block, ...] = (
        Paragraph(f"Kính gửi: {words['recipient']}", align="center"),
        Paragraph(
            f"Qua kiểm tra theo {the_decision(facts)}, {facts['lead']} nhận thấy có dấu hiệu vi phạm thuộc thẩm quyền"
            " xử lý của quý cơ quan:"
        ),
        *replacing(facts),
        *(Paragraph(line) for line in lines_of(words["reason"])),
        Paragraph(f"{facts['lead']} chuyển hồ sơ, tài liệu kèm theo gồm:"),
        things(words["enclosed"]),
        Paragraph("Đề nghị quý cơ quan:"),
        Clauses(tuple(Clause(sentence(line)) for line in asked)),
    )
    return agency_paper(
        facts,
        None,
        body,
        ("Như trên", facts["team"]["name"], FILE),
        subject=f"V/v chuyển hồ sơ {about(facts)}",
    )
