"""The period report as a PDF by Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

from typing import Any

from lms.base.documents import (
    SMALL,
    Block,
    Column,
    Dashes,
    Document,
    DocumentHead,
    Grid,
    Heading,
    Letterhead,
    Paragraph,
    render_pdf,
)
from lms.reports.documents.wording import NONE, SIGNATURES, cell, day, proof, reconciled_words

VARIANTS = {
    "headline": "lũy kế, chỉ tính cán bộ, công chức, viên chức",
    "wide": "lũy kế, tính cả hợp đồng lao động và người hoạt động không chuyên trách",
    "annual": "chỉ tính khóa học hoàn thành trong năm",
    "adjusted": "lũy kế, không tính người nghỉ trên 90 ngày",
}
VIEWS = {"historic": "theo tổ chức tại thời điểm", "current": "theo tổ chức hiện hành"}
ENDED = "Cơ quan đã kết thúc hoạt động trước ngày chốt số liệu"


def period_pdf(
    numbers: dict[str, Any], letterhead: dict[str, Any], data_sha256: str, audit_head: str = ""
) -> bytes:
    """Return the paper, the audit log's head at its foot; the same of all gives the same bytes."""
    return render_pdf(
        Document(
            letterhead=Letterhead(symbol="BC", **letterhead),
            head=DocumentHead("Báo cáo", "Kết quả bồi dưỡng kỹ năng số và kiểm tra trên môi trường số"),
            body=(*_basis(numbers), *_training(numbers), *_inspections(numbers), proof(data_sha256)),
            signatures=SIGNATURES,
            sizes=SMALL,
            footer=audit_head,
        )
    )


def _basis(numbers: dict[str, Any]) -> tuple[Block, ...]:
    start, end = (day(text) for text in numbers["period"])
    lines = [
        f"Phạm vi: {numbers['scope']} và các đơn vị trực thuộc" if numbers["scope"] else "Phạm vi: toàn tỉnh",
        f"Số liệu bồi dưỡng chốt đến hết ngày {day(numbers['as_of'])}, theo thông tin biết được đến ngày "
        f"{day(numbers['known_at'])}",
        f"Các cuộc kiểm tra hoàn thành từ ngày {start} đến trước ngày {end}",
        f"Cách tính: {VARIANTS[numbers['variant']]}; {VIEWS[numbers['org_view']]}; công thức phiên bản "
        f"{numbers['rule_version']}",
    ]
    lines.append(reconciled_words(numbers))
    if numbers["provisional"]:
        lines.append("Số liệu tạm tính: ngày chốt số liệu chưa đến")
    return (Dashes(tuple(lines)),)


def _training(numbers: dict[str, Any]) -> tuple[Block, ...]:
    total, targets = numbers["total"], numbers["targets"]
    columns = (
        Column("STT", 0.6, "center"),
        Column("Cơ quan, đơn vị", 3.2),
        Column("Tổng số người", 0.9, "right"),
        Column("Số người", 0.9, "right", group="Kỹ năng số"),
        Column("Tỷ lệ", 1.1, "right", group="Kỹ năng số"),
        Column("Số người", 0.9, "right", group="Phân tích dữ liệu"),
        Column("Tỷ lệ", 1.1, "right", group="Phân tích dữ liệu"),
    )
    names = ("staff", "skilled", "skilled_pct", "analysts", "analysts_pct")
    sentence = (
        f"Có {_share(total['skilled'], total['staff'], total['skilled_pct'], 'người')} đã được bồi dưỡng kỹ năng số "
        f"(chỉ tiêu {targets['I1']}%); {_share(total['analysts'], total['staff'], total['analysts_pct'], 'người')} "
        f"đã được bồi dưỡng phân tích và xử lý dữ liệu (chỉ tiêu {targets['I2']}%)."
    )
    return (Heading("I. KẾT QUẢ BỒI DƯỠNG"), Paragraph(sentence), _grid(numbers, columns, names, "người"))


def _inspections(numbers: dict[str, Any]) -> tuple[Block, ...]:
    total, targets = numbers["total"], numbers["targets"]
    columns = (
        Column("STT", 0.6, "center"),
        Column("Cơ quan chủ trì", 2.3),
        Column("Tổng số cuộc", 0.85, "right"),
        Column("Toàn bộ", 0.95, "right", group="Trên môi trường số"),
        Column("Một phần", 0.85, "right", group="Trên môi trường số"),
        Column("Trên giấy", 0.85, "right"),
        Column("Tỷ lệ", 1.1, "right"),
        Column("Từ xa", 0.7, "right"),
        Column("Lượt đối tượng", 0.95, "right"),
    )
    names = ("cases", "full", "partial", "paper", "full_pct", "remote", "subjects")
    sentence = (
        f"Có {_share(total['full'], total['cases'], total['full_pct'], 'cuộc kiểm tra')} được thực hiện toàn bộ trên "
        f"môi trường số (chỉ tiêu {targets['I3']}%); tính theo lượt đối tượng: "
        f"{_share(total['subjects_full'], total['subjects'], total['subjects_pct'], 'lượt')}. "
        "Cơ quan không phát sinh cuộc kiểm tra không liệt kê dưới đây."
    )
    active = {**numbers, "lines": [line for line in numbers["lines"] if line["cases"]]}
    return (Heading("II. KẾT QUẢ KIỂM TRA"), Paragraph(sentence), _grid(active, columns, names, "cuộc"))


def _grid(numbers: dict[str, Any], columns: tuple[Column, ...], names: tuple[str, ...], unit: str) -> Grid:
    lines = [
        (str(place), f"{'– ' * line['depth']}{line['name'] or ENDED}", *(cell(line[name]) for name in names))
        for place, line in enumerate(numbers["lines"], start=1)
    ]
    total = ("", "Toàn phạm vi", *(cell(numbers["total"][name]) for name in names))
    rows = (*lines, total)
    return Grid(columns, rows, unit=f"Đơn vị tính: {unit}", strong=frozenset({len(rows) - 1}))


def _share(num: int, den: int, pct: str | None, unit: str) -> str:
    if pct is None:
        return f"0 {unit} ({NONE})"
    return f"{cell(pct)} ({cell(num)}/{cell(den)} {unit})"
