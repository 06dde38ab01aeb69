"""What every installation starts with; an administrator's change is never overwritten."""

from django.db import transaction

from inspections.actions.checklist import publish_version
from inspections.calendar.days import shipped_days
from inspections.checklists import workbook
from inspections.models import ChecklistTemplate, Holiday, InspectionKind, KindPeriod

# Điều 13 NĐ 217/2025: (level of the lead agency, days, days of the one extension). The decree knows
# no district; until 30/06/2025 there was one, and it stood beside the province's departments.
SPECIALISED = "kiem-tra-chuyen-nganh"
PERIODS = (("province", 10, 5), ("district", 10, 5), ("commune", 7, 3), ("ministry", 15, 7))

NAMES = {"an-toan-thong-tin": "Phiếu kiểm tra an toàn thông tin"}
FIELDS = {"an-toan-thong-tin": "An toàn thông tin"}


@transaction.atomic
def ensure_basics() -> None:
    """Create the kinds, holidays and checklists that are missing."""
    ensure_kinds()
    ensure_holidays()
    ensure_checklists()


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


def ensure_checklists() -> None:
    """Publish the first version of each shipped checklist that is missing."""
    for code in workbook.shipped():
        template = ChecklistTemplate.objects.filter(code=code).first()
        if template is None:
            template = ChecklistTemplate.objects.create(code=code, name=NAMES[code], field=FIELDS[code])
        if not template.versions.exists():
            publish_version(by=None, template=template, sheet=workbook.workbook(code))
