"""The same documents in Word: sizes and places of NĐ 30/2020, our own template or one that was sent."""

import io
import zipfile
from datetime import date

import docx
import pytest
from django.utils import translation

from lms.base.documents import (
    Annex,
    Article,
    Basis,
    Bold,
    Clause,
    Column,
    Document,
    DocumentHead,
    Grid,
    Heading,
    Letterhead,
    Paragraph,
    Signature,
)
from lms.base.documents.word import FIELDS, standard_template, template_faults, word_of

LONG = "Nguyễn Đặng Hoàng Khởi Nghĩa Tường Vi Ẵ Ữ Ợ Ỵ Ặ"
CM = 360000


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def paper(**given) -> Document:
    facts = {
        "letterhead": Letterhead(
            "Sở Nội vụ", "Ủy ban nhân dân tỉnh Đồng Tháp", 5, "QĐ-SNV", "Đồng Tháp", date(2026, 1, 5)
        ),
        "head": DocumentHead("Quyết định", "Về việc kiểm tra", "Giám đốc Sở Nội vụ"),
        "body": (
            Basis(("Căn cứ Nghị định số 217/2025/NĐ-CP", "Theo đề nghị của Chánh Văn phòng")),
            Heading("QUYẾT ĐỊNH:", centred=True),
            Article("Kiểm tra & xử lý <vi phạm>", clauses=(Clause("Một", ("a", "b", "c", "d", "đ")),)),
            Paragraph(("Chữ ", Bold("đậm"), " trong câu")),
            Grid(
                (Column("TT", 0.4), Column("Đạt", group="Kết quả"), Column("Chưa", group="Kết quả")),
                (("1", "x", ""), ("2", "", "x")),
            ),
            Article("Quyết định có hiệu lực"),
        ),
        "signatures": (Signature(("KT. Giám đốc", "Phó Giám đốc"), LONG),),
        "recipients": ("Như Điều 2", "Lưu: VT"),
        "annexes": (Annex("Danh mục", (Paragraph("Nội dung"),), "I", "Kèm theo", landscape=True),),
        **given,
    }
    return Document(**facts)


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


def everything(document) -> list:
    found = list(document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                found += cell.paragraphs
    return found


def run_of(document, words: str):
    for paragraph in everything(document):
        for run in paragraph.runs:
            if run.text.startswith(words):
                return paragraph, run
    raise AssertionError(words)


def template(*lines: str, header: str = "") -> bytes:
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    if header:
        made.sections[0].header.paragraphs[0].text = header
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


@pytest.fixture(scope="module")
def made():
    return opened(word_of(paper()))


class TestOurOwn:
    @pytest.mark.parametrize(
        ("words", "size", "bold", "italic"),
        [
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True, False),
            ("Độc lập - Tự do - Hạnh phúc", 14, True, False),
            ("ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP", 13, False, False),
            ("SỞ NỘI VỤ", 13, True, False),
            ("Số: 05/QĐ-SNV", 13, False, False),
            ("Đồng Tháp, ngày 05 tháng 01 năm 2026", 14, False, True),
            ("QUYẾT ĐỊNH", 14, True, False),
            ("Căn cứ Nghị định số 217/2025/NĐ-CP;", 14, False, True),
            ("Theo đề nghị của Chánh Văn phòng.", 14, False, True),
            ("Điều 1.", 14, True, False),
            ("Kiểm tra & xử lý <vi phạm>", 14, False, False),
            ("PHÓ GIÁM ĐỐC", 14, True, False),
            (LONG, 14, True, False),
            ("Nơi nhận:", 12, True, True),
            ("- Lưu: VT.", 11, False, False),
            ("Phụ lục I", 14, True, False),
            ("(Kèm theo)", 14, False, True),
        ],
    )
    def test_sizes_and_faces(self, made, words, size, bold, italic):
        _paragraph, run = run_of(made, words)
        assert (run.font.name, run.font.size.pt) == ("Times New Roman", size)
        assert (bool(run.font.bold), bool(run.font.italic)) == (bold, italic)

    def test_sheet_and_page_numbers(self, made):
        main, annex = made.sections
        for section in (main, annex):
            margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
            assert [round(one / CM, 1) for one in margins] == [2.0, 2.0, 3.0, 1.5]
            assert section.different_first_page_header_footer
        assert (round(main.page_width / CM, 1), round(main.page_height / CM, 1)) == (21.0, 29.7)
        assert (round(annex.page_width / CM, 1), round(annex.page_height / CM, 1)) == (29.7, 21.0)
        assert "PAGE" in main.header._element.xml
        assert 'w:start="1"' in annex._sectPr.xml

    def test_each_annex_counts_its_pages_from_one(self):
        two = tuple(Annex(f"Danh mục {number}", (Paragraph("Nội dung"),), number) for number in ("I", "II"))
        sections = opened(word_of(paper(annexes=two))).sections
        assert [one._sectPr.xml.count("w:pgNumType") for one in sections] == [0, 1, 1]
        assert "Phụ lục II" in [one.text for one in opened(word_of(paper(annexes=two))).paragraphs]

    def test_everything_stands_in_its_order_and_no_tag_is_left(self, made):
        text = "\n".join(one.text for one in made.paragraphs)
        order = ["Về việc kiểm tra", "QUYẾT ĐỊNH:", "Điều 1.", "đ) đ", "Chữ đậm", "Điều 2.", "Phụ lục I"]
        places = [text.index(one) for one in order]
        assert places == sorted(places)
        assert text.count("./.") == 1
        whole = "".join(one.text for one in everything(made))
        assert not any(sign in whole for sign in ("{{", "{%", "\ue000"))

    def test_a_grid_repeats_its_header_and_joins_its_groups(self, made):
        grid = next(one for one in made.tables if one.rows[0].cells[0].text == "TT")
        assert [cell.text for cell in grid.rows[0].cells] == ["TT", "Kết quả", "Kết quả"]
        assert [cell.text for cell in grid.rows[2].cells] == ["1", "x", ""]
        assert grid._tbl.xml.count("w:tblHeader") == 2

    def test_a_draft_has_room_for_number_and_day(self):
        head = Letterhead("Sở Nội vụ", symbol="QĐ-SNV", place="Đồng Tháp")
        text = "".join(one.text for one in everything(opened(word_of(paper(letterhead=head)))))
        assert "/QĐ-SNV" in text and "Số: 05" not in text
        assert "tháng" in text

    def test_minutes_have_columns_and_no_day_line(self):
        three = tuple(Signature((post,), LONG, "(Ký)") for post in ("Thư ký", "Trưởng đoàn", "Đối tượng"))
        made = opened(word_of(paper(letterhead=Letterhead("Đoàn", "Sở"), signatures=three, recipients=())))
        assert len(made.tables[-1].columns) == 3
        assert "ngày" not in "".join(cell.text for cell in made.tables[0].rows[1].cells)

    def test_what_xml_cannot_hold_is_left_out(self):
        made = opened(word_of(paper(body=(Paragraph("a\x00b\x0bc\ufffe"),))))
        assert "abc./." in "".join(one.text for one in made.paragraphs)

    def test_our_template_passes_its_own_check(self):
        assert template_faults(standard_template()) == []


class TestSentTemplates:
    def test_its_own_words_and_fields_are_kept(self):
        mine = template("Mẫu của Sở: {{ kind }} – {{ case.field }}", "{{ body }}", "{{ signer_name }}")
        assert template_faults(mine, {"case": {"field": ""}}) == []
        made = opened(word_of(paper(), template=mine, facts={"case": {"field": "Y tế & dược"}}))
        assert made.paragraphs[0].text == "Mẫu của Sở: QUYẾT ĐỊNH – Y tế & dược"
        assert made.paragraphs[-1].text or LONG in [one.text for one in made.paragraphs]
        assert any("Điều 1." in one.text for one in made.paragraphs)

    @pytest.mark.parametrize(
        ("lines", "named"),
        [
            (["{{ truong_la }}"], "truong_la"),
            (["{{ case.khong_co }}"], "case.khong_co"),
            (["{%p for one in subjects %}", "{{ one.ten_la }}", "{%p endfor %}"], "one.ten_la"),
            (["{% if la_lung %}x{% endif %}"], "la_lung"),
        ],
    )
    def test_an_unknown_field_is_refused_by_name(self, lines, named):
        more = {"case": {"field": ""}, "subjects": [{"name": ""}]}
        faults = template_faults(template(*lines, "{{ body }}"), more)
        assert faults == [f"The template names the field “{named}”, which is not known."]

    def test_also_in_the_header(self):
        assert "la" in template_faults(template("{{ body }}", header="{{ la }}"))[0]

    def test_a_known_list_is_gone_through(self):
        lines = [
            "{%p for one in subjects %}",
            "{{ loop.index }}. {{ one.name }}",
            "{%p endfor %}",
            "{{ body }}",
        ]
        mine = template(*lines)
        assert template_faults(mine, {"subjects": [{"name": ""}]}) == []
        made = opened(word_of(paper(), template=mine, facts={"subjects": [{"name": "A"}, {"name": "B"}]}))
        assert [one.text for one in made.paragraphs[:2]] == ["1. A", "2. B"]

    @pytest.mark.parametrize(
        "line",
        [
            "{{ cycler.__init__.__globals__ }}",
            "{{ range(10) }}",
            "{% for a in range(99999999) %}x{% endfor %}",
            "{% set x = 1 %}",
            "{{ kind|attr('x') }}",
            "{% import 'a' as b %}",
            "{{ kind[0] }}",
        ],
    )
    def test_whatever_is_more_than_fields_is_refused(self, line):
        assert template_faults(template(line, "{{ body }}"))

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"%PDF-1.7", "not a Word document"),
            (b"PK\x03\x04 broken", "not a Word document"),
            (template("{{ body }}") + b" " * 3_000_000, "larger than 2 MB"),
            (template("no place"), "{{ body }}"),
            (template("{{ body "), "cannot be read"),
            (template("{% if kind %}", "{{ body }}"), "cannot be read"),
        ],
    )
    def test_what_is_no_template_is_a_sentence(self, content, said):
        assert said in " ".join(template_faults(content))

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("word/vbaProject.bin", b"x", "macros"),
            ("word/x.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "definitions"),
            ("word/big.xml", b"0" * 30_000_000, "unpacks"),
            ("word/more.XML", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "definitions"),
            ("word/wide.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>".encode("utf-16"), "definitions"),
            ("word/wide.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>".encode("utf-16-be"), "definitions"),
            (
                "word/_rels/settings.xml.rels",
                b'<Relationships><Relationship Id="a" Type="x/attachedTemplate" Target="http://a/b"'
                b' TargetMode="External"/></Relationships>',
                "fetches",
            ),
        ],
    )
    def test_a_package_with_more_than_words_is_refused(self, name, content, said):
        target = io.BytesIO(template("{{ body }}"))
        with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as package:
            package.writestr(name, content)
        assert said in " ".join(template_faults(target.getvalue()))

    def test_every_field_is_explained(self):
        assert all(str(one[0] if isinstance(one, list) else one) for one in FIELDS.values())
