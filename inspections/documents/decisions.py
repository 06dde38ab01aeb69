"""Quyết định: the one that opens a case, and those of its branches (NĐ 217/2025/NĐ-CP, Điều 7.2.đ, 11, 12, 13)."""

from __future__ import annotations

from inspections.documents.facts import Facts
from inspections.documents.frame import (
    about,
    agency_paper,
    grounds,
    lines_of,
    lowered,
    members,
    on_the_decision,
    replacing,
    sentence,
    subjects,
    the_decision,
    written,
)
from lms.base.documents import Article, Block, Clause, Document, DocumentHead, Heading

FILE = "Lưu: VT, hồ sơ kiểm tra"


def inspection_decision(facts: Facts) -> Document:
    """Describe quyết định kiểm tra with its five contents: grounds, scope, subjects, time limit, team."""
    team = facts["team"]["name"]
    body = (
        grounds(facts, f"Căn cứ {facts['case']['ground']}"),
        Heading("QUYẾT ĐỊNH:", centred=True),
        Article(f"{sentence(about(facts)[:1].upper() + about(facts)[1:])}", clauses=_scope(facts)),
        Article("Đối tượng kiểm tra:", clauses=subjects(facts)),
        Article(_time_limit(facts)),
        Article(f"Thành lập {team} gồm các ông (bà) có tên sau đây:", clauses=members(facts)),
        Article(_task(facts)),
        *replacing(facts),
        Article(
            "Quyết định này có hiệu lực kể từ ngày ký. Các ông (bà) có tên tại Điều 4, đối tượng kiểm tra nêu tại"
            " Điều 2 và tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này."
        ),
    )
    head = DocumentHead("Quyết định", f"Về việc {about(facts)}", facts["signer"]["decider"])
    return agency_paper(facts, head, body, ("Như Điều 6", "Lãnh đạo cơ quan", FILE))


def _scope(facts: Facts) -> tuple[Clause, ...]:
    case = facts["case"]
    told = [Clause(f"Nội dung kiểm tra: {sentence(_joined(case['content']))}")]
    if case["period"]:
        told.append(Clause(f"Thời kỳ kiểm tra: {sentence(case['period'])}"))
    if case["method"]:
        why = f" Lý do kiểm tra trực tiếp: {sentence(case['visit_reason'])}" if case["visit_reason"] else ""
        told.append(Clause(f"Phương thức: {sentence(lowered(case['method']))}{why}"))
    if case["clear_signs"]:
        told.append(Clause(f"Dấu hiệu vi phạm: {sentence(_joined(case['clear_signs']))}"))
    return tuple(told)


def _time_limit(facts: Facts) -> str:
    case = facts["case"]
    kind = "ngày làm việc" if case["working_days"] else "ngày"
    start = "ngày công bố Quyết định kiểm tra" if case["announced"] else "ngày bắt đầu kiểm tra"
    return f"Thời hạn kiểm tra là {case['days']:02d} {kind}, kể từ {start}."


def _task(facts: Facts) -> str:
    team = facts["team"]
    return (
        f"{team['name']} có nhiệm vụ kiểm tra theo nội dung tại Điều 1, lập biên bản và báo cáo kết quả với người"
        f" ra quyết định; {team['leader']} xây dựng kế hoạch tiến hành kiểm tra trình phê duyệt trước khi thực hiện."
    )


def extension(facts: Facts) -> Document:
    """Describe quyết định gia hạn."""
    days = int(facts["words"].get("extra_days") or 0)
    kind = "ngày làm việc" if facts["case"]["working_days"] else "ngày"
    last = facts["clock"].get("last_day")
    before = f" Thời hạn đang áp dụng kết thúc {written(last)}." if last else ""
    said = f"Gia hạn thời hạn kiểm tra theo {the_decision(facts)} thêm {days:02d} {kind}.{before}"
    return _branch(facts, "gia hạn thời hạn kiểm tra", said)


def suspension(facts: Facts) -> Document:
    """Describe quyết định tạm dừng."""
    after = "Thời gian tạm dừng không tính vào thời hạn kiểm tra."
    return _branch(
        facts, "tạm dừng kiểm tra", f"Tạm dừng cuộc kiểm tra theo {the_decision(facts)}{_from(facts)}.", after
    )


def resumption(facts: Facts) -> Document:
    """Describe quyết định tiếp tục."""
    return _branch(
        facts, "tiếp tục kiểm tra", f"Tiếp tục cuộc kiểm tra theo {the_decision(facts)}{_from(facts)}."
    )


def termination(facts: Facts) -> Document:
    """Describe quyết định đình chỉ."""
    after = (
        f"{facts['team']['name']} bàn giao hồ sơ, tài liệu đã thu thập theo quy định và chấm dứt hoạt động."
    )
    return _branch(
        facts,
        "đình chỉ cuộc kiểm tra",
        f"Đình chỉ cuộc kiểm tra theo {the_decision(facts)}{_from(facts)}.",
        after,
    )


def cancellation(facts: Facts) -> Document:
    """Describe quyết định hủy bỏ, before anything was announced."""
    return _branch(facts, "hủy bỏ quyết định kiểm tra", f"Hủy bỏ {the_decision(facts)}{_from(facts)}.")


def team_change(facts: Facts) -> Document:
    """Describe quyết định thay đổi thành viên: who leaves, who comes."""
    words, name = facts["words"], facts["team"]["name"]
    changes = [Clause(f"Thôi tham gia: {line};") for line in lines_of(words.get("leaving", ""))]
    changes += [Clause(f"Bổ sung: {line};") for line in lines_of(words.get("joining", ""))]
    after = "Người thôi tham gia bàn giao hồ sơ, tài liệu và công việc cho người được bổ sung."
    return _branch(
        facts,
        f"thay đổi thành viên {name}",
        f"Thay đổi thành viên {name} thành lập theo {the_decision(facts)} như sau:",
        after,
        clauses=tuple(changes),
    )


def _branch(
    facts: Facts, what: str, said: str, after: str = "", *, clauses: tuple[Clause, ...] = ()
) -> Document:
    reason = Article(f"Lý do: {sentence(_joined(facts['words'].get('reason', '')))}")
    more: tuple[Block, ...] = (Article(after),) if after else ()
    body = (
        grounds(facts, on_the_decision(facts)),
        Heading("QUYẾT ĐỊNH:", centred=True),
        Article(said, clauses=clauses),
        reason,
        *more,
        *replacing(facts),
        Article(
            f"Quyết định này có hiệu lực kể từ ngày ký. {facts['team']['name']}, đối tượng kiểm tra và tổ chức,"
            " cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này."
        ),
    )
    last = 4 if after else 3
    head = DocumentHead("Quyết định", f"Về việc {what}", facts["signer"]["decider"])
    return agency_paper(facts, head, body, (f"Như Điều {last}", "Lãnh đạo cơ quan", FILE))


def _from(facts: Facts) -> str:
    day = facts["words"].get("from_day")
    return f" kể từ {written(day)}" if day else ""


def _joined(text: str) -> str:
    return "; ".join(line.rstrip(".;") for line in lines_of(text))
