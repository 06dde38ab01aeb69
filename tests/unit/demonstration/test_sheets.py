"""The sheets: real places, invented people, the same every time."""

import csv
from collections import Counter
from datetime import date

import pytest

from lms.demonstration.sheets import write_sheets
from lms.demonstration.sheets.agencies import PROVINCES_MERGED, units
from lms.demonstration.sheets.careers import Register
from lms.demonstration.sheets.inspections import inspection_rows


@pytest.fixture(scope="module")
def careers():
    return Register().fill()


def alive(day):
    return [u for u in units() if u.valid_from <= day and (u.valid_to is None or day < u.valid_to)]


def test_tien_giang_had_eleven_districts_and_164_communes_on_its_last_day():
    last_day = [unit for unit in alive(date(2025, 6, 30)) if unit.former_province == "82"]
    assert Counter(unit.level for unit in last_day)["district"] == 11
    communes = [unit for unit in last_day if unit.level == "commune"]
    assert Counter(unit.kind for unit in communes) == {"Xã": 135, "Phường": 21, "Thị trấn": 8}


def test_the_new_province_has_102_communes_and_no_district():
    today = alive(PROVINCES_MERGED)
    assert Counter(unit.kind for unit in today if unit.level == "commune") == {"Xã": 82, "Phường": 20}
    assert not [unit for unit in today if unit.level == "district"]
    assert [unit.name for unit in today if unit.code == "82"] == ["Tỉnh Đồng Tháp"]


def test_codes_are_reused_but_never_on_one_day():
    for day in (date(2024, 4, 30), date(2024, 5, 1), date(2025, 2, 28), date(2025, 6, 30), PROVINCES_MERGED):
        assert max(Counter(unit.code for unit in alive(day)).values()) == 1


def test_go_cong_was_a_thi_xa_to_30_april_2024():
    assert [u.name for u in alive(date(2024, 4, 30)) if u.code == "816"] == ["Thị xã Gò Công"]
    assert [u.name for u in alive(date(2024, 5, 1)) if u.code == "816"] == ["Thành phố Gò Công"]


def test_every_successor_exists_on_the_day_its_predecessor_ends():
    for unit in units():
        codes = {other.code for other in alive(unit.valid_to)} if unit.valid_to else set()
        assert set(unit.successors) <= codes
        assert bool(unit.successors) == bool(unit.valid_to)


def test_a_district_was_split_among_the_communes_that_took_its_place():
    my_tho = next(unit for unit in units() if unit.code == "815")
    names = {unit.code: unit.name for unit in alive(PROVINCES_MERGED)}
    assert {names[code] for code in my_tho.successors} == {
        "Phường Mỹ Tho",
        "Phường Đạo Thạnh",
        "Phường Mỹ Phong",
        "Phường Thới Sơn",
        "Phường Trung An",
    }


def test_staff_are_many_and_nobody_holds_two_primary_posts_at_once(careers):
    assert len(careers) >= 1500
    for career in careers:
        for before, after in zip(career.main, career.main[1:], strict=False):
            assert before.end is not None and before.end <= after.start


def test_numbers_are_invented_unique_and_agree_with_sex_and_year(careers):
    numbers = [career.number for career in careers]
    assert len(set(numbers)) == len(numbers)
    for career in careers:
        assert career.number.startswith("099") and len(career.number) == 12
        assert career.number[3] == str((2 if career.birth.year >= 2000 else 0) + career.female)
        assert career.number[4:6] == f"{career.birth.year % 100:02d}"


def test_nobody_works_as_a_child(careers):
    assert all(career.stints[0].start.year - career.birth.year >= 18 for career in careers)


def test_inspections_are_of_every_class():
    rows = list(inspection_rows())
    cases = {row["inspection_code"]: row for row in rows}
    assert len(cases) >= 60
    assert {row["status"] for row in rows} == {
        "PLANNED", "IN_PROGRESS", "SUSPENDED", "TERMINATED", "CANCELLED", "COMPLETED",
    }  # fmt: skip
    assert {row["kind"] for row in rows} == {"KT", "TT", "DANG"}
    assert {row["method"] for row in rows} == {"ONSITE", "REMOTE"}
    assert {row["completed_on"][:4] for row in rows if row["completed_on"]} == {
        "2022",
        "2023",
        "2024",
        "2025",
        "2026",
    }
    secret = [row for row in rows if row["secret"] == "yes"]
    assert secret and not any(row["field"] or row["subject_name"] or row["steps"] for row in secret)


def test_the_same_sheets_come_out_every_time(tmp_path):
    first, second = write_sheets(tmp_path / "one"), write_sheets(tmp_path / "two")
    for kind, path in first.items():
        assert path.read_bytes() == second[kind].read_bytes(), kind


def test_training_differs_by_year_and_holds_every_state(tmp_path):
    with write_sheets(tmp_path)["training"].open(encoding="utf-8") as sheet:
        rows = list(csv.DictReader(sheet))
    years = Counter(row["completed_at"][:4] for row in rows)
    assert set(years) == {"2021", "2022", "2023", "2024", "2025", "2026"}
    assert years["2025"] > 2 * years["2021"]
    assert {row["passed"] for row in rows} == {row["verified"] for row in rows} == {"yes", "no"}
    assert {row["revoked_mode"] for row in rows} == {"", "from_date", "ab_initio"}
    assert {row["provider"] for row in rows} >= {"Trường Chính trị Tiền Giang", "Nền tảng One Touch"}
