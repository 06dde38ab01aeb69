"""Forty thousand staff from a workbook: previewed, confirmed and taken back, as an officer would."""

from __future__ import annotations

import time
from datetime import date

import pytest

from lms.people.models import Person, Post
from tests.factories.people import agency, person, sign_in
from tests.factories.uploads import confirm, undo, upload, workbook

pytestmark = pytest.mark.django_db
STAFF = 40_000
AGENCIES = 200
HEADERS = [
    "person_id",
    "full_name",
    "birth_date",
    "gender",
    "category",
    "agency_code",
    "position",
    "rank",
    "post_from",
]
FAMILY, MIDDLE = ("Nguyễn", "Trần", "Lê", "Đặng", "Huỳnh"), ("Hoàng Thị", "Văn", "Thị Mỹ", "Quốc", "Phương")
GIVEN = ("Tiên", "Ân", "Thảo", "Hạnh", "Dũng", "Phượng", "Sơn", "Yến")


@pytest.fixture(scope="module")
def forty_thousand():
    """A workbook of 40,000 staff in 200 agencies."""
    rows = [HEADERS]
    for n in range(STAFF):
        name = f"{FAMILY[n % 5]} {MIDDLE[n // 5 % 5]} {GIVEN[n // 25 % 8]}"
        born = date(1970 + n % 30, 1 + n % 12, 1 + n % 28)
        number = f"0820{born.year % 100:02d}{n:06d}"
        rows.append(
            [
                number,
                name,
                f"{born:%d/%m/%Y}",
                "nam",
                ("CC", "VC")[n % 2],
                f"X{n % AGENCIES}",
                "Chuyên viên",
                "01.003",
                "2021-01-01",
            ]
        )
    return workbook(rows)


@pytest.fixture
def province():
    root = agency("82")
    for number in range(AGENCIES):
        agency(f"X{number}", parent=root)
    return root


def test_forty_thousand_are_previewed_confirmed_and_taken_back(province, forty_thousand, client):
    sign_in(client, person(code="HR", agency=province, role="provincial_hr"))
    begun = time.perf_counter()
    run = upload(client, forty_thousand, name="nhân sự.xlsx")
    assert (run.state, run.report["added"], run.lines.filter(effect="added").count()) == (
        "checked",
        STAFF,
        STAFF,
    )
    total = run.report["effect"][0]
    assert (total["before"]["n"], total["after"]["n"]) == (1, STAFF + 1)
    page = client.get(f"/imports/runs/{run.pk}/")
    assert len(page.context["listing"].page) == 50
    assert Person.objects.count() == 1
    checked = time.perf_counter() - begun
    assert confirm(client, run).state == "applied"
    assert Person.objects.count() == STAFF + 1
    written = time.perf_counter() - begun - checked
    assert undo(client, run).state == "undone"
    assert (Person.objects.count(), Post.objects.count()) == (1, 1)
    undone = time.perf_counter() - begun - checked - written
    print(f"\n{STAFF} staff: checked {checked:.1f} s, written {written:.1f} s, taken back {undone:.1f} s")
