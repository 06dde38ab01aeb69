"""Papers of the team: kế hoạch tiến hành with its annexes, thông báo công bố, báo cáo kết quả (NĐ 217/2025, Điều 14, 15)."""

from __future__ import annotations

from inspections.documents.facts import Facts
from inspections.documents.frame import (
    about,
    grounds,
    lines_of,
    members,
    on_the_decision,
    paragraphs,
    replacing,
    sentence,
    subject_line,
    subjects,
    team_paper,
    the_decision,
    written,
)
from lms.base.documents import (
    Annex,
    Block,
    Clauses,
    Column,
    Dashes,
    Document,
    DocumentHead,
    Grid,
    Heading,
    Paragraph,
)

FILE = "Lưu: VT, hồ sơ kiểm tra"


def work_plan(facts: Facts) -> Document:
    """Describe kế hoạch tiến hành kiểm tra: the contents of Điều 14, the schedule and the outline as annexes."""
    plan, case, team = facts["plan"], facts["case"], facts["team"]
    means = plan["resources"] or "Sử dụng phương tiện, thiết bị hiện có của cơ quan chủ trì."
    body = (
        grounds(facts, on_the_decision(facts)),
        Paragraph(f"{team['name']} xây dựng kế hoạch tiến hành {about(facts)} như sau:"),
        *replacing(facts),
        Heading("I. MỤC ĐÍCH, YÊU CẦU"),
        *paragraphs(plan["aims"]),
        Heading("II. ĐỐI TƯỢNG, NỘI DUNG KIỂM TRA"),
        Paragraph("1. Đối tượng kiểm tra:"),
        Dashes(tuple(f"{subject_line(one)};" for one in facts["subjects"])),
        Paragraph("2. Nội dung kiểm tra:"),
        *paragraphs(plan["content"]),
        Heading("III. THỜI GIAN, ĐỊA ĐIỂM, PHƯƠNG THỨC"),
        *paragraphs(plan["schedule"]),
        Paragraph(sentence(f"Phương thức: {case['method'] or 'theo yêu cầu của nội dung kiểm tra'}")),
        Heading("IV. PHÂN CÔNG NHIỆM VỤ"),
        Clauses(members(facts)),
        *paragraphs(plan["assignments"]),
        Heading("V. PHƯƠNG TIỆN, NGUỒN LỰC"),
        *paragraphs(means),
    )
    head = DocumentHead("Kế hoạch", f"Tiến hành {about(facts)}")
    recipients = ("Người ra quyết định kiểm tra (để phê duyệt)", "Thành viên Đoàn", FILE)
    return team_paper(facts, head, body, recipients, _plan_annexes(facts))


def _plan_annexes(facts: Facts) -> tuple[Annex, ...]:
    with_it = (
        f"Kèm theo Kế hoạch của {facts['team']['name']} theo Quyết định số {facts['case']['decision_no']}"
    )
    visits = lines_of(facts["words"].get("visits", ""))
    rows = tuple(
        (f"{place:02d}", one["name"], visits[place - 1] if place <= len(visits) else "", one["address"])
        for place, one in enumerate(facts["subjects"], start=1)
    )
    columns = (
        Column("TT", 0.4, "center"),
        Column("Đối tượng kiểm tra", 2.4),
        Column("Thời gian", 1.6),
        Column("Địa điểm", 2.2),
    )
    annexes = [Annex("Lịch làm việc", (Grid(columns, rows),), "I", with_it)]
    outline = lines_of(facts["words"].get("outline", ""))
    if outline:
        annexes.append(Annex("Đề cương báo cáo", tuple(Paragraph(line) for line in outline), "II", with_it))
    return tuple(annexes)


def outline(facts: Facts) -> Document:
    """Describe đề cương báo cáo as a paper of its own, sent to those inspected."""
    body = (
        Paragraph(
            f"Thực hiện {the_decision(facts)}, đề nghị đối tượng kiểm tra báo cáo theo các nội dung sau:"
        ),
        *replacing(facts),
        *paragraphs(facts["words"].get("outline", "")),
    )
    head = DocumentHead("Đề cương", f"Báo cáo phục vụ {about(facts)}")
    return team_paper(facts, head, body, ("Đối tượng kiểm tra", FILE))


def notice(facts: Facts) -> Document:
    """Describe thông báo công bố quyết định: when, where, who attends, what is to be prepared."""
    words, team = facts["words"], facts["team"]
    prepared = lines_of(words.get("prepare", ""))
    more: tuple[Block, ...] = ()
    if prepared:
        more = (
            Paragraph("4. Tài liệu, dữ liệu đề nghị chuẩn bị:"),
            Dashes(tuple(f"{line.rstrip('.;')};" for line in prepared)),
        )
    body = (
        grounds(facts, on_the_decision(facts)),
        Paragraph(f"{team['name']} thông báo việc công bố quyết định kiểm tra như sau:"),
        *replacing(facts),
        Paragraph(sentence(f"1. Thời gian: {words['meeting_time']}")),
        Paragraph(sentence(f"2. Địa điểm, hình thức: {words['meeting_place']}")),
        Paragraph(f"3. Thành phần: {team['name']} và đại diện có thẩm quyền của đối tượng kiểm tra, gồm:"),
        Dashes(tuple(f"{subject_line(one)};" for one in facts["subjects"])),
        *more,
        Paragraph(
            "Đề nghị đối tượng kiểm tra bố trí thành phần dự và cung cấp tài liệu đúng thời gian nêu trên."
        ),
    )
    head = DocumentHead("Thông báo", f"Công bố Quyết định {about(facts)}")
    return team_paper(
        facts, head, body, ("Đối tượng kiểm tra", "Người ra quyết định kiểm tra (để báo cáo)", FILE)
    )


def request(facts: Facts) -> Document:
    """Describe yêu cầu cung cấp hồ sơ, tài liệu to one subject: what, in which form, by when, how handed over."""
    words = facts["words"]
    further = f" Yêu cầu này bổ sung Yêu cầu số {words['further']}." if words.get("further") else ""
    rows = tuple((f"{place:02d}", line) for place, line in enumerate(lines_of(words["requested"]), start=1))
    body = (
        Paragraph(f"Kính gửi: {words['addressee']}", align="center"),
        grounds(facts, on_the_decision(facts)),
        Paragraph(
            f"{facts['team']['name']} đề nghị {words['addressee']} cung cấp các hồ sơ, tài liệu, dữ liệu sau đây"
            f" phục vụ việc kiểm tra:{further}"
        ),
        *replacing(facts),
        Grid((Column("TT", 0.4, "center"), Column("Hồ sơ, tài liệu, dữ liệu", 6.0)), rows),
        Paragraph(f"Thời hạn cung cấp: chậm nhất {written(words['due_day'])}."),
        Paragraph(
            "Hình thức cung cấp: gửi tệp qua cổng dành cho đối tượng kiểm tra hoặc giao trực tiếp cho Đoàn; mỗi tệp, mỗi"
            " tập giấy được cấp một biên nhận."
        ),
        *paragraphs(words.get("hand_in", "")),
        Paragraph(
            "Đối tượng kiểm tra chịu trách nhiệm về tính đầy đủ, chính xác của hồ sơ, tài liệu; có quyền giải trình và từ"
            " chối cung cấp thông tin không thuộc nội dung kiểm tra."
        ),
    )
    head = DocumentHead("Yêu cầu", "Cung cấp hồ sơ, tài liệu phục vụ kiểm tra")
    return team_paper(facts, head, body, (str(words["addressee"]), FILE))


def report(facts: Facts) -> Document:
    """Describe báo cáo kết quả kiểm tra, from the leader to the signer of the decision."""
    words, clock = facts["words"], facts["clock"]
    begun = f" Quyết định được công bố {written(clock['announced_on'])}." if clock else ""
    found: list[Block] = []
    for number, one in enumerate(facts["results"], start=1):
        found += result_of(one, number)
    body = (
        Paragraph(
            f"Kính gửi: {facts['case']['signer_title'] or 'Người ra quyết định kiểm tra'}", align="center"
        ),
        Paragraph(f"Thực hiện {the_decision(facts)}, {facts['team']['name']} báo cáo kết quả như sau:"),
        *replacing(facts),
        Heading("I. KHÁI QUÁT CHUNG"),
        Paragraph(f"{facts['team']['name']} gồm {len(facts['team']['members']):02d} người.{begun}"),
        Paragraph("Đối tượng kiểm tra:"),
        Clauses(subjects(facts)),
        Heading("II. KẾT QUẢ KIỂM TRA"),
        *found,
        Heading("III. NHẬN XÉT, ĐÁNH GIÁ"),
        *paragraphs(words["assessment"]),
        Heading("IV. KIẾN NGHỊ"),
        *paragraphs(words["proposals"]),
    )
    head = DocumentHead("Báo cáo", f"Kết quả {about(facts)}")
    return team_paper(facts, head, body, ("Người ra quyết định kiểm tra", "Thành viên Đoàn", FILE))


def result_of(one: Facts, number: int) -> tuple[Block, ...]:
    """Return what was found with one subject: counts, what is lacking, the team's conclusion, the subject's opinion."""
    counts = "; ".join(f"{count} nội dung “{word}”" for word, count in one["counts"])
    blocks: list[Block] = [
        Heading(f"{number}. {one['subject']}"),
        Paragraph(
            f"Theo biên bản kiểm tra {written(one['on'])}: {counts or 'không có nội dung theo phiếu'}."
        ),
    ]
    if one["lacking"]:
        rows = tuple(
            (str(place), item["label"].lstrip("0123456789. "), item["result"], item["note"])
            for place, item in enumerate(one["lacking"], start=1)
        )
        columns = (
            Column("TT", 0.4, "center"),
            Column("Nội dung", 3.2),
            Column("Kết quả", 1.2),
            Column("Ghi chú", 2.4),
        )
        blocks.append(Grid(columns, rows))
    blocks += [*paragraphs(one["conclusion"])]
    opinion = "; ".join(lines_of(one["opinion"])) or "không có ý kiến khác"
    blocks.append(Paragraph(sentence(f"Ý kiến của đối tượng kiểm tra: {opinion}")))
    return tuple(blocks)
