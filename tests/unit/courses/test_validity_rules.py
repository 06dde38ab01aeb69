"""How long a completion is valid, by the civil code's way of counting months."""

from __future__ import annotations

from datetime import date

import pytest

from courses.models import Course
from courses.rules import Validity, refuse_enrolment, renewal_opens, valid_until, validity_on


@pytest.mark.parametrize(
    ("on", "months", "last"),
    [
        (date(2026, 11, 5), 24, date(2028, 11, 5)),
        (date(2026, 11, 5), 1, date(2026, 12, 5)),
        (date(2026, 11, 5), 2, date(2027, 1, 5)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 5), None, None),
    ],
)
def test_the_last_day_is_the_corresponding_day_or_the_months_last(on, months, last):
    assert valid_until(on, months) == last


@pytest.mark.parametrize(
    ("on", "stands"),
    [
        (date(2028, 8, 6), Validity.VALID),
        (date(2028, 8, 7), Validity.RENEWABLE),
        (date(2028, 11, 5), Validity.RENEWABLE),
        (date(2028, 11, 6), Validity.EXPIRED),
    ],
)
def test_the_window_opens_before_the_end_and_the_last_day_counts(on, stands):
    assert renewal_opens(date(2028, 11, 5), 90) == date(2028, 8, 7)
    assert validity_on(on, date(2028, 11, 5), 90) == stands


def test_without_an_end_nothing_expires():
    assert validity_on(date(2999, 1, 1), None, 90) == Validity.ENDLESS


def test_nobody_enrols_again_before_the_window_opens():
    course = Course(code="X", name="X", renewal_days=90)
    refused = refuse_enrolment(course, date(2028, 8, 6), date(2028, 11, 5))
    assert refused is not None
    assert refused.code == "not_yet"
    assert "05/11/2028" in refused.sentence
    assert "07/08/2028" in refused.sentence
    assert refuse_enrolment(course, date(2028, 8, 7), date(2028, 11, 5)) is None
    assert refuse_enrolment(course, date(2030, 1, 1), date(2028, 11, 5)) is None
    assert refuse_enrolment(course, date(2028, 8, 6), None) is None
