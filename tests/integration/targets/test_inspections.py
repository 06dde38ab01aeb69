"""I3 of imported inspections: which count, for whom, in which tree."""

from datetime import date

import pytest

from lms.targets.figures import Board, ask, figures
from tests.factories.people import agency, succeed
from tests.factories.sheets import import_rows, indicators

pytestmark = pytest.mark.django_db

YEAR_END = date(2025, 12, 31)


def inspection(code, *steps, lead="SNV", on="2025-05-10", **changes):
    """Import one inspection with one row a subject."""
    row = {
        "inspection_code": code,
        "lead_code": lead,
        "status": "COMPLETED",
        "completed_on": on,
        "subject_name": "Công ty Tân Phước",
        "subject_kind": "DN",
        **changes,
    }
    import_rows(
        "inspections",
        [{**row, "subject_id": f"{code}-{place}", "steps": marks} for place, marks in enumerate(steps)],
    )


def share(**question):
    """Return (full, partial, paper) of the question."""
    found = figures(ask(**{"as_of": YEAR_END, **question})).share
    return found.full, found.partial, found.paper


def test_only_completed_open_kiem_tra_of_the_period_count_and_the_others_are_listed():
    agency()
    inspection("K1", "DDDDD")
    inspection("K2", "DDDDD", kind="TT")
    inspection("K3", "DDDDD", kind="DANG")
    import_rows(
        "inspections",
        [
            {
                "inspection_code": "K4",
                "lead_code": "SNV",
                "status": "COMPLETED",
                "completed_on": "2025-05-10",
                "secret": "yes",
            }
        ],
    )
    for number, status in enumerate(["CANCELLED", "IN_PROGRESS", "SUSPENDED", "PLANNED"]):
        inspection(f"R{number}", "DDNNN", on="", status=status)
    inspection("K5", "DDNNN", status="TERMINATED", on="2025-09-01")
    inspection("K6", "DDDDD", on="2024-12-31")
    inspection("K7", "DDDDD", on="2026-01-01")
    assert share() == (1, 0, 0)
    reasons = sorted(str(case.left_out.value) for case in Board(ask(as_of=YEAR_END)).cases.left_out())
    assert reasons == ["CANCELLED", "DANG", "RUNNING", "RUNNING", "SECRET", "SUSPENDED", "TERMINATED", "TT"]


def test_a_period_is_half_open_and_defaults_to_the_year():
    agency()
    inspection("K1", "DDDDD", on="2025-01-01")
    inspection("K2", "DDDDD", on="2025-07-01")
    assert share() == (2, 0, 0)
    assert share(as_of=date(2025, 1, 1)) == (2, 0, 0)
    assert share(start=date(2025, 1, 1), end=date(2025, 7, 1)) == (1, 0, 0)
    assert share(start=date(2025, 7, 1), end=date(2025, 7, 2)) == (1, 0, 0)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (["DDDDD"], (1, 0, 0)),
        (["DNDDN"], (1, 0, 0)),
        (["DPDDD"], (0, 1, 0)),
        (["PPPPP"], (0, 0, 1)),
        (["PNPPN"], (0, 0, 1)),
        (["DDDDD", "PPPPP"], (0, 1, 0)),
        (["DDDDD", "DDDDN"], (1, 0, 0)),
    ],
)
def test_an_inspection_is_classed_by_its_subjects(steps, expected):
    agency()
    inspection("K1", *steps)
    assert share() == expected


def test_a_joint_inspection_counts_once_for_its_lead():
    agency("SYT"), agency("SCT")
    inspection("K1", "DDDDD", lead="SYT", member_codes="SCT")
    assert share(codes=["SYT"]) == (1, 0, 0)
    assert share(codes=["SCT"]) == (0, 0, 0)
    assert share(codes=["SYT", "SCT"]) == (1, 0, 0)


def test_the_tree_is_that_of_the_day_of_completion():
    old_root = agency("82", name="Tỉnh Tiền Giang", valid_to=date(2025, 7, 1))
    new_root = agency("82", name="Tỉnh Đồng Tháp", valid_from=date(2025, 7, 1))
    succeed(old_root, new_root, on=date(2025, 7, 1))
    old = agency("TG-SNV", parent=old_root, valid_to=date(2025, 7, 1))
    new = agency("SNV", parent=new_root, valid_from=date(2025, 7, 1))
    succeed(old, new, on=date(2025, 7, 1))
    inspection("K1", "DDDDD", lead="TG-SNV", on="2025-06-30")
    inspection("K2", "PPPPP", lead="SNV", on="2025-07-01")
    assert share() == (1, 0, 1)
    assert share(codes=["82"]) == (0, 0, 1)
    assert share(as_of=date(2025, 6, 30), codes=["82"]) == (1, 0, 0)
    assert share(codes=["TG-SNV"]) == (1, 0, 0)
    assert share(codes=["SNV"]) == (0, 0, 1)
    assert share(codes=["82"], org_view="current") == (1, 0, 1)
    assert share(codes=["SNV"], org_view="current") == (1, 0, 1)
    assert share(codes=["TG-SNV"], org_view="current") == (1, 0, 1)
    assert share(org_view="current") == (1, 0, 1)


def test_after_a_split_a_case_belongs_to_the_successor_named_first():
    old = agency("A", valid_to=date(2025, 7, 1))
    first, second = (agency(code, valid_from=date(2025, 7, 1)) for code in ("A1", "A2"))
    succeed(old, first, second, on=date(2025, 7, 1), kind="split")
    inspection("K1", "DDDDD", lead="A")
    assert share(codes=["A1"], org_view="current") == (1, 0, 0)
    assert share(codes=["A2"], org_view="current") == (0, 0, 0)
    assert share(codes=["A"], org_view="current") == (1, 0, 0)


def test_remote_is_a_stricter_part_of_full():
    agency()
    inspection("K1", "DDDDD", method="REMOTE")
    inspection("K2", "DDDDD", method="ONSITE")
    inspection("K3", "DPDDD", method="REMOTE")
    assert indicators("--as-of", "2025-12-31")["i3"] == {
        "num": 2,
        "den": 3,
        "pct": "66.67",
        "target": 50,
        "met": True,
        "missing": 0,
        "partial": 1,
        "paper": 0,
        "remote_num": 1,
        "remote_pct": "33.33",
        "subjects_num": 2,
        "subjects_den": 3,
        "subjects_pct": "66.67",
    }


@pytest.mark.parametrize(("day", "target"), [("2025-12-31", 50), ("2026-01-01", 70), ("2021-01-01", 50)])
def test_the_threshold_in_force_and_its_override(day, target):
    assert indicators("--as-of", day)["i3"]["target"] == target
    assert indicators("--as-of", day, "--target3", "65")["i3"]["target"] == 65
    assert [indicators("--as-of", day)[name]["target"] for name in ("i1", "i2")] == [100, 30]
