"""Paper by Nghị định 30/2020/NĐ-CP, Phụ lục I: measured on the finished PDF."""

import io
from datetime import date
from pathlib import Path

import pdfplumber
import pytest

from lms.base.documents import (
    Annex,
    Article,
    Basis,
    Clause,
    Column,
    Document,
    DocumentHead,
    FontsMissing,
    Grid,
    Heading,
    Letterhead,
    Paragraph,
    Signature,
    render_pdf,
)

MM = 72 / 25.4
LETTERHEAD = Letterhead(
    "Sở Nội vụ",
    superior="UBND tỉnh Đồng Tháp",
    number=5,
    symbol="QĐ-SNV",
    place="Đồng Tháp",
    on=date(2026, 1, 5),
)
LONG = "Trưởng đoàn kiểm tra chịu trách nhiệm thi hành và báo cáo kết quả theo đúng thời hạn đã nêu. " * 4
DECISION = Document(
    LETTERHEAD,
    DocumentHead("Quyết định", "Về việc thành lập Đoàn kiểm tra", "Giám đốc Sở Nội vụ"),
    (
        Basis(("Căn cứ Luật số 80/2025/QH15", "Căn cứ Nghị định số 217/2025/NĐ-CP;")),
        Heading("QUYẾT ĐỊNH:", centred=True),
        Article(LONG, clauses=(Clause("Nhiệm vụ:", points=tuple(f"việc {n}" for n in range(7))),)),
        Article("Thời hạn là 10 ngày."),
        Article("Các đơn vị chịu trách nhiệm thi hành Quyết định này."),
    ),
    signatures=(Signature(("KT. Giám đốc", "Phó Giám đốc"), name="Nguyễn Đặng Hoàng Khởi Nghĩa"),),
    recipients=("Như Điều 3", "Lưu: VT, CCHC"),
)


def opened(document: Document) -> pdfplumber.PDF:
    return pdfplumber.open(io.BytesIO(render_pdf(document)))


def page_of(document: Document):
    return opened(document).pages[0]


def line(page, start: str) -> dict:
    """The line that holds the words: its edges, and size and font of its first letter."""
    for found in page.extract_text_lines():
        if start in found["text"]:
            at = found["text"].index(start)
            chars = [c for c in found["chars"] if c["text"].strip()]
            skipped = len(found["text"][:at].replace(" ", ""))
            mine = chars[skipped : skipped + len(start.replace(" ", ""))]
            return {
                "text": found["text"],
                "x0": mine[0]["x0"],
                "x1": mine[-1]["x1"],
                "top": found["top"],
                "size": round(mine[0]["size"], 1),
                "font": mine[0]["fontname"].split("+")[1],
                "base": mine[0]["matrix"][5],
            }
    raise AssertionError(f"{start!r} is not on the page:\n{page.extract_text()}")


def middle(found: dict) -> float:
    return (found["x0"] + found["x1"]) / 2


@pytest.fixture(scope="module")
def decision():
    return page_of(DECISION)


def test_the_sheet_is_a4_with_the_margins_of_the_decree(decision):
    assert (round(decision.width / MM), round(decision.height / MM)) == (210, 297)
    left = min(char["x0"] for char in decision.chars)
    body = next(c for c in decision.extract_text_lines() if "Trưởng đoàn kiểm tra" in c["text"])
    assert left == pytest.approx(30 * MM, abs=1)
    assert body["x1"] == pytest.approx(195 * MM, abs=1)
    assert decision.chars[0]["top"] >= 20 * MM - 3


@pytest.mark.parametrize(
    ("words", "size", "font"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, "Tinos-Bold"),
        ("Độc lập - Tự do - Hạnh phúc", 14, "Tinos-Bold"),
        ("UBND TỈNH ĐỒNG THÁP", 13, "Tinos-Regular"),
        ("SỞ NỘI VỤ", 13, "Tinos-Bold"),
        ("Số: 05/QĐ-SNV", 13, "Tinos-Regular"),
        ("Đồng Tháp, ngày 05 tháng 01 năm 2026", 14, "Tinos-Italic"),
        ("QUYẾT ĐỊNH", 14, "Tinos-Bold"),
        ("Về việc thành lập", 14, "Tinos-Bold"),
        ("GIÁM ĐỐC SỞ NỘI VỤ", 14, "Tinos-Bold"),
        ("Căn cứ Luật", 14, "Tinos-Italic"),
        ("Điều 1.", 14, "Tinos-Bold"),
        ("Thời hạn là", 14, "Tinos-Regular"),
        ("KT. GIÁM ĐỐC", 14, "Tinos-Bold"),
        ("Nguyễn Đặng Hoàng Khởi Nghĩa", 14, "Tinos-Bold"),
        ("Nơi nhận:", 12, "Tinos-BoldItalic"),
        ("- Lưu: VT, CCHC.", 11, "Tinos-Regular"),
    ],
)
def test_sizes_and_faces(decision, words, size, font):
    found = line(decision, words)
    assert (found["size"], found["font"]) == (size, font)


def test_the_two_columns_stand_side_by_side(decision):
    nation = line(decision, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    superior = line(decision, "UBND TỈNH ĐỒNG THÁP")
    assert nation["base"] == pytest.approx(superior["base"], abs=0.1)
    assert middle(superior) == pytest.approx((30 + 33) * MM, abs=1)
    assert middle(nation) == pytest.approx((96 + 49.5) * MM, abs=1)
    assert middle(line(decision, "SỞ NỘI VỤ")) == pytest.approx(middle(superior), abs=0.5)
    assert middle(line(decision, "Độc lập - Tự do - Hạnh phúc")) == pytest.approx(middle(nation), abs=0.5)


def test_number_and_date_share_a_line_under_their_columns(decision):
    number = line(decision, "Số: 05/QĐ-SNV")
    day = line(decision, "Đồng Tháp, ngày 05 tháng 01 năm 2026")
    assert number["base"] == pytest.approx(day["base"], abs=1.1)
    assert middle(number) == pytest.approx(middle(line(decision, "SỞ NỘI VỤ")), abs=1)
    assert middle(day) == pytest.approx(middle(line(decision, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")), abs=1)


def test_the_rules_have_the_lengths_of_the_decree(decision):
    rules = sorted(decision.lines, key=lambda rule: (rule["top"], rule["x0"]))
    assert len(rules) == 3
    motto = line(decision, "Độc lập - Tự do - Hạnh phúc")
    issuer = line(decision, "SỞ NỘI VỤ")
    subject = line(decision, "Về việc thành lập Đoàn kiểm tra")
    under_issuer, under_motto = sorted(rules[:2], key=lambda rule: rule["x0"])
    assert under_motto["width"] == pytest.approx(motto["x1"] - motto["x0"], abs=1)
    for rule, words in ((under_issuer, issuer), (rules[2], subject)):
        share = rule["width"] / (words["x1"] - words["x0"])
        assert 1 / 3 <= share <= 1 / 2
        assert (rule["x0"] + rule["x1"]) / 2 == pytest.approx(middle(words), abs=1)


def test_first_lines_are_indented_and_justified(decision):
    assert line(decision, "Điều 1.")["x0"] == pytest.approx((30 + 12.7) * MM, abs=0.5)


def test_grounds_close_with_semicolons_and_a_full_stop(decision):
    text = decision.extract_text()
    assert "Căn cứ Luật số 80/2025/QH15;" in text
    assert "Căn cứ Nghị định số 217/2025/NĐ-CP.\n" in text


def test_points_follow_the_vietnamese_alphabet(decision):
    letters = [text[0] for text in decision.extract_text().splitlines() if text[1:2] == ")"]
    assert letters == list("abcdđeg")


def test_the_text_ends_once(decision):
    assert "thi hành Quyết định này./." in decision.extract_text()
    assert decision.extract_text().count("./.") == 1


def test_recipients_begin_level_with_the_signers_title(decision):
    assert line(decision, "Nơi nhận:")["top"] == pytest.approx(line(decision, "KT. GIÁM ĐỐC")["top"], abs=3)
    assert "- Như Điều 3;" in decision.extract_text()
    assert line(decision, "KT. GIÁM ĐỐC")["x0"] > decision.width / 2


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 2, 28), "Tiền Giang, ngày 28 tháng 02 năm 2026"),
        (date(2024, 10, 9), "Tiền Giang, ngày 09 tháng 10 năm 2024"),
        (date(2026, 3, 12), "Tiền Giang, ngày 12 tháng 3 năm 2026"),
    ],
)
def test_days_below_ten_and_the_first_two_months_get_a_zero(on, words):
    letterhead = Letterhead("Sở Nội vụ", place="Tiền Giang", on=on)
    assert words in page_of(Document(letterhead, None, ())).extract_text()


def test_a_draft_leaves_room_for_number_and_day():
    letterhead = Letterhead("Sở Nội vụ", symbol="QĐ-SNV", place="Đồng Tháp")
    page = page_of(Document(letterhead, None, (Paragraph("Chữ."),), draft=True))
    number = line(page, "Số:")
    slash = next(c for c in page.chars if c["text"] == "/" and abs(c["matrix"][5] - number["base"]) < 1)
    assert slash["x0"] - number["x0"] > 12 * MM
    assert sum(c["size"] > 60 for c in page.chars) == len("BẢNNHÁP") + 1


def test_minutes_have_no_place_and_date_line_and_columns_of_signatures():
    minutes = Document(
        Letterhead("Đoàn kiểm tra", superior="Sở Nội vụ", symbol="BB-ĐKT"),
        DocumentHead("Biên bản kiểm tra"),
        (Paragraph("Biên bản kết thúc lúc 11 giờ 00."),),
        signatures=tuple(Signature((title,), name) for title, name in (("Thư ký", "A"), ("Chủ tọa", "B"))),
    )
    page = page_of(minutes)
    assert "ngày" not in page.extract_text()
    assert line(page, "THƯ KÝ")["base"] == line(page, "CHỦ TỌA")["base"]


@pytest.mark.parametrize(("count", "rows"), [(2, [2]), (3, [3]), (4, [2, 2]), (5, [3, 2]), (6, [3, 3])])
def test_many_signatures_stand_in_even_rows(count, rows):
    signatures = tuple(Signature((f"BÊN {number}",)) for number in range(count))
    page = page_of(Document(None, None, (Paragraph("Chữ."),), signatures=signatures))
    tops = [line(page, f"BÊN {number}")["top"] for number in range(count)]
    assert [tops.count(top) for top in dict.fromkeys(tops)] == rows


def test_page_numbers_begin_on_the_second_page_and_again_in_each_annex():
    words = tuple(Paragraph(LONG * 3) for _ in range(12))
    annexes = (
        Annex("Danh sách", words, number="I", accompanying="Kèm theo Quyết định"),
        Annex("Bảng", words[:1]),
    )
    pages = opened(Document(LETTERHEAD, None, words, annexes=annexes)).pages
    heads = [page.crop((0, 0, page.width, 19 * MM)).extract_text() for page in pages]
    first = next(number for number, page in enumerate(pages) if "Phụ lục I" in page.extract_text())
    assert first > 2
    assert heads[:first] == ["", *(str(number) for number in range(2, first + 1))]
    rest = len(pages) - first - 1
    assert heads[first:-1] == ["", *(str(number) for number in range(2, rest + 1))]
    assert heads[-1] == ""
    number = line(pages[1].crop((0, 0, pages[1].width, 19 * MM)), "2")
    assert middle(number) == pytest.approx((30 + 195) / 2 * MM, abs=1)
    assert number["size"] == 14


def test_an_annex_may_lie_on_its_side():
    pages = opened(
        Document(None, None, (Paragraph("Chữ."),), annexes=(Annex("B", (), landscape=True),))
    ).pages
    assert [round(page.width / MM) for page in pages] == [210, 297]


def test_long_names_of_bodies_are_broken_evenly():
    letterhead = Letterhead("Trung tâm Phục vụ hành chính công", superior="Ủy ban nhân dân tỉnh Đồng Tháp")
    page = page_of(Document(letterhead, None, ()))
    left = page.crop((0, 0, (30 + 66) * MM, page.height)).extract_text().splitlines()
    assert left[:4] == ["ỦY BAN NHÂN DÂN", "TỈNH ĐỒNG THÁP", "TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG"]


def test_tables_repeat_their_header_and_hold_every_row():
    columns = (
        Column("STT", 1, "center"),
        Column("Tên đơn vị", 4),
        Column("Số người", 2, "right", group="Năm 2026"),
    )
    rows = tuple((str(number), f"Xã số {number}", "1.234") for number in range(1, 121))
    pages = opened(Document(None, None, (Grid(columns, rows, caption="Bảng 1"),))).pages
    assert len(pages) > 2
    found = []
    for page in pages:
        table = page.extract_table()
        assert [cell.replace("\n", " ") for cell in table[0] if cell] == ["STT", "Tên đơn vị", "Năm 2026"]
        found += [tuple(row) for row in table[2:]]
    assert found == list(rows)


def test_the_words_above_a_table_never_stand_at_the_foot_of_a_page_without_its_first_row():
    columns = (Column("Số người được đào tạo kỹ năng số " * 6, 1), Column("Ghi chú", 1))
    rows = (("hàng-một", "dòng dài " * 40), ("hàng-hai", "ngắn"))
    grid = Grid(columns, rows, caption="Bảng 7", unit="Đơn vị tính: người")
    for filled in range(20, 40):
        pages = opened(Document(None, None, (*[Paragraph(f"Đoạn {n}.") for n in range(filled)], grid))).pages
        texts = [page.extract_text() for page in pages]
        (begins,) = [text for text in texts if "Bảng 7" in text]
        assert "hàng-một" in begins.replace("\n", ""), filled


@pytest.mark.parametrize("landscape", [False, True])
def test_a_cell_longer_than_a_page_goes_on_without_losing_a_word(landscape):
    words = [f"từ{number}" for number in range(3000)]
    rows = (("1", "ngắn"), ("2", " ".join(words)), ("3", "Không" * 60))
    document = Document(None, None, (Grid((Column("STT"), Column("Nội dung")), rows),), landscape=landscape)
    pages = opened(document).pages
    found = " ".join(row[1] for page in pages for row in page.extract_table()[1:]).replace("\n", " ").split()
    assert found[: len(words) + 1] == ["ngắn", *words]
    assert "".join(found[len(words) + 1 :]) == rows[2][1]


def test_numbers_stand_under_numbers():
    rows = (("1.111",), ("8.888",), ("40",))
    page = page_of(Document(None, None, (Grid((Column("Số", 1, "right"),), rows),)))
    ones = [line(page, cell) for (cell,) in rows]
    assert len({round(found["x1"], 2) for found in ones}) == 1
    assert len({round(found["x1"] - found["x0"], 2) for found in ones[:2]}) == 1


def test_boxes_are_drawn_and_not_set_as_letters():
    plain = page_of(Document(None, None, (Paragraph("Có Không"),)))
    boxes = page_of(Document(None, None, (Paragraph("☑ Có ☐ Không"), Grid((Column("Đạt"),), (("☑",),)))))
    assert (len(plain.rects), len(boxes.rects)) == (0, 3)
    assert len(boxes.curves) == 2
    text = line(boxes, "Có")
    assert boxes.rects[0]["x1"] < text["x0"]


def test_marks_of_the_page_source_are_only_text():
    text = "Công ty <b>A & B</b> </para> <onDraw name='x'/>"
    assert text in page_of(Document(None, None, (Paragraph(text),), end_mark=False)).extract_text()


def test_a_sign_the_font_lacks_is_named_and_what_is_invisible_goes():
    page = page_of(Document(None, None, (Paragraph("Vui\u200b 😀 và \ufeff中"),), end_mark=False))
    assert page.extract_text() == "Vui [U+1F600] và [U+4E2D]"


def test_the_same_document_gives_the_same_bytes():
    assert render_pdf(DECISION) == render_pdf(DECISION)


def test_only_tinos_is_named_and_it_is_embedded_as_a_subset():
    content = render_pdf(DECISION)
    assert b"Helvetica" not in content
    fonts = {char["fontname"] for page in opened(DECISION).pages for char in page.chars}
    assert fonts == {f"AAAAAA+Tinos-{face}" for face in ("Regular", "Bold", "Italic", "BoldItalic")}
    assert content.count(b"/FontFile2") == 4


def test_the_file_says_what_and_when_it_is():
    facts = opened(DECISION).metadata
    assert facts["Title"] == "Quyết định Về việc thành lập Đoàn kiểm tra"
    assert facts["CreationDate"].startswith("D:20260105000000+07")


def test_missing_fonts_are_a_sentence(settings, tmp_path: Path):
    settings.FONTS_DIR = tmp_path / "nowhere"
    with pytest.raises(FontsMissing, match=r"nowhere/Tinos_400Regular.ttf.*npm run build"):
        render_pdf(DECISION)
