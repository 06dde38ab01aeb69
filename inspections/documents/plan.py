"""Kế hoạch kiểm tra of a year or a topic (NĐ 217/2025/NĐ-CP, Điều 7.2.a) on NĐ 30/2020's page, its lines as an annex."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from inspections.documents.facts import AGENCY_SIGN, Facts, place_of, signer_of
from inspections.documents.frame import agency_paper, as_ground, lines_of, paragraphs, sentence
from inspections.models import Inspection, PlanLine, PlanVersion
from inspections.plan_states import PlanScope
from inspections.states import Act
from lms.base.dates import today
from lms.base.documents import (
    Annex,
    Basis,
    Block,
    Column,
    Document,
    DocumentHead,
    Grid,
    Heading,
    Paragraph,
    render_pdf,
)
from lms.people.organisation import Organisation

RECIPIENTS = (
    "Thanh tra tỉnh (để xử lý chồng chéo, trùng lặp)",
    "Đối tượng kiểm tra có tên tại Phụ lục",
    "Lãnh đạo cơ quan",
    "Lưu: VT, hồ sơ kế hoạch",
)
COLUMNS = (
    Column("TT", 0.4, "center"),
    Column("Đối tượng kiểm tra", 3.0),
    Column("Lĩnh vực, nội dung kiểm tra", 3.0),
    Column("Thời gian", 1.1, "center"),
    Column("Loại kiểm tra", 1.6),
    Column("Trưởng đoàn, thành phần đoàn", 2.2),
)
NUMBER = re.compile(r"0*(\d+)/(.+)")
DEFAULT_AIMS = (
    "Bảo đảm hoạt động kiểm tra có trọng tâm, trọng điểm, không chồng chéo, trùng lặp; ưu tiên kiểm tra trực tuyến,"
    " từ xa trên dữ liệu điện tử."
)


def plan_content(version: PlanVersion) -> Facts:
    """Return every word the plan prints, with the names of the day it bears."""
    plan, day = version.plan, version.issued_on or today()
    tree = Organisation.on(day)
    number = NUMBER.fullmatch(version.paper_number)
    agency = plan.agency_id
    signer: dict[str, Any] = {"name": "", "post": "", "lines": ["Thủ trưởng cơ quan"], "decider": ""}
    if version.signer:
        signer = signer_of(version.signer, tree, day, {})
    return {
        "number": number[1] if number else "",
        "symbol": number[2] if number else f"KH-{_sign_of(agency, tree)}",
        "on": version.issued_on.isoformat() if version.issued_on else "",
        "lead": tree.name(agency),
        "superior": tree.name(parent) if (parent := tree.parent(agency)) else "",
        "place": place_of(tree, agency),
        "signer": signer,
        "words": {},
        "bases": [],
        "title": version.title,
        "annual": plan.scope == PlanScope.ANNUAL,
        "act": plan.act,
        "year": plan.year,
        "ground": version.legal_ground,
        "aims": version.aims,
        "version": version.number,
        "change": _change(version),
        "lines": [_line(line) for line in _lines(version)],
    }


def _sign_of(agency_id: int, tree: Organisation) -> str:
    """Return the agency's abbreviation as its decisions bear it, else its code."""
    numbers = Inspection.objects.filter(lead=agency_id).exclude(decision_no="").order_by("-pk")
    last = numbers.values_list("decision_no", flat=True).first() or ""
    found = AGENCY_SIGN.search(last)
    return found["agency"] if found else tree.code(agency_id)


def _lines(version: PlanVersion) -> Any:
    return version.lines.select_related("kind").prefetch_related("parties__subject")


def _line(line: PlanLine) -> Facts:
    return {
        "number": line.number,
        "subjects": [_subject(party.subject) for party in line.parties.all()],
        "field": line.field,
        "content": line.content,
        "months": _months(line),
        "kind": str(line.kind),
        "leader": line.leader_name,
        "team": line.team,
    }


def _subject(subject: Any) -> str:
    return ", ".join(filter(None, [subject.name, subject.address]))


def _months(line: PlanLine) -> str:
    year = line.version.plan.year
    if line.month_from == line.month_to:
        return f"{line.month_from:02d}/{year}"
    return f"{line.month_from:02d} - {line.month_to:02d}/{year}"


def _change(version: PlanVersion) -> Facts:
    if version.change_on is None:
        return {}
    return {
        "number": version.change_number,
        "on": version.change_on.isoformat(),
        "because": version.reason,
        "version": version.number,
    }


def plan_pdf(content: Facts) -> bytes:
    """Return the plan's document."""
    return render_pdf(plan_document(content))


def plan_document(facts: Facts) -> Document:
    """Describe the plan: grounds, aims, what is inspected in sum, who carries it out; the lines are the annex."""
    act = "thanh tra" if facts["act"] == Act.TT else "kiểm tra"
    what = f"kế hoạch {act} năm {facts['year']}" if facts["annual"] else f"kế hoạch {act} chuyên đề"
    body: tuple[Block, ...] = (
        Basis(tuple(as_ground(line) for line in lines_of(facts["ground"]))),
        Paragraph(f"{facts['lead']} ban hành {what} như sau:"),
        *_changed(facts),
        Heading("I. MỤC ĐÍCH, YÊU CẦU"),
        *paragraphs(facts["aims"] or DEFAULT_AIMS),
        Heading(f"II. NỘI DUNG {act.upper()}"),
        *_summary(facts, act),
        Heading("III. TỔ CHỨC THỰC HIỆN"),
        Paragraph(
            f"1. Trưởng đoàn và bộ phận được giao chủ trì căn cứ Phụ lục, trình ban hành quyết định {act} đúng thời"
            " gian; ghi nhận kết quả trên hệ thống thông tin."
        ),
        Paragraph(
            "2. Mọi thay đổi về đối tượng, nội dung, thời gian được trình người phê duyệt Kế hoạch xem xét, quyết định"
            " bằng văn bản, nêu rõ lý do."
        ),
    )
    paper = agency_paper(facts, DocumentHead("Kế hoạch", facts["title"]), body, RECIPIENTS)
    return replace(paper, annexes=(_annex(facts),), draft=not facts["number"])


def _changed(facts: Facts) -> tuple[Block, ...]:
    change = facts["change"]
    if not change:
        return ()
    day = date.fromisoformat(change["on"]).strftime("%d/%m/%Y")
    said = (
        f"Kế hoạch này là bản điều chỉnh lần {change['version'] - 1:02d}, theo văn bản số {change['number']} ngày {day}"
        f" và thay thế bản đã phê duyệt trước đó. Lý do: {sentence(change['because'])}"
    )
    return (Paragraph(said),)


def _summary(facts: Facts, act: str) -> tuple[Block, ...]:
    lines = facts["lines"]
    fields = dict.fromkeys(line["field"] for line in lines)
    subjects = sum(len(line["subjects"]) for line in lines)
    return (
        Paragraph(
            f"Thực hiện {len(lines):02d} cuộc {act} theo kế hoạch, với {subjects:02d} lượt đối tượng, trong các lĩnh"
            f" vực: {sentence('; '.join(fields))}"
        ),
        Paragraph("Đối tượng, nội dung, thời gian và thành phần đoàn nêu tại Phụ lục kèm theo."),
    )


def _annex(facts: Facts) -> Annex:
    act = "thanh tra" if facts["act"] == Act.TT else "kiểm tra"
    number = f"{int(facts['number']):02d}" if facts["number"] else "…"
    day = date.fromisoformat(facts["on"]).strftime("%d/%m/%Y") if facts["on"] else "…"
    rows = tuple(
        (
            str(line["number"]),
            "\n".join(line["subjects"]),
            f"{line['field']}: {line['content']}",
            line["months"],
            line["kind"],
            "; ".join(filter(None, [line["leader"], line["team"]])),
        )
        for line in facts["lines"]
    )
    with_it = f"Kèm theo Kế hoạch số {number}/{facts['symbol']} ngày {day} của {facts['lead']}"
    return Annex(f"Danh mục các cuộc {act}", (Grid(COLUMNS, rows),), "", with_it, landscape=True)
