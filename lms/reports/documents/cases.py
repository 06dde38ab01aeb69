"""The inspection report of a period, laid out by Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

from typing import Any

from lms.base.documents import (
    SMALL,
    Annex,
    Block,
    Column,
    Dashes,
    Document,
    DocumentHead,
    Grid,
    Heading,
    Letterhead,
    Paragraph,
)
from lms.reports.documents.wording import NONE, SIGNATURES, cell, day, proof, reconciled_words

Numbers = dict[str, Any]
STAGE_WORDS = {
    "decided": "Quyết định ban hành",
    "planned": "Chưa tiến hành",
    "running": "Đang tiến hành",
    "done": "Hoàn thành",
    "stopped": "Đình chỉ, hủy",
}
GROUPS = {"kind": "Theo loại kiểm tra", "field": "Theo lĩnh vực", "lead": "Theo cơ quan chủ trì"}
SEVERITIES = {"MINOR": "nhẹ", "SERIOUS": "nghiêm trọng", "GRAVE": "đặc biệt nghiêm trọng"}
VERDICTS = {"FULL": "toàn bộ số", "PARTIAL": "một phần", "PAPER": "trên giấy", "": "–"}


def inspections_document(
    numbers: Numbers,
    letterhead: dict[str, Any],
    data_sha256: str,
    audit_head: str = "",
    most_cases: int | None = None,
) -> Document:
    """Describe the report, the audit log's head at its foot; `most_cases` bounds the list where a layout asks for it."""
    return Document(
        letterhead=Letterhead(symbol="BC", **letterhead),
        head=DocumentHead("Báo cáo", "Kết quả công tác kiểm tra"),
        body=(
            *_basis(numbers),
            *_volume(numbers),
            *_share(numbers),
            *_findings(numbers),
            *_overrides(numbers),
            proof(data_sha256),
        ),
        signatures=SIGNATURES,
        annexes=(_cases(numbers, most_cases),) if numbers["cases"] else (),
        sizes=SMALL,
        footer=audit_head,
    )


def _basis(numbers: Numbers) -> tuple[Block, ...]:
    start, end = numbers["period"]
    scope = f"{numbers['scope']} và các đơn vị trực thuộc" if numbers["scope"] else "toàn tỉnh"
    lines = (
        f"Phạm vi: {scope}",
        f"Kỳ báo cáo: từ ngày {day(start)} đến trước ngày {day(end)}; tình trạng tính đến cuối kỳ",
        f"Công thức tỷ lệ kiểm tra số phiên bản {numbers['rule_version']}",
        reconciled_words(numbers),
    )
    return (Dashes(lines),)


def _volume(numbers: Numbers) -> tuple[Block, ...]:
    totals = numbers["totals"]
    told = "; ".join(f"{word.lower()}: {cell(totals[stage])} cuộc" for stage, word in STAGE_WORDS.items())
    blocks: list[Block] = [Heading("I. TÌNH HÌNH THỰC HIỆN"), Paragraph(f"{told[:1].upper()}{told[1:]}.")]
    for name, title in GROUPS.items():
        groups = numbers["by"][name]
        if groups:
            blocks += [Paragraph(f"{title}:", indent=False), _grid(title, groups, totals)]
    return tuple(blocks)


def _grid(title: str, groups: list[Numbers], totals: Numbers) -> Grid:
    columns = (
        Column("STT", 0.5, "center"),
        Column(title.removeprefix("Theo ").capitalize(), 2.6),
        *(Column(word, 0.9, "right") for word in STAGE_WORDS.values()),
    )
    lines = [
        (str(place), group["name"], *(cell(group[stage]) for stage in STAGE_WORDS))
        for place, group in enumerate(groups, start=1)
    ]
    total = ("", "Cộng", *(cell(totals[stage]) for stage in STAGE_WORDS))
    return Grid(columns, (*lines, total), unit="Đơn vị tính: cuộc", strong=frozenset({len(lines)}))


def _share(numbers: Numbers) -> tuple[Block, ...]:
    share = numbers["share"]
    if share["pct"] is None:
        words = f"Trong kỳ không có cuộc kiểm tra hoàn thành được tính tỷ lệ ({NONE})."
        return (Heading("II. KIỂM TRA TRÊN MÔI TRƯỜNG SỐ"), Paragraph(words))
    met = "đạt" if share["met"] else "chưa đạt"
    words = (
        f"Có {cell(share['pct'])} ({cell(share['full'])}/{cell(share['all'])} cuộc) thực hiện toàn bộ trên môi "
        f"trường số, {met} chỉ tiêu {numbers['target']}%; một phần {cell(share['partial'])} cuộc, trên giấy "
        f"{cell(share['paper'])} cuộc. Tính chặt (toàn bộ trên môi trường số và trực tuyến, từ xa): "
        f"{cell(share['remote_pct'])} ({cell(share['remote'])}/{cell(share['all'])} cuộc). Theo lượt đối tượng: "
        f"{cell(share['subjects_full'])}/{cell(share['subjects'])} lượt."
    )
    return (Heading("II. KIỂM TRA TRÊN MÔI TRƯỜNG SỐ"), Paragraph(words))


def _findings(numbers: Numbers) -> tuple[Block, ...]:
    found, remedies = numbers["findings"], numbers["remedies"]
    severities = "; ".join(f"{word}: {cell(found[code])}" for code, word in SEVERITIES.items())
    return (
        Heading("III. PHÁT HIỆN VÀ KHẮC PHỤC"),
        Paragraph(f"Các cuộc hoàn thành trong kỳ có {cell(sum(found.values()))} phát hiện ({severities})."),
        Paragraph(
            f"Việc khắc phục đến hạn trong kỳ: {cell(remedies['due'])}, đã được chấp nhận "
            f"{cell(remedies['done'])}; quá hạn tính đến cuối kỳ: {cell(remedies['overdue'])}."
        ),
    )


def _overrides(numbers: Numbers) -> tuple[Block, ...]:
    heading = Heading("IV. KIỂM TRA LẦN THỨ HAI TRONG NĂM")
    if not numbers["overrides"]:
        return (heading, Paragraph("Không phát sinh (Nghị quyết số 198/2025/QH15, Điều 4)."))
    columns = (
        Column("STT", 0.6, "center"),
        Column("Đối tượng", 1.8),
        Column("Cơ quan", 1.5),
        Column("Lĩnh vực", 1.2),
        Column("Dấu hiệu vi phạm rõ ràng", 1.9),
        Column("Ngày duyệt", 1.3, "center"),
    )
    rows = tuple(
        (str(place), one["subject"], one["lead"], one["field"], one["signs"], day(one["approved_on"]))
        for place, one in enumerate(numbers["overrides"], start=1)
    )
    return (heading, Grid(columns, rows))


def _cases(numbers: Numbers, most: int | None) -> Annex:
    cases = numbers["cases"] if most is None else numbers["cases"][:most]
    columns = (
        Column("STT", 0.5, "center"),
        Column("Mã hồ sơ", 1.8),
        Column("Quyết định", 1.5),
        Column("Cơ quan chủ trì", 2.3),
        Column("Lĩnh vực", 1.7),
        Column("Đối tượng", 0.7, "right"),
        Column("Tình trạng", 1.2),
        Column("Hoàn thành", 1.0, "center"),
        Column("Kết quả số", 1.0),
    )
    rows = tuple(
        (
            str(place),
            one["code"],
            one["decision"] or "–",
            one["lead"],
            one["field"],
            cell(one["subjects"]),
            STAGE_WORDS[one["stages"][-1]],
            day(one["completed_on"]) or "–",
            VERDICTS[one["verdict"]],
        )
        for place, one in enumerate(cases, start=1)
    )
    body: tuple[Block, ...] = (Grid(columns, rows),)
    if len(cases) < len(numbers["cases"]):
        words = (
            f"Bản này liệt kê {cell(len(cases))}/{cell(len(numbers['cases']))} cuộc; danh sách đầy đủ có trong bản PDF"
            " và bảng tính của cùng báo cáo."
        )
        body = (*body, Paragraph(words))
    return Annex("Danh sách các cuộc kiểm tra", body, accompanying="Kèm theo Báo cáo", landscape=True)
