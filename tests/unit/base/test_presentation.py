"""Numbers, shares and days as Vietnamese offices write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from lms.base.templatetags.presentation import day, moment, number, percent, plain


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("vi", 1234567, "1.234.567"),
        ("vi", Decimal("1234.5"), "1.234,5"),
        ("vi", Decimal("16.00"), "16"),
        ("vi", "0.50", "0,5"),
        ("vi", 1000, "1.000"),
        ("vi", -3, "-3"),
        ("vi", 0, "0"),
        ("vi", None, "–"),
        ("en", Decimal("1234.5"), "1,234.5"),
    ],
)
def test_a_number_is_written_in_the_readers_language(language, value, shown):
    with override(language):
        assert number(value) == shown


def test_a_number_with_set_decimals_is_rounded_half_up():
    with override("vi"):
        assert number("2.345", 2) == "2,35"
        assert number(2, 1) == "2,0"


def test_a_percentage_has_two_decimals_and_no_rate_is_a_dash():
    with override("vi"):
        assert percent("83.33") == "83,33%"
        assert percent(Decimal("33.335")) == "33,34%"
        assert percent(100, 0) == "100%"
        assert percent(None) == "–"
    with override("en"):
        assert percent("83.33") == "83.33%"


def test_an_attribute_takes_a_number_no_language_touches():
    with override("vi"):
        assert plain(Decimal("1234.50")) == "1234.50"
        assert plain(2026) == "2026"
        assert plain(None) == ""


def test_a_day_is_written_day_first_in_every_language():
    for language in ("vi", "en"):
        with override(language):
            assert day(date(2026, 1, 5)) == "05/01/2026"
            assert day(None) == "–"


def test_an_instant_falls_on_vietnams_day_and_clock():
    instant = datetime(2025, 12, 31, 17, 30, tzinfo=UTC)
    assert day(instant) == "01/01/2026"
    assert moment(instant) == "01/01/2026 00:30"
    assert moment(None) == "–"
