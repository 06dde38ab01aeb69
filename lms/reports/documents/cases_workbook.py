"""The inspection report of a period as a workbook; no cell is a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter

from lms.base.exports import neutral
from lms.reports.documents.cases import GROUPS, SEVERITIES, STAGE_WORDS, VERDICTS
from lms.reports.documents.wording import NONE, day, reconciled_words

Numbers = dict[str, Any]
LIST = ("Mã hồ sơ", "Số quyết định", "Ngày quyết định", "Cơ quan chủ trì", "Loại", "Lĩnh vực", "Số đối tượng", "Tình trạng",
        "Ngày hoàn thành", "Kết quả số")  # fmt: skip


def inspections_xlsx(numbers: Numbers, data_sha256: str, audit_head: str = "") -> bytes:
    """Return the workbook: what it is of, the counts, the list of cases, the second inspections in a year."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        _sheet(book, "Thông tin", ("Mục", "Nội dung"), _facts(numbers, data_sha256, audit_head))
        _sheet(book, "Tổng hợp", ("Phân tổ", "Tên", *STAGE_WORDS.values()), _groups(numbers))
        _sheet(book, "Danh sách", LIST, (_case(one) for one in numbers["cases"]))
        heads = ("Đối tượng", "Cơ quan", "Lĩnh vực", "Dấu hiệu vi phạm", "Ngày duyệt", "Mã hồ sơ")
        names = ("subject", "lead", "field", "signs", "approved_on", "case")
        _sheet(
            book, "Lần hai trong năm", heads, ([one[name] for name in names] for one in numbers["overrides"])
        )
        for page in book.worksheets():
            page.set_footer(f"&L{audit_head}&R&P/&N")
    return target.getvalue()


def _facts(numbers: Numbers, data_sha256: str, audit_head: str) -> list[tuple[Any, ...]]:
    share, found, remedies = numbers["share"], numbers["findings"], numbers["remedies"]
    return [
        ("Phạm vi", numbers["scope"] or "Toàn tỉnh"),
        ("Từ ngày", day(numbers["period"][0])),
        ("Đến trước ngày", day(numbers["period"][1])),
        ("Phiên bản công thức", numbers["rule_version"]),
        ("Số cuộc tính tỷ lệ", share["all"]),
        ("Toàn bộ trên môi trường số", share["full"]),
        ("Tỷ lệ (%)", float(share["pct"]) if share["pct"] else NONE),
        ("Toàn bộ số và từ xa", share["remote"]),
        ("Tỷ lệ chặt (%)", float(share["remote_pct"]) if share["remote_pct"] else NONE),
        *((f"Phát hiện {word}", found[code]) for code, word in SEVERITIES.items()),
        ("Khắc phục đến hạn", remedies["due"]),
        ("Khắc phục đã chấp nhận", remedies["done"]),
        ("Khắc phục quá hạn", remedies["overdue"]),
        ("Đối soát", reconciled_words(numbers)),
        ("Mã băm SHA-256 của số liệu", data_sha256),
        ("Đầu nhật ký kiểm toán", audit_head or "chưa có"),
    ]


def _groups(numbers: Numbers) -> Iterable[list[Any]]:
    for name, title in GROUPS.items():
        for group in numbers["by"][name]:
            yield [title, group["name"], *(group[stage] for stage in STAGE_WORDS)]
    yield ["Cộng", "", *(numbers["totals"][stage] for stage in STAGE_WORDS)]


def _case(one: Numbers) -> list[Any]:
    return [
        one["code"],
        one["decision"],
        day(one["decided_on"]),
        one["lead"],
        one["kind"],
        one["field"],
        one["subjects"],
        STAGE_WORDS[one["stages"][-1]],
        day(one["completed_on"]),
        VERDICTS[one["verdict"]],
    ]


def _sheet(book: Any, name: str, heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    page, bold = book.add_worksheet(name), book.add_format({"bold": True})
    heads = list(heads)
    page.write_row(0, 0, heads, bold)
    widths = [len(head) for head in heads]
    for number, row in enumerate(rows, start=1):
        cells = [neutral(value) for value in row]
        page.write_row(number, 0, cells)
        widths = [max(width, len(str(cell))) for width, cell in zip(widths, cells, strict=True)]
    for place, width in enumerate(widths):
        page.set_column(place, place, min(60, width + 2))
    page.freeze_panes(1, 0)
