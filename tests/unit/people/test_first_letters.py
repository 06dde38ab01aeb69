"""A first-sign-in letter is one sheet that can be handed over, however long the names on it are."""

import io
from datetime import date

import pdfplumber
import pytest

from lms.people.sign_in.letters import Letter, letters_pdf

NAME = "Công Tằng Tôn Nữ Hoàng Nguyễn Thị Phương Quỳnh Như Ngọc"
POSITION = (
    "Phó Giám đốc Trung tâm kiêm Trưởng phòng Quản lý chất lượng, an toàn lao động và ứng dụng công nghệ thông tin "
    "trong đầu tư xây dựng công trình giao thông, thủy lợi, nông nghiệp và phát triển nông thôn"
)
UNIT = (
    "Trung tâm Phục vụ hành chính công, Ban Quản lý dự án đầu tư xây dựng các công trình giao thông và nông nghiệp "
    "phường Mỹ Phước Tây, tỉnh Đồng Tháp, trực thuộc Ủy ban nhân dân tỉnh Đồng Tháp"
)
# The top edge of the bottom margin: 20 mm above the end of an A4 sheet.
FOOT = 277 / 25.4 * 72
SMALLEST = 10


def fill(text, length):
    """Repeat the text up to as many letters as its column holds."""
    return (f"{text} " * 20)[:length].strip()


def sheets(name, position, unit, count=3):
    letters = [Letter(name, "082******234", position, unit, "ABCD-EFGH-JKMN-PQRS")] * count
    content = letters_pdf(
        letters, issuer=unit, place="Đồng Tháp", on=date(2026, 11, 26), until=date(2026, 12, 26)
    )
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return [(page.extract_text(), page.chars) for page in pdf.pages]


@pytest.mark.parametrize(
    ("name", "position", "unit"),
    [
        ("Trần Văn An", "", "Sở Nội vụ"),
        (NAME, POSITION, UNIT),
        (fill(NAME, 200), fill(POSITION, 200), fill(UNIT, 250)),
    ],
    ids=["short", "long", "as long as the columns"],
)
def test_every_letter_is_one_whole_sheet_that_can_be_read(name, position, unit):
    found = sheets(name, position, unit)
    assert len(found) == 3
    for text, letters in found:
        for part in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Kính gửi", "ABCD-EFGH-JKMN-PQRS", "new one."):
            assert part in text
        assert max(letter["bottom"] for letter in letters) <= FOOT
        assert min(letter["size"] for letter in letters) >= SMALLEST


def test_usual_names_keep_the_usual_size():
    for _text, letters in sheets("Trần Văn An", "Chuyên viên", "Sở Nội vụ"):
        assert {round(letter["size"]) for letter in letters} == {13, 14}
