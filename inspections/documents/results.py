"""What the agency tells those inspected: thông báo kết quả, văn bản yêu cầu chấn chỉnh (NĐ 217/2025, Điều 15.3.đ)."""

from __future__ import annotations

from inspections.documents.facts import Facts
from inspections.documents.frame import (
    about,
    agency_paper,
    grounds,
    lines_of,
    on_the_decision,
    paragraphs,
    replacing,
    sentence,
    the_decision,
    written,
)
from inspections.documents.team_papers import result_of
from lms.base.documents import Block, Clause, Clauses, Document, DocumentHead, Heading, Paragraph

FILE = "Lưu: VT, hồ sơ kiểm tra"
NOTICE = "Thông báo"


def result(facts: Facts) -> Document:
    """Describe the closing document under the name the kind gives it."""
    words = facts["words"]
    found: list[Block] = []
    for number, one in enumerate(facts["results"], start=1):
        found += result_of(one, number)
    body = (
        grounds(facts, on_the_decision(facts)),
        Paragraph(f"{facts['lead']} thông báo kết quả {about(facts)} như sau:"),
        *replacing(facts),
        Heading("I. KẾT QUẢ KIỂM TRA"),
        *found,
        Heading("II. NHẬN XÉT, ĐÁNH GIÁ"),
        *paragraphs(words["assessment"]),
        Heading("III. YÊU CẦU, KIẾN NGHỊ"),
        *_requests(facts),
    )
    return agency_paper(
        facts, DocumentHead(NOTICE, _named(facts)), body, ("Đối tượng kiểm tra", facts["team"]["name"], FILE)
    )


def _named(facts: Facts) -> str:
    """Return the subject of the notice: the kind's own name for it without the word that stands above it."""
    name = facts["closing_document"] or "kết quả kiểm tra"
    for word in (f"{NOTICE} ", "Văn bản "):
        name = name.removeprefix(word)
    whom = facts["subjects"]
    told = whom[0]["name"] if len(whom) == 1 else f"{len(whom):02d} đối tượng kiểm tra"
    return f"{name[:1].upper()}{name[1:]} đối với {told}"


def rectification(facts: Facts) -> Document:
    """Describe văn bản yêu cầu chấn chỉnh: an official letter, its subject under the number (ô số 5b)."""
    whom = "; ".join(one["name"] for one in facts["subjects"])
    lacking = [
        Clause(f"{one['subject']}: {sentence(_lacking(one))}") for one in facts["results"] if one["lacking"]
    ]
    body: tuple[Block, ...] = (
        Paragraph(f"Kính gửi: {whom}", align="center"),
        Paragraph(
            f"Thực hiện {the_decision(facts)}, {facts['lead']} yêu cầu chấn chỉnh các nội dung sau đây."
        ),
        *replacing(facts),
        Heading("I. NỘI DUNG CẦN CHẤN CHỈNH"),
        *((Clauses(tuple(lacking)),) if lacking else ()),
        *paragraphs(facts["words"].get("assessment", "")),
        Heading("II. YÊU CẦU"),
        *_requests(facts),
    )
    return agency_paper(
        facts,
        None,
        body,
        ("Như trên", facts["team"]["name"], FILE),
        subject=f"V/v chấn chỉnh sau {about(facts)}",
    )


def _lacking(one: Facts) -> str:
    return "; ".join(
        f"{item['label'].lstrip('0123456789. ')} ({item['result'].lower()})" for item in one["lacking"]
    )


def _requests(facts: Facts) -> tuple[Block, ...]:
    words = facts["words"]
    asked: tuple[Block, ...] = (
        Clauses(tuple(Clause(sentence(line)) for line in lines_of(words.get("proposals", "")))),
    )
    if words.get("until_day"):
        asked += (
            Paragraph(
                f"Báo cáo kết quả thực hiện kèm minh chứng về {facts['lead']} trước {written(words['until_day'])}."
            ),
        )
    return asked
