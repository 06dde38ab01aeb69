"""Files that are no good list: each is refused with a sentence that says what and where."""

import io
import tracemalloc

import pytest
import xlsxwriter
from django.utils import translation

from lms.base.importing import workbooks
from lms.base.importing.legacy import TCVN3, VNI, legacy_of
from lms.base.importing.problems import FileRefused
from lms.base.importing.sheets import read_sheet
from lms.people.importing import StaffImporter
from tests.factories.uploads import bomb, repacked, workbook

HEADERS = ["person_id", "full_name", "category", "agency_code", "post_from"]
ROW = ["082190001234", "Trần Văn A", "CC", "SNV", "2024-01-01"]
CELL = '<c r="{place}" t="inlineStr"><is><t>x</t></is></c>'


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def refusal(content, name="a.xlsx"):
    with pytest.raises(FileRefused) as refused:
        StaffImporter().read(content, name)
    return str(refused.value)


def in_sheet(extra):
    """Return a change that puts XML before the end of the sheet's rows."""

    def change(name, data):
        if name != "xl/worksheets/sheet1.xml":
            return data
        return data.replace(b"</sheetData>", extra.encode() + b"</sheetData>")

    return change


GOOD = workbook([HEADERS, ROW])


def test_a_good_workbook_is_read_and_its_text_kept():
    (row,) = StaffImporter().read(GOOD, "a.xlsx")
    assert (row["person_id"], row["full_name"], row.problems) == ("082190001234", "Trần Văn A", [])


def test_a_zip_bomb_is_refused_without_unpacking():
    packed = bomb(GOOD)
    assert len(packed) < 200_000
    tracemalloc.start()
    assert "possible attack" in refusal(packed)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_without_the_guard_the_zip_bomb_would_be_unpacked(monkeypatch):
    packed = bomb(GOOD)
    monkeypatch.setattr(workbooks, "_refuse_size", lambda entries: None)
    assert len(read_sheet(packed, "a.xlsx").rows) == 1


def test_a_workbook_that_lies_about_its_size_is_damaged():
    data = bytearray(GOOD)
    place = data.find(b"xl/worksheets/sheet1.xml", data.find(b"PK\x01\x02")) - 46
    data[place + 24 : place + 28] = (50).to_bytes(4, "little")  # uncompressed size in the directory
    assert "damaged" in refusal(bytes(data))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "[Content_Types].xml"])
def test_an_entity_bomb_is_refused(part):
    doctype = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'

    def change(name, data):
        return doctype + data.split(b"?>", 1)[1] if name == part else data

    assert "entities" in refusal(repacked(GOOD, change))


def commented(length: int, encoding: str = "utf-8"):
    """A sheet whose entities stand behind a comment of this length."""
    doctype = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    head = f'<?xml version="1.0" encoding="{encoding}"?><!--{"-" * length} -->{doctype}'.replace(
        "----", "- - "
    )

    def change(name, data):
        if name != "xl/worksheets/sheet1.xml":
            return data
        return (head + data.decode().split("?>", 1)[1]).encode(encoding)

    return repacked(GOOD, change)


@pytest.mark.parametrize(
    "length", [0, 4_000, 4_096, 5_000, workbooks.CHUNK - 100, workbooks.CHUNK, 3_000_000]
)
def test_no_comment_is_long_enough_to_hide_entities(length):
    assert "entities" in refusal(commented(length))


def test_entities_on_the_border_of_two_pieces_are_seen(monkeypatch):
    book = commented(64)
    for size in range(300, 340):
        monkeypatch.setattr(workbooks, "CHUNK", size)
        assert "entities" in refusal(book)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_entities_in_signs_of_two_bytes_are_refused(encoding):
    assert "entities" in refusal(commented(10, encoding))


def test_without_the_search_a_comment_hides_the_entities(monkeypatch):
    monkeypatch.setattr(workbooks, "declares", lambda piece: False)
    assert workbooks.inspect_workbook(commented(5_000), max_rows=10) is None, "taken, as it must not be"


def test_a_text_that_speaks_of_a_document_type_is_no_bomb():
    assert read_sheet(workbook([HEADERS, ["1", "<!DOCTYPE a>", *ROW[2:]]]), "a.xlsx").rows


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "ZZZ9999"])
def test_a_cell_far_away_does_not_fill_the_memory(place):
    row = "".join(filter(str.isdigit, place))
    far = repacked(GOOD, in_sheet(f'<row r="{row}">{CELL.format(place=place)}</row>'))
    assert "at most 300000" in refusal(far) or "reaches to column" in refusal(far)


def test_a_sheet_of_more_than_three_hundred_thousand_rows_is_refused():
    row = f'<row r="300002">{CELL.format(place="A300002")}</row>'
    assert "300002 rows; at most 300000" in refusal(repacked(GOOD, in_sheet(row)))


def test_merged_cells_are_named():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADERS)
        sheet.write_row(1, 0, ROW)
        sheet.merge_range(2, 3, 4, 3, "SNV")
    assert "D3:D5" in refusal(buffer.getvalue())


def test_a_title_above_the_headers_is_told_from_a_wrong_header():
    assert "stand in row 3" in refusal(workbook([["Danh sách"], ["năm 2026"], HEADERS, ROW]))
    sentence = refusal(workbook([["STT", "Tên gọi"], ["1", "A"]]))
    assert "missing: person_id, full_name" in sentence
    assert "STT, Tên gọi" in sentence


def test_two_header_rows_are_refused():
    vietnamese = ["Số định danh", "Họ và tên", "Đối tượng", "Mã cơ quan", "Từ ngày"]
    assert "Row 2 holds headers once more" in refusal(workbook([HEADERS, vietnamese, ROW]))


def test_a_column_twice_is_refused():
    assert "full_name stands twice" in refusal(workbook([[*HEADERS, "họ tên"], [*ROW, "B"]]))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("NguyÔn V¨n TiÕn", TCVN3),
        ("TrÇn ThÞ Hång", TCVN3),
        ("Lª §øc B×nh", TCVN3),
        ("C«ng chøc", TCVN3),
        ("Nguyeãn Vaên Tieán", VNI),
        ("Traàn Thò Hoàng", VNI),
        ("Ñaëng Thò Myõ", VNI),
        ("Nguyễn Văn Tiến", ""),
        ("Nguyễn Văn Tiến", ""),
        ("Hoà", ""),
        ("Quý Hoè Huê Oanh", ""),
        ("Lê Tùng", ""),
        ("Jürgen Müller", ""),
        ("Trần Thị Hồng", ""),
        ("TRẦN VĂN HÙNG", ""),
        ("LÊ HÙNG", ""),
        ("Phan Thúy Hà", ""),
        ("ascii only", ""),
    ],
)
def test_old_encodings_are_told_from_unicode(text, encoding):
    assert legacy_of(text) == encoding


@pytest.mark.parametrize(("name", "encoding"), [("NguyÔn V¨n TiÕn", "TCVN3"), ("Nguyeãn Vaên Tieán", "VNI")])
def test_a_file_in_an_old_encoding_is_refused_by_name(name, encoding):
    rows = [HEADERS, ["1", name, "CC", "SNV", "2024-01-01"]]
    assert encoding in refusal(workbook(rows))
    text = "\n".join(",".join(row) for row in rows)
    assert encoding in refusal(text.encode(), "a.csv")
    assert encoding in refusal(text.encode("latin-1"), "a.csv")


def test_one_such_cell_among_unicode_ones_is_named():
    rows = [HEADERS, ROW, ["1", "TrÇn ThÞ Hång", "CC", "SNV", "2024-01-01"]]
    read = StaffImporter().read(workbook(rows), "a.xlsx")
    assert [(problem.row, problem.column) for row in read for problem in row.problems] == [(3, "full_name")]


def test_decomposed_letters_are_taken():
    import unicodedata

    (row,) = StaffImporter().read(workbook([HEADERS, ["1", unicodedata.normalize("NFD", "Đặng Thị Mỹ"), "CC", "SNV", "2024-01-01"]]), "a.xlsx")  # fmt: skip
    assert (row["full_name"], row.problems) == ("Đặng Thị Mỹ", [])


def test_text_in_utf_16_is_refused():
    assert "UTF-16" in refusal("\t".join(HEADERS).encode("utf-16"), "a.csv")


@pytest.mark.parametrize(
    ("cell", "severity"), [("82190001234", "warning"), ("8.2190001234E+10", "error"), ("8,219E+10", "error")]
)
def test_in_a_csv_too_a_lost_zero_is_noticed(cell, severity):
    text = ";".join(HEADERS) + f"\n{cell};A;CC;SNV;2024-01-01\n"
    (row,) = StaffImporter().read(text.encode(), "a.csv")
    assert severity in [problem.severity for problem in row.problems]


def test_impossible_days_name_their_cell():
    (row,) = StaffImporter().read(workbook([HEADERS, [*ROW[:4], "31/02/2024"]]), "a.xlsx")
    (problem,) = row.problems
    assert (problem.row, problem.column, problem.value) == (2, "post_from", "31/02/2024")
    assert problem.message == "is no day of the calendar"
