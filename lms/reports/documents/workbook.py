"""The period report as a workbook, made with pandas."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from lms.base.exports import neutral
from lms.reports.documents.paper import ENDED
from lms.reports.documents.wording import reconciled_words

if TYPE_CHECKING:
    from pandas import DataFrame

HEADERS = {
    "code": "Mã cơ quan",
    "name": "Cơ quan, đơn vị",
    "depth": "Cấp trong cây",
    "staff": "Tổng số người",
    "skilled": "Đã bồi dưỡng kỹ năng số",
    "skilled_pct": "Tỷ lệ kỹ năng số (%)",
    "analysts": "Đã bồi dưỡng phân tích dữ liệu",
    "analysts_pct": "Tỷ lệ phân tích dữ liệu (%)",
    "cases": "Số cuộc kiểm tra",
    "full": "Toàn bộ trên hệ thống",
    "partial": "Một phần trên hệ thống",
    "paper": "Trên giấy",
    "full_pct": "Tỷ lệ kiểm tra số (%)",
    "remote": "Toàn bộ và từ xa",
    "subjects": "Lượt đối tượng",
    "subjects_full": "Lượt đối tượng toàn bộ số",
    "subjects_pct": "Tỷ lệ theo lượt đối tượng (%)",
}
IDENTITY = ("code", "name", "depth")
TRAINING = (*IDENTITY, "staff", "skilled", "skilled_pct", "analysts", "analysts_pct")
INSPECTIONS = (
    *IDENTITY,
    "cases",
    "full",
    "partial",
    "paper",
    "full_pct",
    "remote",
    "subjects",
    "subjects_full",
    "subjects_pct",
)
WHOLE = "Toàn tỉnh"
FACTS = {
    "scope": "Phạm vi",
    "as_of": "Ngày chốt số liệu",
    "known_at": "Theo thông tin biết được đến ngày",
    "variant": "Cách tính",
    "org_view": "Cách nhìn tổ chức",
    "rule_version": "Phiên bản công thức",
    "provisional": "Tạm tính",
}


def period_xlsx(numbers: dict[str, Any], data_sha256: str, audit_head: str = "") -> bytes:
    """Return the workbook: what it is of, training by agency, inspections by agency; no cell is a formula."""
    import pandas as pd

    named = [{**line, "name": line["name"] or ENDED} for line in numbers["lines"]]
    lines = [*named, {"code": "", "name": "Toàn phạm vi", "depth": 0, **numbers["total"]}]
    table = pd.DataFrame(lines, dtype=object).map(neutral)
    target = io.BytesIO()
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with pd.ExcelWriter(target, engine="xlsxwriter", engine_kwargs=options) as book:
        _write(book, _facts(numbers, data_sha256, audit_head), "Thông tin")
        _write(book, _part(table, TRAINING), "Bồi dưỡng")
        _write(book, _part(table, INSPECTIONS), "Kiểm tra")
        for page in book.sheets.values():
            page.set_footer(f"&L{audit_head}&R&P/&N")
    return target.getvalue()


def _part(table: DataFrame, names: tuple[str, ...]) -> DataFrame:
    part = table[list(names)].copy()
    for name in names:
        if name.endswith("_pct"):
            part[name] = [None if value is None else float(value) for value in part[name]]
    return part.rename(columns=HEADERS)


def _facts(numbers: dict[str, Any], data_sha256: str, audit_head: str) -> DataFrame:
    import pandas as pd

    rows = [(label, neutral(_fact(numbers[name]))) for name, label in FACTS.items()]
    rows += [
        ("Kiểm tra hoàn thành từ ngày", numbers["period"][0]),
        ("Đến trước ngày", numbers["period"][1]),
        ("Đối soát", reconciled_words(numbers)),
        ("Mã băm SHA-256 của số liệu", data_sha256),
        ("Đầu nhật ký kiểm toán", audit_head or "chưa có"),
    ]
    return pd.DataFrame(rows, columns=["Mục", "Nội dung"])


def _fact(value: Any) -> Any:
    if isinstance(value, bool):
        return "có" if value else "không"
    return value or WHOLE


def _write(book: Any, table: DataFrame, name: str) -> None:
    table.to_excel(book, sheet_name=name, index=False)
    page = book.sheets[name]
    for place, column in enumerate(table.columns):
        longest = max((len(str(value)) for value in table[column]), default=0)
        page.set_column(place, place, min(60, max(longest, len(column)) + 2))
    page.freeze_panes(1, 0)
