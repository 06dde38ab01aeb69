"""Lists as files: what a spreadsheet sees when it opens them."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from lms.base.exports import Sheet, csv_response, neutral, xlsx_bytes, xlsx_response

DANGEROUS = ["=1+1", "+84 273", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1"]


def read_csv(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def read_xlsx(content: bytes):
    return load_workbook(io.BytesIO(content)).active


@pytest.mark.parametrize("cell", DANGEROUS)
def test_text_that_looks_like_a_formula_is_shown_and_not_run(cell):
    assert neutral(cell) == "'" + cell
    assert read_csv(csv_response("x", ["Tên"], [[cell]])) == [["Tên"], ["'" + cell]]
    found = read_xlsx(xlsx_response("x", ["Tên"], [[cell]]).content)["A2"]
    assert found.data_type == "s"
    assert found.value.startswith("'")


def test_numbers_below_zero_stay_numbers():
    assert neutral(-5) == -5
    assert read_csv(csv_response("x", ["n"], [[Decimal("-2.50")]]))[1] == ["-2.50"]
    assert read_xlsx(xlsx_response("x", ["n"], [[-5]]).content)["A2"].value == -5


def test_headers_are_neutral_too():
    assert read_csv(csv_response("x", ["=A1"], [])) == [["'=A1"]]


def test_identifiers_keep_their_leading_zeros():
    assert read_csv(csv_response("x", ["Số"], [["082099000123"]]))[1] == ["082099000123"]
    assert read_xlsx(xlsx_response("x", ["Số"], [["082099000123"]]).content)["A2"].value == "082099000123"


def test_dates_and_instants_are_local():
    instant = datetime(2026, 1, 4, 18, 30, tzinfo=UTC)  # 01:30 on the fifth in Mỹ Tho
    assert read_csv(csv_response("x", ["a", "b"], [[date(2026, 1, 5), instant]]))[1] == [
        "2026-01-05",
        "2026-01-05 01:30:00",
    ]
    sheet = read_xlsx(xlsx_response("x", ["a", "b"], [[date(2026, 1, 5), instant]]).content)
    assert sheet["A2"].value == datetime(2026, 1, 5)
    assert sheet["A2"].number_format == "dd/mm/yyyy"
    assert sheet["B2"].value == datetime(2026, 1, 5, 1, 30)


def test_empty_cells_and_yes_and_no():
    assert read_csv(csv_response("x", ["a", "b", "c"], [[None, True, False]]))[1] == ["", "yes", "no"]


def test_vietnamese_file_names_survive():
    header = csv_response("sổ cấp", ["a"], [])["Content-Disposition"]
    assert header == "attachment; filename*=utf-8''s%E1%BB%95%20c%E1%BA%A5p.csv"


def test_csv_opens_with_the_mark_excel_needs():
    assert b"".join(csv_response("x", ["Đ"], []).streaming_content).startswith(b"\xef\xbb\xbf")


def test_rows_are_taken_as_they_come():
    taken = []

    def rows():
        for number in range(3):
            taken.append(number)
            yield [number]

    stream = iter(csv_response("x", ["n"], rows()).streaming_content)
    next(stream), next(stream)
    assert taken == [0]


def test_a_workbook_of_several_sheets():
    content = xlsx_bytes(Sheet("I1: đạt/chưa đạt", ["a"], [["x"]]), Sheet("Tên rất dài " * 5, ["b"], []))
    names = load_workbook(io.BytesIO(content)).sheetnames
    assert names == ["I1 đạtchưa đạt", ("Tên rất dài " * 5)[:31]]
