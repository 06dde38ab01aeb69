"""Giấy biên nhận hồ sơ, tài liệu: what came, from whom, when, who took it, with size and SHA-256."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from inspections.documents.facts import place_of, team_of
from inspections.documents.frame import written
from inspections.models import InspectedSubject, ReceivedFile
from lms.base.dates import local_date
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
    Column("Số biên nhận", 0.8, "center"),
    Column("Tên hồ sơ, tài liệu", 2.2),
    Column("Dung lượng", 1.0, "right"),
    Column("Tiếp nhận", 1.5),
    Column("Người nhận", 1.3),
    Column("Mã băm SHA-256", 1.9),
)


def receipts_pdf(subject: InspectedSubject, rows: Sequence[ReceivedFile]) -> bytes:
    """Return the receipt of these files of one subject; the same rows give the same bytes."""
    case = subject.inspection
    last = max(rows, key=lambda row: row.received_at)
    day = local_date(last.received_at)
    tree = Organisation.on(day)
    team, givers = team_of(case), list(dict.fromkeys(row.giver for row in rows))
    decision = f"Quyết định số {case.decision_no} {written(case.decision.signed_on.isoformat())}"
    body = (
        Paragraph(
            f"Căn cứ {decision}, {team['name']} đã tiếp nhận của {subject}"
            f" ({', '.join(givers)} bàn giao) hồ sơ, tài liệu sau đây:"
        ),
        Grid(COLUMNS, tuple(_cells(row) for row in rows)),
        Paragraph(
            "Giấy biên nhận được lập từ dữ liệu của hệ thống. Tệp có cùng mã băm SHA-256 là đúng tệp đã tiếp nhận."
        ),
    )
    return render_pdf(
        Document(
            letterhead=Letterhead(
                issuer=f"{team['name']} theo Quyết định số {case.decision_no}",
                superior=tree.name(case.lead_id),
                place=place_of(tree, case.lead_id),
                on=day,
                show_number=False,
            ),
            head=DocumentHead("Giấy biên nhận", "Tiếp nhận hồ sơ, tài liệu phục vụ kiểm tra"),
            body=body,
            signatures=(
                Signature(("NGƯỜI GIAO",), givers[0] if len(givers) == 1 else ""),
                Signature(("NGƯỜI NHẬN",), last.taken_by.full_name if last.taken_by else ""),
            ),
            sizes=SMALL,
            title=f"Giấy biên nhận {case.code}",
            author=tree.name(case.lead_id),
        )
    )


def _cells(row: ReceivedFile) -> tuple[str, ...]:
    return (
        f"{row.number:02d}",
        row.name,
        _amount(row),
        _moment(row),
        row.taken_by_name,
        " ".join(row.sha256[start : start + 16] for start in range(0, 64, 16)) if row.sha256 else "bản giấy",
    )


def _amount(row: ReceivedFile) -> str:
    told = [f"{row.sheets} tờ"] if row.sheets else []
    if row.size:
        told.append(f"{row.size:,}".replace(",", ".") + " byte")
    return ", ".join(told) or "bản giấy"


def _moment(row: ReceivedFile) -> str:
    moment: Any = timezone.localtime(row.received_at)
    if row.on_paper:
        return f"bản giấy ngày {row.came_on:%d/%m/%Y}, vào hệ thống {moment:%H:%M %d/%m/%Y}"
    return f"{moment:%H:%M:%S ngày %d/%m/%Y}"
