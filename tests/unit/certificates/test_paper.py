"""The certificate on paper: one sheet on its side, long names inside the frame, the same bytes again."""

import io
import itertools
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pdfplumber
import pytest

from certificates.documents import Paper, certificate_pdf
from certificates.documents.fitting import fitted
from certificates.documents.ground import INNER
from certificates.documents.signing_places import QR_SIDE, date_line
from lms.base.documents.fonts import SERIF, register
from lms.base.documents.lines import width_of

MM = 72 / 25.4
PAPER = Paper(
    kind="giay_chung_nhan",
    superior="Ủy ban nhân dân tỉnh Đồng Tháp",
    issuer="Sở Nội vụ",
    place="Đồng Tháp",
    issued_at=datetime(2026, 11, 5, 3, tzinfo=UTC),
    issued_on=date(2026, 11, 5),
    salutation="Bà",
    name="Nguyễn Thị Mỹ Tiên",
    birth_date=date(1988, 3, 9),
    position="Chuyên viên",
    agency="Ủy ban nhân dân xã Tân Phú Đông",
    course="An toàn thông tin và phòng chống lừa đảo trực tuyến",
    hours=Decimal("8.00"),
    form="Từ xa",
    started_on=date(2026, 10, 20),
    completed_on=date(2026, 11, 5),
    result="Đạt (85/100 điểm)",
    signer_title="Giám đốc",
    signer_name="Trần Văn Quý",
    serial="SNV.2026.00012",
    register_number="00012/2026",
    address="https://hoctap.dongthap.gov.vn/verify/" + "aB3-_xY" * 4 + "aB3_/",
)
LONG = replace(
    PAPER,
    kind="chung_chi",
    issuer="Trung tâm Phát triển nguồn nhân lực và Chuyển đổi số khu vực Đồng Tháp Mười và ven biển Gò Công",
    name="Công Tằng Tôn Nữ Hoàng Nguyễn Thị Phương Quỳnh Như Ngọc Bích Trâm",
    position="Phó Trưởng phòng phụ trách Phòng Kinh tế, Hạ tầng và Đô thị kiêm nhiệm công tác chuyển đổi số",
    agency="Trung tâm Phục vụ hành chính công phường Mỹ Phước Tây, thị xã Cai Lậy, tỉnh Đồng Tháp",
    course="Bồi dưỡng kỹ năng phân tích và xử lý dữ liệu, bảng tính: làm sạch, tổng hợp, PivotTable và trực quan "
    "hóa dữ liệu phục vụ lãnh đạo, quản lý và ra quyết định tại các cơ quan hành chính nhà nước cấp xã và tỉnh",
    signer_title="Phó Giám đốc phụ trách, điều hành Trung tâm và các chi nhánh khu vực Gò Công",
    signer_name="Tôn Thất Nguyễn Phúc Hoàng Khởi Nghĩa Đại Phong",
    hours=Decimal("7.50"),
)

LONGEST = replace(
    LONG,
    name="Nguyễn Thị Phương Quỳnh " * 8,
    position="Phó Trưởng phòng phụ trách chuyển đổi số và " * 4,
    agency="Trung tâm Phục vụ hành chính công phường Mỹ Phước Tây " * 4,
    course="Kỹ năng phân tích và xử lý dữ liệu phục vụ lãnh đạo, quản lý " * 4,
)


def page_of(paper: Paper):
    pdf = pdfplumber.open(io.BytesIO(certificate_pdf(paper)))
    assert len(pdf.pages) == 1
    return pdf.pages[0]


@pytest.mark.parametrize("paper", [PAPER, LONG, LONGEST], ids=["usual", "long", "longest"])
def test_all_words_stand_inside_the_frame_and_apart_from_each_other(paper):
    page = page_of(paper)
    assert (round(page.width / MM), round(page.height / MM)) == (297, 210)
    for char in page.chars:
        assert char["x0"] > INNER + 2 * MM
        assert char["x1"] < page.width - INNER - 2 * MM
        assert char["bottom"] < page.height - INNER
        assert char["top"] > INNER
    left, right = (page.crop((0, 0, page.width / 2, 130)), page.crop((page.width / 2, 0, page.width, 130)))
    for part in (left, right, page.crop((0, 130, page.width, 410))):
        lines = sorted(part.extract_text_lines(), key=lambda line: line["top"])
        for above, below in itertools.pairwise(lines):
            # The box of a letter is higher than what is drawn of it: only that much may overlap.
            assert below["top"] > above["bottom"] - 0.2 * above["chars"][0]["size"]


def test_every_word_of_long_texts_is_printed():
    text = " ".join(page_of(LONG).extract_text().split())
    for words in (LONG.name.upper(), LONG.course, "7,5 tiết", LONG.signer_name):
        assert all(word in text for word in words.split())


def test_the_qr_stands_free_of_words():
    page = page_of(PAPER)
    left, bottom = 26 * MM, 21 * MM
    box = (left, page.height - bottom - QR_SIDE, left + QR_SIDE, page.height - bottom)
    assert page.crop(box).chars == []
    assert len(page.curves) + len(page.rects) > 2


def test_the_same_paper_gives_the_same_bytes_and_one_other_letter_others():
    assert certificate_pdf(PAPER) == certificate_pdf(PAPER)
    assert certificate_pdf(PAPER) != certificate_pdf(replace(PAPER, name="Nguyễn Thị Mỹ Tiền"))


def test_only_tinos_is_used_and_embedded():
    content = certificate_pdf(PAPER)
    assert b"Helvetica" not in content
    assert {char["fontname"].split("+")[1] for char in page_of(PAPER).chars} == {
        "Tinos-Regular",
        "Tinos-Bold",
        "Tinos-Italic",
    }


def test_a_course_without_beginning_says_when_it_was_completed():
    text = page_of(replace(PAPER, started_on=None)).extract_text()
    assert "Hoàn thành ngày 05/11/2026" in text


def test_what_is_not_known_leaves_no_trace():
    bare = replace(
        PAPER, birth_date=None, position="", superior="", signer_name="", signer_title="", place=""
    )
    text = page_of(bare).extract_text()
    assert "Ngày sinh" not in text
    assert "None" not in text
    assert "Ngày 05 tháng 11 năm 2026" in text
    assert "THỦ TRƯỞNG CƠ QUAN" in text


def test_fitting_takes_the_largest_size_that_fits():
    register()
    lines, size = fitted("NGUYỄN THỊ MỸ TIÊN", SERIF.bold, (27, 18), 600, 1)
    assert (lines, size) == (["NGUYỄN THỊ MỸ TIÊN"], 27)
    lines, size = fitted(LONG.name.upper(), SERIF.bold, (27, 18), 600, 1)
    assert size < 27
    assert all(width_of(line, SERIF.bold, size) <= 600 for line in lines)


def test_an_english_paper_keeps_the_vietnamese_name_and_writes_the_month_in_letters():
    english = replace(PAPER, look=replace(PAPER.style, language="en"))
    values = english.values("en")
    assert values["ho_ten"] == "Nguyễn Thị Mỹ Tiên"
    assert values["den_ngay"] == "5 November 2026"
    assert values["thoi_gian"].endswith("to 5 November 2026")
    assert date_line(english).endswith(", 5 November 2026")
    assert english.values("vi")["den_ngay"] == "05/11/2026"
