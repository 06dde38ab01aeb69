"""What every installation starts with; an administrator's change is never overwritten."""

from django.db import transaction

from inspections.calendar.days import shipped_days
from inspections.models import Holiday, InspectionKind, KindPeriod

# Điều 13 NĐ 217/2025: (level of the lead agency, days, days of the one extension). The decree knows
# no district; until 30/06/2025 there was one, and it stood beside the province's departments.
SPECIALISED = "kiem-tra-chuyen-nganh"
PERIODS = (("province", 10, 5), ("district", 10, 5), ("commune", 7, 3), ("ministry", 15, 7))


@transaction.atomic
def ensure_basics() -> None:
    """Create the kinds, holidays and checklists that are missing."""
    ensure_kinds()
    ensure_holidays()


def ensure_kinds() -> None:
    """Create kiểm tra chuyên ngành where it is missing."""
    kind, created = InspectionKind.objects.get_or_create(
        code=SPECIALISED,
        defaults={
            "name": "Kiểm tra chuyên ngành",
            "legal_basis": "Nghị định số 217/2025/NĐ-CP",
            "requires_announcement": True,
            "requires_result": False,
            "closing_document": "Thông báo kết quả kiểm tra",
        },
    )
    if created:
        KindPeriod.objects.bulk_create(
            KindPeriod(kind=kind, level=level, days=days, extra_days=extra) for level, days, extra in PERIODS
        )


def ensure_holidays() -> None:
    """Create the days off and days worked that are missing."""
    known = set(Holiday.objects.values_list("day", flat=True))
    Holiday.objects.bulk_create(
        Holiday(day=day, name=name, is_worked=is_worked)
        for day, is_worked, name in shipped_days()
        if day not in known
    )
