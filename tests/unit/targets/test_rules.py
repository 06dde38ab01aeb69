"""The arithmetic of the targets, without a database."""

import json
from datetime import date
from pathlib import Path

import pytest

from lms.targets.rules import Period, Ratio, categories, counted_since, left_out

CASES = json.loads((Path(__file__).parents[2] / "data" / "indicator_cases.json").read_text())
RATIOS = [query for case in CASES if case["kind"] == "ratio" for query in case["queries"]]
SUMS = [case for case in CASES if case["kind"] == "sum"]


@pytest.mark.parametrize("query", RATIOS, ids=lambda q: f"{q['num']}/{q['den']}")
def test_worked_ratio(query):
    ratio = Ratio(query["num"], query["den"], query["target"])
    assert {"pct": ratio.pct, "met": ratio.met} == query["expect"]


@pytest.mark.parametrize("case", SUMS, ids=lambda c: c["id"])
def test_worked_sum(case):
    total = sum((Ratio(num, den, case["target"]) for num, den in case["parts"]), Ratio(0, 0, case["target"]))
    assert {"num": total.num, "den": total.den, "pct": total.pct, "met": total.met} == case["expect"]


@pytest.mark.parametrize(
    ("num", "den", "target", "missing"),
    [
        (8, 10, 100, 2),
        (3, 10, 30, 0),
        (10001, 33337, 30, 1),
        (0, 0, 50, 0),
        (0, 1, 50, 1),
        (1, 3, 50, 1),
        (5, 4, 100, 0),
    ],
)
def test_missing_is_how_many_more_would_meet_the_target(num, den, target, missing):
    ratio = Ratio(num, den, target)
    assert ratio.missing == missing
    if den:
        assert Ratio(num + missing, den, target).met is True
        assert missing == 0 or Ratio(num + missing - 1, den, target).met is False


def test_a_ratio_reads_as_the_contract_says():
    assert Ratio(8, 10, 100).as_json() == {
        "num": 8,
        "den": 10,
        "pct": "80.00",
        "target": 100,
        "met": False,
        "missing": 2,
    }


def test_a_period_ends_the_day_before_its_end():
    year = Period.year_of(date(2025, 6, 30))
    assert date(2025, 1, 1) in year
    assert date(2025, 12, 31) in year
    assert date(2026, 1, 1) not in year


def test_a_missing_bound_is_that_of_the_year():
    assert Period.asked(date(2025, 7, 1), None, date(2025, 12, 31)) == Period(
        date(2025, 7, 1), date(2026, 1, 1)
    )
    assert Period(date(2025, 7, 1), date(2025, 7, 1)).is_empty


def test_contract_staff_count_only_in_the_wide_variant():
    assert categories("headline") == categories("annual") == categories("adjusted") == ("CB", "CC", "VC")
    assert categories("wide") == ("CB", "CC", "VC", "HD", "KCT")


def test_only_the_annual_variant_forgets_earlier_years():
    assert counted_since("annual", date(2025, 6, 30)) == date(2025, 1, 1)
    assert counted_since("headline", date(2025, 6, 30)) is None


@pytest.mark.parametrize(
    ("act", "status", "is_secret", "expected"),
    [
        ("KT", "COMPLETED", False, None),
        ("KT", "COMPLETED", True, "SECRET"),
        ("TT", "COMPLETED", False, "TT"),
        ("DANG", "COMPLETED", False, "DANG"),
        ("KT", "CANCELLED", False, "CANCELLED"),
        ("KT", "TERMINATED", False, "TERMINATED"),
        ("KT", "SUSPENDED", False, "SUSPENDED"),
        ("KT", "IN_PROGRESS", False, "RUNNING"),
        ("KT", "PLANNED", False, "RUNNING"),
    ],
)
def test_what_stands_beside_the_rate(act, status, is_secret, expected):
    assert left_out(act, status, is_secret=is_secret) == expected
