"""The number of a document in the one form that is compared, and which rows of a register are decisions to inspect."""

from datetime import date

import pytest

from inspections.rules.reconciling import (
    Known,
    Number,
    RegisterLine,
    covered,
    is_decision_to_inspect,
    matched,
    number_of,
    owed_until,
)

DAY = date(2026, 3, 24)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("05/QĐ-SCT", Number("5/QĐ-SCT", None)),
        ("5/QĐ-SCT", Number("5/QĐ-SCT", None)),
        ("Số: 005 / qđ – SCT", Number("5/QĐ-SCT", None)),
        ("5/2026/QĐ-UBND", Number("5/QĐ-UBND", 2026)),
        ("12a/QĐ-SCT", Number("12A/QĐ-SCT", None)),
        ("50/QĐ-SCT", Number("50/QĐ-SCT", None)),
        ("5/QD-SCT", Number("5/QD-SCT", None)),
        ("QĐ-SCT", None),
        ("5-QĐ-SCT", None),
        ("5/", None),
        ("năm/QĐ", None),
        ("", None),
    ],
)
def test_one_number_has_one_form(text, number):
    assert number_of(text) == number


def test_a_decomposed_letter_is_the_same_letter():
    assert number_of("5/QĐ-SỞ") == number_of("5/QĐ-SO\u031b\u0309")


@pytest.mark.parametrize(
    ("number", "summary", "expected"),
    [
        ("5/QĐ-SCT", "Quyết định kiểm tra việc chấp hành pháp luật", True),
        ("5/QĐ-SCT", "Kiểm tra công vụ", True),
        ("5/QĐ-SCT", "Quyết định bổ nhiệm", False),
        ("5/CV-SCT", "Về việc kiểm tra", False),
        ("5/BQĐ-SCT", "Kiểm tra", False),
    ],
)
def test_a_decision_to_inspect_is_known_by_symbol_and_summary(number, summary, expected):
    assert is_decision_to_inspect(RegisterLine(2, number, DAY, summary)) is expected


def test_the_year_is_part_of_the_number():
    lines = [RegisterLine(2, "05/QĐ-SCT", DAY, ""), RegisterLine(3, "05/QĐ-SCT", date(2025, 3, 24), "")]
    assert matched(lines, [Known(7, "5/QĐ-SCT", date(2026, 1, 2), None)]) == {2: 7}
    # An undated decision was signed in the year of completion or in the one before.
    assert matched(lines, [Known(8, "5/QĐ-SCT", None, date(2026, 1, 2))]) == {2: 8, 3: 8}
    assert matched(lines, [Known(9, "5/2025/QĐ-SCT", None, date(2026, 1, 2))]) == {3: 9}
    assert matched(lines, [Known(9, "", date(2026, 1, 2), None)]) == {}


def test_months_together_cover_a_period_and_a_gap_does_not():
    jan, feb, mar, apr = (date(2026, month, 1) for month in (1, 2, 3, 4))
    assert covered([(feb, mar), (jan, feb), (mar, apr)], jan, apr)
    assert not covered([(jan, feb), (mar, apr)], jan, apr)
    assert not covered([], jan, apr)


def test_what_is_owed_ends_with_the_last_month_that_ended():
    year = (date(2026, 1, 1), date(2027, 1, 1))
    assert owed_until(*year, date(2026, 11, 25)) == date(2026, 11, 1)
    assert owed_until(*year, date(2027, 3, 1)) == date(2027, 1, 1)
    assert owed_until(*year, date(2026, 1, 20)) == date(2026, 1, 21)
