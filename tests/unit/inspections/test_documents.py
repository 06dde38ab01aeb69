"""Every document of a case on paper, measured against NĐ 30/2020/NĐ-CP, Phụ lục I, with the longest names."""

import io
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pdfplumber
import pytest

from inspections.documents.facts import basis_line
from inspections.documents.signing import authority_lines, without_agency
from inspections.documents.templates import TEMPLATES, document_pdf
from inspections.models import LegalBasis

MM = 72 / 25.4
LEAD = "Ban Quản lý Khu kinh tế và các khu công nghiệp tỉnh Đồng Tháp"
SUBJECT = "Công ty TNHH Một thành viên Đầu tư Xuất nhập khẩu Thủy sản Nguyễn Đặng Hoàng Khởi Nghĩa Mỹ Tho"
PERSON = "Nguyễn Đặng Hoàng Khởi Nghĩa Tường Vi Ẵ Ữ Ợ Ỵ Ặ"
RESULT = {
    "subject": SUBJECT,
    "on": "2026-01-20",
    "counts": [["Đạt", 9], ["Chưa đạt", 1]],
    "lacking": [{"label": "5. Sao lưu và thử khôi phục", "result": "Chưa đạt", "note": "Chưa thử khôi phục"}],
    "conclusion": "Cơ bản chấp hành quy định.",
    "opinion": "",
}
WORDS = {
    "reason": "Khối lượng hồ sơ lớn",
    "extra_days": "5",
    "from_day": "2026-02-09",
    "until_day": "2026-03-12",
    "due_day": "2026-03-12",
    "addressee": "Công ty Trách nhiệm hữu hạn Một thành viên Cửu Long",
    "requested": "Quy chế bảo đảm an toàn thông tin (tệp PDF)\nDanh sách tài khoản quản trị (bảng tính XLSX)",
    "hand_in": "Liên hệ thư ký Đoàn kiểm tra.",
    "further": "01/YC-ĐKT",
    "assessment": "Đối tượng cơ bản chấp hành quy định.",
    "proposals": "Thử khôi phục bản sao lưu\nBan hành quy chế",
    "meeting_time": "08 giờ 00 ngày 09 tháng 02 năm 2026",
    "meeting_place": "Phòng họp số 2",
    "prepare": "Hồ sơ cấp độ\nQuy chế",
    "outline": "1. Tình hình chung\n2. Việc chấp hành quy định",
    "visits": "Ngày 09 tháng 02 năm 2026",
    "leaving": "Ông Nguyễn Văn A, Chuyên viên",
    "joining": "Bà Trần Thị B, Chuyên viên, Thành viên",
    "meeting_end": "lúc 10 giờ 30 cùng ngày",
    "representatives": f"{PERSON}, Giám đốc\nLê Thị Kế, Kế toán trưởng",
    "receivers": f"{PERSON}, Đội trưởng Đội Cảnh sát kinh tế\nVõ Ẵm, Cán bộ",
    "witnesses": "Huỳnh Thị Chứng Kiến, ấp Mỹ Lợi, xã Mỹ Phước",
    "statements": "",
    "recipient": "Công an tỉnh Đồng Tháp",
    "enclosed": "Biên bản kiểm tra; 02 bản\nẢnh chụp màn hình máy chủ; 12 tệp; có mã băm kèm theo",
    "violator": f"Tên tổ chức: {SUBJECT}\nMã số doanh nghiệp: 1200345678\nNgười đại diện: {PERSON}",
    "signs_for": f"{PERSON}, Giám đốc",
    "acts": "Không thực hiện sao lưu dữ liệu, quy định tại điểm a khoản 1 Điều 85 Nghị định số 15/2020/NĐ-CP",
    "measures": "",
    "explain_to": "",
}


def facts(**given) -> dict:
    return {
        "type": "",
        "symbol": "QĐ-BQLKKT",
        "number": "5",
        "on": "2026-01-05",
        "lead": LEAD,
        "superior": "Ủy ban nhân dân tỉnh Đồng Tháp",
        "place": "Đồng Tháp",
        "closing_document": "Thông báo kết quả kiểm tra",
        "bases": ["Căn cứ Nghị định số 217/2025/NĐ-CP ngày 05 tháng 8 năm 2025 về hoạt động kiểm tra"],
        "case": {
            "code": "KT-1",
            "field": "An toàn thông tin",
            "decision_no": "05/QĐ-BQLKKT",
            "decided_on": "2026-01-05",
            "signer_title": f"Trưởng ban, {LEAD}",
            "ground": "Kế hoạch số 05/KH-UBND",
            "content": "Việc chấp hành quy định về an toàn thông tin",
            "period": "Từ ngày 01/01/2025 đến ngày 31/12/2025",
            "days": 7,
            "working_days": True,
            "announced": True,
            "method": "Kiểm tra trực tiếp tại nơi được kiểm tra",
            "visit_reason": "Kiểm tra thiết bị tại chỗ",
            "clear_signs": "",
        },
        "subjects": [{"name": SUBJECT, "identifier": "1200345678", "address": "Lô 12, phường Mỹ Tho"}],
        "team": {
            "name": "Đoàn kiểm tra",
            "leader": "Trưởng đoàn",
            "members": [{"name": PERSON, "title": f"Trưởng phòng, {LEAD}", "duty": "Trưởng đoàn"}],
        },
        "plan": {
            "aims": "Đánh giá việc chấp hành.",
            "content": "Hồ sơ, quy chế.",
            "schedule": "Từ ngày 09.",
            "assignments": "Trưởng đoàn phụ trách.",
            "resources": "",
        },
        "clock": {"announced_on": "2026-01-12", "last_day": "2026-01-21", "place": ""},
        "results": [RESULT],
        "signer": {
            "name": PERSON,
            "post": f"Phó Trưởng ban, {LEAD}",
            "lines": ["KT. Trưởng ban", "Phó Trưởng ban"],
            "decider": f"Trưởng ban {LEAD}",
        },
        "replaces": {},
        "words": WORDS,
        **given,
    }


RECORDS = {code for code, template in TEMPLATES.items() if template.series == "BB"}


def pages_of(code: str, draft: bool = False, **given):
    return pdfplumber.open(io.BytesIO(document_pdf(code, facts(**given), draft=draft))).pages


@pytest.fixture(scope="module")
def papers():
    return {code: pages_of(code) for code in TEMPLATES}


def measured(page, words: str) -> tuple[float, str]:
    """Size and face of the words, which stand on one line."""
    return placed(page, words)[2:]


def placed(page, words: str) -> tuple[float, float, float, str]:
    """Left and right edge, size and face of the words."""
    wanted = words.replace(" ", "")
    for line in page.extract_text_lines():
        chars = [char for char in line["chars"] if char["text"].strip()]
        text = "".join(char["text"] for char in chars)
        if wanted in text:
            mine = chars[text.index(wanted) :][: len(wanted)]
            assert len({(round(one["size"], 1), one["fontname"]) for one in mine}) == 1
            return (
                mine[0]["x0"],
                mine[-1]["x1"],
                round(mine[0]["size"], 1),
                mine[0]["fontname"].split("+")[1],
            )
    raise AssertionError(f"{words!r} is not on the page:\n{page.extract_text()}")


def text_of(pages) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


@pytest.mark.parametrize("code", TEMPLATES)
class TestEveryPaper:
    def test_margins(self, papers, code):
        for page in papers[code]:
            assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
            edges = [(char["x0"], char["x1"]) for char in page.chars if char["text"].strip()]
            assert min(left for left, _right in edges) >= 30 * MM - 1
            assert max(right for _left, right in edges) <= 195 * MM + 1
            body = [c for c in page.chars if c["top"] > 19 * MM]
            assert max(char["bottom"] for char in body) <= 277 * MM + 3

    def test_sizes_and_faces_of_the_head(self, papers, code):
        first = papers[code][0]
        symbol_less = measured(first, "Số: 05/QĐ-BQLKKT")
        assert symbol_less == (13, "Tinos-Regular")
        assert measured(first, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == (13, "Tinos-Bold")
        assert measured(first, "Độc lập - Tự do - Hạnh phúc") == (14, "Tinos-Bold")
        if code in RECORDS:  # biên bản: no place and no day at the head
            head = first.crop((0, 0, first.width, 75 * MM)).extract_text()
            assert "ngày" not in head
        else:
            assert measured(first, "Đồng Tháp, ngày 05 tháng 01 năm 2026") == (14, "Tinos-Italic")

    def test_recipients_and_signature(self, papers, code):
        last = next(page for page in reversed(papers[code]) if "Nơi nhận:" in page.extract_text())
        assert measured(last, "Nơi nhận:") == (12, "Tinos-BoldItalic")
        assert measured(last, "- Lưu:") == (11, "Tinos-Regular")
        assert text_of(papers[code]).count("./.") == 1
        if code in RECORDS:
            return
        # The subject bears the same name higher up: only what stands under the recipients' line is the signature.
        received = [word for word in last.extract_words() if word["text"] == "nhận:"][-1]["top"]
        signed = last.crop((0, received - 4, last.width, last.height))
        assert measured(signed, "Nguyễn Đặng Hoàng Khởi")[1] == "Tinos-Bold"
        title = "TM. ĐOÀN KIỂM TRA" if TEMPLATES[code].by_team else "KT. TRƯỞNG BAN"
        assert measured(last, title) == (14, "Tinos-Bold")

    def test_page_numbers_from_the_second_page_in_the_top_margin(self, papers, code):
        heads = [page.crop((0, 0, page.width, 19 * MM)) for page in papers[code]]
        told = [head.extract_text() for head in heads]
        assert told[0] == ""
        for before, after in pairwise(told):
            assert after in (str(int(before or 1) + 1), "")
        for head in heads[1:]:
            if head.extract_text():
                left, right, size, _face = placed(head, head.extract_text())
                assert (left + right) / 2 == pytest.approx((30 + 195) / 2 * MM, abs=1)
                assert size == 14

    def test_rules_stand_under_the_motto_and_the_issuer(self, papers, code):
        first = papers[code][0]
        rules = sorted(
            (line for line in first.lines if line["top"] < 90 * MM and line["width"] < 90 * MM),
            key=lambda line: -line["x0"],
        )
        left, right, _size, _face = placed(first, "Độc lập - Tự do - Hạnh phúc")
        assert rules[0]["width"] == pytest.approx(right - left, abs=1)
        column = first.crop((0, 0, 96 * MM, first.height))
        issuer = [
            (line["x1"] - line["x0"])
            for line in column.extract_text_lines()
            if line["chars"][0]["fontname"].endswith("Tinos-Bold") and line["text"].isupper()
        ][:6]
        under = rules[-1]
        assert any(1 / 3 <= under["width"] / width <= 1 / 2 for width in issuer)

    def test_a_draft_has_no_number_and_no_day(self, papers, code):
        page = pages_of(code, draft=True, number="", on="")[0]
        head = page.crop((0, 0, page.width, 110 * MM)).extract_text()
        assert "Số: 05" not in head
        assert "Đồng Tháp, ngày 05" not in head
        assert sum(char["size"] > 60 for char in page.chars) == len("BẢNNHÁP") + 1

    def test_the_same_facts_give_the_same_bytes(self, papers, code):
        assert document_pdf(code, facts()) == document_pdf(code, facts())

    def test_every_vietnamese_letter_is_drawn(self, papers, code):
        text = text_of(papers[code])
        assert "Ẵ Ữ Ợ Ỵ Ặ" in text
        assert "[U+" not in text


def test_the_decision_has_its_five_contents(papers):
    text = text_of(papers["quyet-dinh-kiem-tra"])
    for said in (
        "Căn cứ Kế hoạch số 05/KH-UBND.",
        "Nội dung kiểm tra: Việc chấp hành",
        "1200345678",
        "Thời hạn kiểm tra là 07 ngày làm việc, kể từ ngày công bố",
        "Thành lập Đoàn kiểm tra",
        "QUYẾT ĐỊNH:",
        "TRƯỞNG BAN BAN QUẢN LÝ",
        "- Như Điều 6;",
    ):
        assert said in text, said


def test_papers_of_the_team_have_its_head_and_the_leader_s_post_below(papers):
    for code in ("ke-hoach-tien-hanh", "thong-bao-kiem-tra", "bao-cao-ket-qua"):
        text = text_of(papers[code])
        left = papers[code][0].crop((0, 0, 96 * MM, 120 * MM))
        head = " ".join(left.extract_text().split())
        assert head.startswith("BAN QUẢN LÝ KHU KINH TẾ"), head
        assert "ĐOÀN KIỂM TRA THEO QUYẾT ĐỊNH SỐ 05/QĐ-BQLKKT" in head
        assert "TRƯỞNG ĐOÀN" in text and "Phó Trưởng ban" in text


def test_annexes_of_the_plan_are_numbered_by_themselves(papers):
    pages = papers["ke-hoach-tien-hanh"]
    first = next(n for n, page in enumerate(pages) if "Phụ lục I\n" in page.extract_text() + "\n")
    assert measured(pages[first], "Phụ lục I") == (14, "Tinos-Bold")
    assert measured(pages[first], "LỊCH LÀM VIỆC") == (14, "Tinos-Bold")
    assert measured(pages[first], "(Kèm theo Kế hoạch") == (14, "Tinos-Italic")
    assert "Phụ lục II" in text_of(pages[first:])
    assert pages[first].crop((0, 0, pages[first].width, 19 * MM)).extract_text() == ""


def test_the_letter_has_its_subject_under_the_number_and_no_kind(papers):
    first = papers["yeu-cau-chan-chinh"][0]
    assert measured(first, "V/v chấn chỉnh") == (13, "Tinos-Regular")
    assert "QUYẾT ĐỊNH" not in first.extract_text().split("V/v")[0]


@pytest.mark.parametrize(
    ("code", "titles"),
    [
        ("bien-ban-cong-bo", ["ĐẠI DIỆN ĐỐI", "TRƯỞNG ĐOÀN"]),
        ("bien-ban-ban-giao", ["BÊN GIAO", "BÊN NHẬN"]),
        ("bien-ban-vi-pham", ["NGƯỜI VI PHẠM", "NGƯỜI LẬP", "NGƯỜI CHỨNG KIẾN"]),
    ],
)
def test_records_are_signed_in_columns_with_names_level(papers, code, titles):
    last = papers[code][-1]
    rows = {round(measured_at(last, title)) for title in titles}
    assert len(rows) == 1
    names = last.search(PERSON.split(maxsplit=1)[0] + " " + PERSON.split()[1])
    assert len({round(name["top"]) for name in names}) == 1
    received = last.search("Nơi nhận:")[0]["top"]
    assert received > max(name["bottom"] for name in names) + 6


def measured_at(page, words: str) -> float:
    return page.search(words)[0]["top"]


def test_the_record_of_a_violation_says_what_the_law_asks(papers):
    text = text_of(papers["bien-ban-vi-pham"])
    for said in (
        "BIÊN BẢN VI PHẠM HÀNH CHÍNH",
        "NGƯỜI CHỨNG KIẾN",
        "1200345678",
        "điểm a khoản 1 Điều 85",
        "Điều 61",
    ):
        assert said in text


def test_a_correction_names_what_it_replaces():
    old = {"number": "04/QĐ-BQLKKT", "on": "2026-01-02", "because": "sai ngày"}
    text = text_of(pages_of("quyet-dinh-gia-han", replaces=old))
    assert "thay thế văn bản số 04/QĐ-BQLKKT ngày 02 tháng 01 năm 2026. Lý do: sai ngày." in text


def test_three_subjects_are_counted_in_the_title_and_named_below():
    three = [{"name": f"Đơn vị {n}", "identifier": "", "address": ""} for n in "ABC"]
    text = text_of(pages_of("quyet-dinh-kiem-tra", subjects=three))
    assert "đối với 03 đối tượng kiểm tra" in text
    assert all(f"{n}. Đơn vị {name};" in text for n, name in zip("123", "ABC", strict=True))


@pytest.mark.parametrize(
    ("authority", "lines"),
    [
        ("", ["Chủ tịch"]),
        ("TM", ["TM. Ủy ban nhân dân", "Chủ tịch"]),
        ("TM_KT", ["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"]),
        ("KT", ["KT. Chủ tịch", "Phó Chủ tịch"]),
        ("TL", ["TL. Chủ tịch", "Phó Chủ tịch"]),
        ("TUQ", ["TUQ. Chủ tịch", "Phó Chủ tịch"]),
    ],
)
def test_in_whose_name_one_signs(authority, lines):
    assert authority_lines(authority, "Chủ tịch", "Phó Chủ tịch", "Ủy ban nhân dân") == lines


def test_a_position_loses_the_agency_s_name():
    assert without_agency("Giám đốc Sở Nội vụ", "Sở Nội vụ") == "Giám đốc"
    assert without_agency("Giám đốc", "Sở Nội vụ") == "Giám đốc"


@pytest.mark.parametrize(
    ("number", "title", "issued", "line"),
    [
        (
            "217/2025/NĐ-CP",
            "Nghị định về hoạt động kiểm tra chuyên ngành",
            date(2025, 8, 5),
            "Căn cứ Nghị định số 217/2025/NĐ-CP ngày 05 tháng 8 năm 2025 về hoạt động kiểm tra chuyên ngành",
        ),
        (
            "84/2025/QH15",
            "Luật Thanh tra (năm 2025)",
            None,
            "Căn cứ Luật Thanh tra (năm 2025) số 84/2025/QH15",
        ),
    ],
)
def test_how_a_text_is_cited(number, title, issued, line):
    assert basis_line(LegalBasis(number=number, title=title, issued_on=issued)) == line


def test_templates_know_their_fields():
    assert {template.version for template in TEMPLATES.values()} == {1}
    assert replace(TEMPLATES["quyet-dinh-gia-han"], by_team=True).fields == (
        "extra_days",
        "reason",
        "proposed_by",
        "grounds",
        "recipients",
    )
