"""40,000 staff from an XLSX file against the bare reading of its sheet, in the same run."""

from __future__ import annotations

import gc
import io
import random
import time
from datetime import date
from statistics import median

import pytest
import xlsxwriter
from django.db import connection, transaction
from python_calamine import CalamineWorkbook

from lms.people.importing import StaffImporter
from lms.people.models import Person, Post
from tests.factories.people import agency

pytestmark = pytest.mark.django_db

STAFF = 40_000
AGENCIES = 500
ROUNDS = 3
HEADERS = (
    "person_id full_name birth_date gender email category agency_code position rank post_from post_to primary"
)
FAMILY = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Huỳnh",
    "Phan",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
]
MIDDLE = ["Văn", "Thị", "Hữu", "Minh", "Ngọc", "Thanh", "Quốc", "Kim", "Thùy", "Bảo", "Gia", "Hoàng"]
GIVEN = [
    "An",
    "Bình",
    "Cường",
    "Dũng",
    "Hà",
    "Hạnh",
    "Khánh",
    "Lan",
    "Linh",
    "Mai",
    "Nam",
    "Oanh",
    "Phúc",
    "Quỳnh",
    "Sơn",
    "Tâm",
    "Uyên",
    "Vinh",
    "Xuân",
    "Yến",
]
POSITIONS = (
    "Chuyên viên",
    "Chuyên viên chính",
    "Giáo viên",
    "Điều dưỡng",
    "Phó Trưởng phòng",
    "Kế toán viên",
)


def staff(count: int):
    """Yield one row a person, invented but of the real shape: number, name, birth date and sex agree."""
    draw = random.Random(82)
    for number in range(count):
        born = date(1965 + number % 35, 1 + number % 12, 1 + number % 28)
        woman = number % 2
        name = f"{draw.choice(FAMILY)} {draw.choice(MIDDLE)} {draw.choice(GIVEN)}"
        yield [
            f"082{woman}{born.year % 100:02d}{number:06d}",
            name,
            born.isoformat(),
            "female" if woman else "male",
            f"nv{number}@dongthap.example",
            ("CC", "VC", "CB", "HD")[number % 4],
            f"X{number % AGENCIES}",
            POSITIONS[number % len(POSITIONS)],
            "Chuyên viên",
            date(2020 + number % 5, 1 + number % 12, 1).isoformat(),
            "",
            "yes",
        ]


def workbook(rows) -> bytes:
    """Return the rows as the XLSX file an office would send."""
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_numbers": False})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADERS.split())
    for place, row in enumerate(rows, start=1):
        sheet.write_row(place, 0, row)
    book.close()
    return packed.getvalue()


def timed(act) -> tuple[float, object]:
    """Return how many seconds of the processor an act took, and what it returned."""
    gc.collect()
    start = time.process_time()
    answer = act()
    return time.process_time() - start, answer


def bare_reading(content: bytes) -> list:
    """Read the sheet and do nothing with it."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


@pytest.fixture
def offices():
    root = agency("82")
    return [agency(f"X{number}", parent=root) for number in range(AGENCIES)]


def test_importing_a_workbook_against_its_bare_reading(offices, capsys):
    content = workbook(staff(STAFF))
    seconds = {"bare reading": [], "check": [], "import": [], "second import": []}
    for _round in range(ROUNDS):
        with transaction.atomic():
            bare, table = timed(lambda: bare_reading(content))
            checked, _outcome = timed(lambda: StaffImporter().check(content, "staff.xlsx"))
            first, outcome = timed(lambda: StaffImporter().run(content, "staff.xlsx"))
            again, second = timed(lambda: StaffImporter().run(content, "staff.xlsx"))
            assert len(table) == STAFF + 1
            assert (outcome.added, outcome.errors) == (STAFF, [])
            assert (second.added, second.changed, second.unchanged) == (0, 0, STAFF)
            assert (Person.objects.count(), Post.objects.count()) == (STAFF, STAFF)
            transaction.set_rollback(True)
        for kept, taken in zip(seconds.values(), (bare, checked, first, again), strict=True):
            kept.append(taken)
    with capsys.disabled():
        print(f"\n{STAFF} staff by XLSX, {connection.vendor}, {ROUNDS} rounds, seconds of the processor:")
        for what, taken in seconds.items():
            ratios = [one / bare for one, bare in zip(taken, seconds["bare reading"], strict=True)]
            print(
                f"  {what}: {min(taken):.2f} (median {median(taken):.2f});"
                f" {min(ratios):.2f} times (median {median(ratios):.2f})"
            )
