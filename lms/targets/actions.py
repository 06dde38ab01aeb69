"""What `migrate` alone must bring: version 1 of the formulas, and the thresholds."""

from datetime import date

from django.db import transaction

from lms.base.actions import record_event
from lms.targets.models import RuleVersion, Threshold
from lms.targets.rules import RULE_VERSION
from lms.targets.states import Indicator

SCHEME = "QĐ 605 (16/03/2021), Đề án Chính quyền số tỉnh Tiền Giang"
ALWAYS = date.min

# The words are Vietnamese because they are printed on the province's own reports.
VERSION_1 = {
    Indicator.DIGITAL_SKILLS: (
        "Cán bộ, công chức, viên chức có vị trí công tác chính còn hiệu lực tại ngày chốt số liệu",
        "Người có từ 08 tiết trở lên của các khóa kỹ năng số đã đạt, đã xác nhận và chưa bị thu hồi",
    ),
    Indicator.DATA_ANALYSIS: (
        "Cán bộ, công chức, viên chức có vị trí công tác chính còn hiệu lực tại ngày chốt số liệu",
        "Người đã được tính về kỹ năng số và có từ 16 tiết trở lên của các khóa phân tích, xử lý dữ liệu",
    ),
    Indicator.DIGITAL_INSPECTIONS: (
        "Cuộc kiểm tra hoàn thành trong kỳ, không thuộc bí mật nhà nước, tính cho cơ quan chủ trì",
        "Cuộc kiểm tra mà mọi bước bắt buộc với mọi đối tượng đều thực hiện đúng hạn trên hệ thống",
    ),
}
THRESHOLDS = (
    (Indicator.DIGITAL_SKILLS, 100, ALWAYS, None),
    (Indicator.DATA_ANALYSIS, 30, ALWAYS, None),
    (Indicator.DIGITAL_INSPECTIONS, 50, ALWAYS, date(2026, 1, 1)),
    (Indicator.DIGITAL_INSPECTIONS, 70, date(2026, 1, 1), None),
)


@transaction.atomic
def ensure_rules() -> None:
    """Bring what is missing; what an administrator has changed stays as it is."""
    _ensure_versions()
    _ensure_thresholds()


def _ensure_versions() -> None:
    for indicator, (population, numerator) in VERSION_1.items():
        row, created = RuleVersion.objects.get_or_create(
            indicator=indicator,
            version=RULE_VERSION,
            defaults={
                "population": population,
                "numerator": numerator,
                "legal_basis": SCHEME,
                "valid_from": ALWAYS,
            },
        )
        if created:
            record_event(
                by=None, action="targets.rule_version_added", target=row, new={"version": RULE_VERSION}
            )


def _ensure_thresholds() -> None:
    known = set(Threshold.objects.values_list("indicator", flat=True))
    for indicator, percent, start, end in THRESHOLDS:
        if indicator in known:
            continue
        row = Threshold.objects.create(
            indicator=indicator, percent=percent, valid_from=start, valid_to=end, legal_basis=SCHEME
        )
        record_event(by=None, action="targets.threshold_added", target=row, new={"percent": percent})
