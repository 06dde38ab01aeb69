"""Words that every report on paper says alike."""

from __future__ import annotations

from datetime import date
from typing import Any

from lms.base.documents import Paragraph, Signature

NONE = "không phát sinh"
SIGNATURES = (Signature(("NGƯỜI LẬP BÁO CÁO",)), Signature(("THỦ TRƯỞNG CƠ QUAN",)))


def reconciled_words(numbers: dict[str, Any]) -> str:
    """Say whether the inspections were held against the registers; a report frozen earlier does not know."""
    told = numbers.get("reconciled")
    if not told:
        return "Đã đối soát với sổ đăng ký văn bản đi: chưa ghi nhận"
    until = day(told["until"])
    if told["yes"]:
        return (
            f"Đã đối soát với sổ đăng ký văn bản đi: có, các quyết định trước ngày {until}, đối soát lần cuối ngày "
            f"{day(told['last_on'])}"
        )
    return (
        f"Đã đối soát với sổ đăng ký văn bản đi: không ({told['done']}/{told['agencies']} cơ quan đã đối soát các "
        f"quyết định trước ngày {until})"
    )


def proof(data_sha256: str) -> Paragraph:
    """Return the line by which the numbers can be checked."""
    return Paragraph(f"Mã băm SHA-256 của số liệu: {data_sha256[:32]} {data_sha256[32:]}", align="left")


def cell(value: Any) -> str:
    """Return a count, or a rate as its text has it; a rate of nothing in words."""
    if value is None:
        return NONE
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    return f"{str(value).replace('.', ',')}%"


def day(text: str) -> str:
    """Return a day of the numbers as paper has it; none is nothing."""
    return f"{date.fromisoformat(text):%d/%m/%Y}" if text else ""
