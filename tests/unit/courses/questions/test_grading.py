"""What each type of question earns, case by case, in exact fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction as F

import pytest

from courses.questions import Unclear, content_of, grade, typed_number
from courses.questions.workbook import Cell

A, B, C, D = (f"00000000-0000-4000-8000-00000000000{n}" for n in range(1, 5))


def choice(kind: str, right: str, partial: str = "none"):
    options = [{"key": key, "text": key[-1], "is_right": key[-1] in right} for key in (A, B, C, D)]
    return content_of(kind, {"options": options, "partial": partial})


def keys(digits: str) -> list[str]:
    return [key for key in (A, B, C, D) if key[-1] in digits]


@pytest.mark.parametrize(
    ("kind", "right", "partial", "chosen", "credit"),
    [
        ("single", "1", "none", "1", F(1)),
        ("single", "1", "none", "2", F(0)),
        ("single", "1", "none", "", F(0)),
        ("multiple", "12", "none", "12", F(1)),
        ("multiple", "12", "none", "1", F(0)),
        ("multiple", "12", "none", "123", F(0)),
        ("multiple", "12", "per_right", "12", F(1)),
        ("multiple", "12", "per_right", "1", F(1, 2)),
        ("multiple", "12", "per_right", "13", F(1, 2)),
        # Everything ticked must not earn everything.
        ("multiple", "12", "per_right", "123", F(1, 2)),
        ("multiple", "12", "per_right", "1234", F(0)),
        ("multiple", "123", "per_right", "12", F(2, 3)),
        ("multiple", "12", "right_minus_wrong", "12", F(1)),
        ("multiple", "12", "right_minus_wrong", "1", F(1, 2)),
        ("multiple", "12", "right_minus_wrong", "13", F(0)),
        ("multiple", "12", "right_minus_wrong", "34", F(0)),
        ("multiple", "123", "right_minus_wrong", "1234", F(2, 3)),
    ],
)
def test_choices(kind, right, partial, chosen, credit):
    assert grade(choice(kind, right, partial), {"chosen": keys(chosen)}) == credit
    assert grade(choice(kind, right, partial), {"chosen": keys(chosen)[::-1]}) == credit


def matching(partial: str):
    pairs = [
        {"key": A, "left": "Tiền Giang", "right": "Mỹ Tho"},
        {"key": B, "left": "Đồng Tháp", "right": "Cao Lãnh"},
        {"key": C, "left": "Mỹ Tho", "right": "Mỹ Tho"},
    ]
    return content_of("matching", {"pairs": pairs, "decoys": ["Sa Đéc"], "partial": partial})


@pytest.mark.parametrize(
    ("given", "none", "per_pair"),
    [
        ({A: "Mỹ Tho", B: "Cao Lãnh", C: "Mỹ Tho"}, F(1), F(1)),
        ({A: "Mỹ Tho", B: "Cao Lãnh"}, F(0), F(2, 3)),
        ({A: "Mỹ Tho", B: "Sa Đéc", C: "Sa Đéc"}, F(0), F(1, 3)),
        ({A: "Cao Lãnh", B: "Mỹ Tho", C: "Sa Đéc"}, F(0), F(0)),
        ({}, F(0), F(0)),
    ],
)
def test_matching(given, none, per_pair):
    assert grade(matching("none"), {"pairs": given}) == none
    assert grade(matching("per_pair"), {"pairs": given}) == per_pair


@pytest.mark.parametrize(
    ("order", "none", "position", "neighbours"),
    [
        ((1, 2, 3, 4), F(1), F(1), F(1)),
        # All moved by one: no line in its place, but two of three still follow each other.
        ((2, 3, 4, 1), F(0), F(0), F(2, 3)),
        ((2, 1, 3, 4), F(0), F(1, 2), F(1, 3)),
        ((4, 3, 2, 1), F(0), F(0), F(0)),
        ((1, 2, None, None), F(0), F(1, 2), F(1, 3)),
        ((None, None, None, None), F(0), F(0), F(0)),
    ],
)
def test_ordering(order, none, position, neighbours):
    items = [{"key": key, "text": key[-1]} for key in (A, B, C, D)]
    places = {key: place for key, place in zip((A, B, C, D), order, strict=True) if place}
    for partial, credit in (("none", none), ("per_position", position), ("per_neighbours", neighbours)):
        content = content_of("ordering", {"items": items, "partial": partial})
        assert grade(content, {"places": places}) == credit, partial


KM = [{"unit": "km", "factor": "1"}, {"unit": "m", "factor": "0.001"}]


def numeric(**content):
    return content_of("numeric", {"value": "12.5", "tolerance": "0.1", **content})


@pytest.mark.parametrize(
    ("content", "response", "credit"),
    [
        ({}, {"number": "12,5"}, 1),
        ({}, {"number": "12.5"}, 1),
        ({}, {"number": "12,6"}, 1),  # exactly at the tolerance
        ({}, {"number": "12,60001"}, 0),
        ({}, {"number": "12,4"}, 1),
        ({}, {"number": "-12,5"}, 0),
        ({}, {"number": ""}, 0),
        ({"tolerance": "0"}, {"number": "12,50"}, 1),
        ({"tolerance": "0"}, {"number": "12,51"}, 0),
        ({"value": "1234.5", "tolerance": "0"}, {"number": "1.234,5"}, 1),
        ({"value": "1234.5", "tolerance": "0"}, {"number": "1,234.5"}, 1),
        ({"value": "200", "tolerance": "1", "tolerance_kind": "percent"}, {"number": "202"}, 1),
        ({"value": "200", "tolerance": "1", "tolerance_kind": "percent"}, {"number": "202,1"}, 0),
        ({"value": "-200", "tolerance": "1", "tolerance_kind": "percent"}, {"number": "−198"}, 1),
        ({"units": KM}, {"number": "12,5"}, 1),
        ({"units": KM}, {"number": "12500", "unit": "m"}, 1),
        ({"units": KM}, {"number": "12601", "unit": "m"}, 0),
        ({"units": KM}, {"number": "12,5", "unit": "m"}, 0),
        ({"units": KM, "unit_required": True}, {"number": "12,5"}, 0),
        ({"units": KM, "unit_required": True}, {"number": "12,5", "unit": "km"}, 1),
        ({"units": KM}, {"number": "12,5", "unit": "dặm"}, 0),
    ],
)
def test_numbers(content, response, credit):
    assert grade(numeric(**content), response) == credit


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.234,5", F(12345, 10)),
        ("1234.5", F(12345, 10)),
        ("1234,5", F(12345, 10)),
        ("1,234.5", F(12345, 10)),
        ("1 234,5", F(12345, 10)),
        ("1\u00a0234\u00a0567", F(1234567)),
        ("1.234.567", F(1234567)),
        ("1,234,567", F(1234567)),
        ("0,125", F(1, 8)),
        ("0.125", F(1, 8)),
        ("1,2340", F(1234, 1000)),
        ("12.34", F(1234, 100)),
        ("  +7 ", F(7)),
        ("-0,5", F(-1, 2)),
    ],
)
def test_a_number_typed_in_either_notation(typed, value):
    assert typed_number(typed) == value


@pytest.mark.parametrize("typed", ["1.234", "1,234", "12.345", "999,999", "-1.234", "100.000"])
def test_a_number_that_could_be_two_is_asked_again(typed):
    with pytest.raises(Unclear) as refused:
        typed_number(typed)
    whole = typed.replace(".", "").replace(",", "")
    decimal = typed.replace(".", ",") + "0"
    assert whole in str(refused.value) and decimal in str(refused.value)
    # What the sentence proposes is read at once, and means the two things.
    assert typed_number(whole) == 1000 * typed_number(decimal)


@pytest.mark.parametrize(
    "typed", ["", "abc", "1e3", "12,34,5", "1.23.456", "--5", "١٢", "1/2", "5%", "9" * 50, "NaN"]
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(Unclear):
        typed_number(typed)


def short(*answers, **ignored):
    content = {"answers": [{"text": text, "percent": percent} for text, percent in answers], **ignored}
    return content_of("short_text", content)


ALL = {"ignore_case": True, "ignore_accents": True, "ignore_punctuation": True}


@pytest.mark.parametrize(
    ("expected", "ignored", "typed", "is_right"),
    [
        ("Đồng Tháp", {}, "Đồng Tháp", True),
        ("Đồng Tháp", {}, "  Đồng   Tháp ", True),
        ("Đồng Tháp", {}, "Đo\u0302\u0300ng Tha\u0301p", True),  # NFD, as macOS sends it
        ("Đồng Tháp", {}, "đồng tháp", False),
        ("Đồng Tháp", {"ignore_case": True}, "đồng tháp", True),
        ("Đồng Tháp", {"ignore_case": True}, "dong thap", False),
        ("Đồng Tháp", {"ignore_accents": True}, "Dong Thap", True),
        ("Đồng Tháp", {"ignore_accents": True}, "dong thap", False),
        ("Đồng Tháp", {"ignore_accents": True, "ignore_case": True}, "dong thap", True),
        ("đê", {"ignore_case": True}, "dê", False),  # đ is d only where accents are ignored
        ("hòa bình", {}, "hoà bình", True),  # one spelling by two schools
        ("má", {}, "mà", False),
        ("Hà Nội", {}, "Hà Nội.", False),
        ("Hà Nội", {"ignore_punctuation": True}, "Hà Nội.", True),
        ("email", {"ignore_punctuation": True}, "e-mail", True),
        ("TP.HCM", {"ignore_punctuation": True}, "TP HCM", True),
        ("Mỹ Tho, Tiền Giang", ALL, "my tho,tien giang", True),
        ("Mỹ Tho", ALL, "", False),
    ],
)
def test_short_texts(expected, ignored, typed, is_right):
    assert grade(short((expected, 100), **ignored), {"text": typed}) == F(int(is_right))


def test_a_short_text_may_earn_a_share():
    content = short(("Nghị định 13/2023/NĐ-CP", 100), ("Nghị định 13", 60), ignore_case=True)
    assert grade(content, {"text": "nghị định 13/2023/nđ-cp"}) == 1
    assert grade(content, {"text": "Nghị định 13"}) == F(3, 5)
    assert grade(content, {"text": "Nghị định"}) == 0


def test_blanks_are_graded_one_by_one():
    content = content_of(
        "blanks",
        {
            "text": "[[1]] và [[2]], [[3]]",
            "blanks": [
                {"key": "1", "answers": [{"text": "Một", "percent": 100}], "ignore_case": True},
                {"key": "2", "answers": [{"text": "Hai"}, {"text": "2", "percent": 50}]},
                {"key": "3", "answers": [{"text": "Ba"}], "choices": ["Ba", "Bốn"]},
            ],
        },
    )
    assert grade(content, {"blanks": {"1": "một", "2": "Hai", "3": "Ba"}}) == 1
    assert grade(content, {"blanks": {"1": "một", "2": "2"}}) == F(1, 2)
    assert grade(content, {"blanks": {"3": "ba"}}) == 0
    assert grade(content, {"blanks": {"2": "hai", "3": "Ba"}}) == F(1, 3)


def test_a_case_is_the_weighted_mean_of_its_questions():
    content = content_of(
        "case",
        {
            "text": "Một tình huống",
            "parts": [
                {"key": "a", "kind": "multiple", "text": "?", "points": 3, "content": choice("multiple", "12", "per_right").to_json()},
                {"key": "b", "kind": "numeric", "text": "?", "points": 1, "content": numeric().to_json()},
            ],
        },
    )  # fmt: skip
    assert grade(content, {"parts": {"a": {"chosen": keys("12")}, "b": {"number": "12,5"}}}) == 1
    assert grade(content, {"parts": {"a": {"chosen": keys("1")}, "b": {"number": "12,5"}}}) == F(5, 8)
    assert grade(content, {"parts": {"b": {"number": "12,5"}}}) == F(1, 4)
    assert grade(content, {}) == 0


def number(value: str, formula: str = "") -> Cell:
    return Cell(Decimal(value), formula)


SHEET = {
    (1, 1): Cell("Đơn vị"), (2, 1): Cell("Mỹ Tho"), (3, 1): Cell("Cai Lậy"), (4, 1): Cell("Gò Công"),
    (1, 2): Cell("Số"), (2, 2): number("10"), (3, 2): number("20"), (4, 2): number("30.05"),
    (5, 2): number("60.05", "SUM(B2:B4)"), (6, 2): Cell(None, "AVERAGE(B2:B4)"), (7, 2): Cell("=SUM(", ""),
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "is_kept"),
    [
        ({"cell": "B5", "check": "number", "value": "60", "tolerance": "0.05"}, True),
        ({"cell": "B5", "check": "number", "value": "60"}, False),
        ({"cell": "b5", "check": "number", "value": "60.05"}, True),
        ({"cell": "A2", "check": "number", "value": "10"}, False),
        ({"cell": "A2", "check": "text", "value": "MỸ  THO"}, True),
        ({"cell": "A2", "check": "text", "value": "My Tho"}, False),
        ({"cell": "B5", "check": "formula_uses", "value": "sum"}, True),
        ({"cell": "B5", "check": "formula_uses", "value": "SUMIF"}, False),
        ({"cell": "B4", "check": "formula_uses", "value": "SUM"}, False),
        ({"cell": "B7", "check": "formula_uses", "value": "SUM"}, False),  # text that looks like one
        ({"cell": "B2:B4", "check": "sum_equals", "value": "60.05"}, True),
        ({"cell": "B2:B4", "check": "sum_equals", "value": "61"}, False),
        ({"cell": "A2:A9", "check": "count_equals", "value": "3"}, True),
        ({"cell": "A2:A4", "check": "not_empty"}, True),
        ({"cell": "A2:A5", "check": "not_empty"}, False),
        ({"cell": "B2:B4", "check": "sorted", "value": "asc"}, True),
        ({"cell": "B2:B4", "check": "sorted", "value": "desc"}, False),
        ({"cell": "A2:A4", "check": "sorted", "value": "asc"}, False),
        ({"cell": "A3:A4", "check": "sorted", "value": "asc"}, True),
        ({"cell": "A2:A4", "check": "unique"}, True),
        ({"cell": "B6", "check": "number", "value": "20"}, False),
        ({"sheet": "Không có", "cell": "B5", "check": "number", "value": "60.05"}, False),
        ({"sheet": "so lieu", "cell": "B5", "check": "number", "value": "60.05"}, False),
        ({"sheet": "SỐ LIỆU", "cell": "B5", "check": "number", "value": "60.05"}, True),
    ],
)  # fmt: skip
def test_rules_of_cells(rule, is_kept):
    content = content_of("spreadsheet", {"instructions": "Tính", "rules": [rule]})
    assert grade(content, {"upload": "u"}, {"u": {"Số liệu": SHEET}}) == F(int(is_kept))
    assert grade(content, {"upload": "u"}) == 0, "a workbook nobody handed in"


def test_rules_weigh_by_their_points_and_a_formula_without_its_value_is_named():
    rules = [
        {"cell": "B5", "check": "number", "value": "60.05", "points": 3},
        {"cell": "B6", "check": "number", "value": "20.0166", "tolerance": "0.01", "points": 2},
    ]
    content = content_of("spreadsheet", {"rules": rules})
    assert grade(content, {"upload": "u"}, {"u": {"Số liệu": SHEET}}) == F(3, 5)
    assert content.uncounted({"Số liệu": SHEET}) == ["1!B6"]
