"""Biên bản beside the minutes: no place-and-date line, several columns to sign (NĐ 30/2020, Mẫu 1.10).

Công bố quyết định (NĐ 217/2025, Điều 15.1), bàn giao hồ sơ (Điều 15.3.c, d), vi phạm hành chính (Luật Xử lý vi phạm
hành chính, Điều 58; NĐ 118/2021/NĐ-CP, Mẫu MBB01).
"""

from __future__ import annotations

from inspections.documents.facts import Facts
from inspections.documents.frame import (
    SIGNER,
    about,
    lines_of,
    lowered,
    on_the_decision,
    paragraphs,
    person,
    record_paper,
    replacing,
    sentence,
    subject_line,
    the_decision,
)
from lms.base.documents import (
    Basis,
    Block,
    Column,
    Dashes,
    Document,
    DocumentHead,
    Grid,
    Heading,
    Paragraph,
    Signature,
)

SIGN_HERE = "(Ký, ghi rõ họ tên)"
TWO_COPIES = (
    "đã đọc lại cho những người có tên nêu trên cùng nghe, công nhận là đúng và được lập thành 02 bản có giá trị như"
    " nhau, mỗi bên giữ 01 bản."
)


def announcement_record(facts: Facts) -> Document:
    """Describe biên bản công bố quyết định kiểm tra."""
    words, team = facts["words"], facts["team"]
    present = lines_of(words["representatives"])
    body: tuple[Block, ...] = (
        Basis((on_the_decision(facts),)),
        Paragraph(
            f"Hôm nay, {words['meeting_time']}, tại {words['meeting_place']}, {team['name']} tiến hành công bố"
            f" {the_decision(facts)}."
        ),
        *replacing(facts),
        Heading("I. THÀNH PHẦN"),
        Paragraph(f"1. {team['name']}"),
        Dashes(tuple(f"{person(one['name'], one['title'])} – {one['duty']}" for one in team["members"])),
        Paragraph("2. Đối tượng kiểm tra"),
        Dashes(tuple(subject_line(one) for one in facts["subjects"])),
        Dashes(tuple(f"Người đại diện: {person(*_named(line))}" for line in present)),
        Heading("II. NỘI DUNG"),
        Paragraph(
            f"1. {team['leader']} công bố toàn văn Quyết định, phổ biến kế hoạch tiến hành kiểm tra, quyền và nghĩa vụ"
            " của đối tượng kiểm tra theo Điều 9 Nghị định số 217/2025/NĐ-CP."
        ),
        Paragraph(f"2. Thời hạn kiểm tra: {_days(facts)}."),
        Paragraph("3. Ý kiến của đối tượng kiểm tra:"),
        *(paragraphs(words.get("statements", "")) or (Paragraph("Không có ý kiến khác."),)),
        Paragraph(f"Việc công bố kết thúc {words['meeting_end']}; biên bản {TWO_COPIES}"),
    )
    signed = (*_others("Đại diện đối tượng kiểm tra", present), *_secretary(facts), _leader(facts))
    head = DocumentHead("Biên bản", f"Công bố Quyết định {about(facts)}")
    return record_paper(facts, head, body, signed, ("Đối tượng kiểm tra", "Lưu: hồ sơ kiểm tra"))


def _days(facts: Facts) -> str:
    case = facts["case"]
    kind = "ngày làm việc" if case["working_days"] else "ngày"
    return f"{case['days']:02d} {kind}, kể từ ngày công bố Quyết định"


def hand_over_record(facts: Facts) -> Document:
    """Describe biên bản bàn giao hồ sơ: who gives, who takes, each thing on a line."""
    words = facts["words"]
    takers = lines_of(words["receivers"])
    body: tuple[Block, ...] = (
        Basis((on_the_decision(facts),)),
        Paragraph(f"Hôm nay, {words['meeting_time']}, tại {words['meeting_place']}, chúng tôi gồm có:"),
        *replacing(facts),
        Heading(f"I. BÊN GIAO: {facts['team']['name'].upper()}"),
        Dashes(
            tuple(f"{person(one['name'], one['title'])} – {one['duty']}" for one in facts["team"]["members"])
        ),
        Heading(f"II. BÊN NHẬN: {words['recipient'].upper()}"),
        Dashes(tuple(person(*_named(line)) for line in takers)),
        Heading("III. NỘI DUNG BÀN GIAO"),
        Paragraph(sentence(f"Lý do: {'; '.join(lines_of(words['reason']))}")),
        Paragraph("Bên giao bàn giao cho bên nhận các hồ sơ, tài liệu, vật chứng sau đây:"),
        things(words["enclosed"]),
        Paragraph(
            "Bên nhận chịu trách nhiệm quản lý, sử dụng hồ sơ theo quy định kể từ thời điểm ký biên bản."
        ),
        Paragraph(f"Việc bàn giao kết thúc {words['meeting_end']}; biên bản {TWO_COPIES}"),
    )
    signed = (_leader(facts, "Bên giao"), *_others("Bên nhận", takers))
    head = DocumentHead("Biên bản", f"Bàn giao hồ sơ {about(facts)}")
    return record_paper(facts, head, body, signed, ("Bên nhận", "Lưu: hồ sơ kiểm tra"))


def violation_record(facts: Facts) -> Document:
    """Describe biên bản vi phạm hành chính: who, when, where, which acts against which provision, what was said."""
    words, leader = facts["words"], facts["team"]["members"][0]
    witnesses = lines_of(words.get("witnesses", ""))
    body: tuple[Block, ...] = (
        Basis((on_the_decision(facts), "Căn cứ Điều 58 Luật Xử lý vi phạm hành chính")),
        Paragraph(f"Hôm nay, {words['meeting_time']}, tại {words['meeting_place']}, chúng tôi gồm có:"),
        *replacing(facts),
        Heading("I. NGƯỜI LẬP BIÊN BẢN"),
        Dashes((f"{person(leader['name'], leader['title'])} – {leader['duty']} {facts['team']['name']}",)),
        *_section("II. NGƯỜI CHỨNG KIẾN", tuple(person(*_named(line)) for line in witnesses)),
        Heading(f"{'III' if witnesses else 'II'}. CÁ NHÂN, TỔ CHỨC VI PHẠM"),
        Dashes(lines_of(words["violator"])),
        Heading(f"{'IV' if witnesses else 'III'}. NỘI DUNG VI PHẠM"),
        Paragraph("1. Đã có các hành vi vi phạm hành chính sau đây:"),
        Dashes(tuple(f"{line.rstrip('.;')};" for line in lines_of(words["acts"]))),
        Paragraph("2. Ý kiến trình bày của cá nhân, tổ chức vi phạm:"),
        *(paragraphs(words.get("statements", "")) or (Paragraph("Không có ý kiến trình bày."),)),
        Paragraph("3. Biện pháp ngăn chặn, bảo đảm xử lý vi phạm hành chính được áp dụng:"),
        *(paragraphs(words.get("measures", "")) or (Paragraph("Không áp dụng."),)),
        Paragraph(
            "4. Cá nhân, tổ chức vi phạm có quyền giải trình theo Điều 61 Luật Xử lý vi phạm hành chính: "
            + (words.get("explain_to") or "gửi người có thẩm quyền xử phạt trong thời hạn luật định")
            + "."
        ),
        Paragraph(
            f"Biên bản lập xong {words['meeting_end']}, gồm 02 bản có nội dung và giá trị như nhau; {READ_OUT}"
        ),
    )
    violator, field = lines_of(words["signs_for"]), facts["case"]["field"]
    signed = (
        *_others("Người vi phạm hoặc đại diện tổ chức vi phạm", violator),
        _leader(facts, "Người lập biên bản"),
        *_others("Người chứng kiến", witnesses),
    )
    head = DocumentHead("Biên bản vi phạm hành chính", f"Về {lowered(field)}" if field else "")
    recipients = ("Cá nhân, tổ chức vi phạm", "Người có thẩm quyền xử phạt", "Lưu: hồ sơ kiểm tra")
    return record_paper(facts, head, body, signed, recipients)


READ_OUT = (
    "đã đọc lại cho những người có tên nêu trên cùng nghe, công nhận là đúng và giao cho bên vi phạm 01 bản."
)


def things(text: str) -> Grid:
    """Return the things handed over as a table: name, number of sheets or copies after a semicolon, and a note."""
    rows = []
    for number, line in enumerate(lines_of(text), start=1):
        name, count, note, *_more = (*(part.strip() for part in line.split(";")), "", "")
        rows.append((str(number), name, count, note))
    columns = (
        Column("TT", 0.4, "center"),
        Column("Tên hồ sơ, tài liệu, vật chứng", 3.4),
        Column("Số lượng", 1.0, "center"),
        Column("Ghi chú", 1.6),
    )
    return Grid(columns, tuple(rows))


def _section(title: str, lines: tuple[str, ...]) -> tuple[Block, ...]:
    return (Heading(title), Dashes(lines)) if lines else ()


def _named(line: str) -> tuple[str, str]:
    """Return name and post of a line "Nguyễn Văn A, Giám đốc"."""
    name, _comma, post = line.partition(",")
    return name.strip(), post.strip()


def _leader(facts: Facts, title: str = "") -> Signature:
    leader = facts["team"]["members"][0]
    return Signature((title or facts["team"]["leader"],), leader["name"], SIGN_HERE, key=SIGNER)


def _secretary(facts: Facts) -> tuple[Signature, ...]:
    found = [one for one in facts["team"]["members"] if one["duty"] == "Thư ký"]
    return tuple(Signature(("Thư ký",), one["name"], SIGN_HERE) for one in found[:1])


def _others(title: str, lines: tuple[str, ...]) -> tuple[Signature, ...]:
    return tuple(Signature((title,), _named(line)[0], SIGN_HERE) for line in lines)
