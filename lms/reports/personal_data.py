"""What this room holds about persons, field by field."""

from lms.people.personal_data import PLAIN, WORK, declare

declare(
    "reports.PeriodReport",
    (WORK, "asked_by asked_at"),
    (PLAIN, "id key agency scope_name as_of known_at period_start period_end variant org_view made_at rule_version data data_sha256 pdf_name pdf_sha256 xlsx_name xlsx_sha256"),
)  # fmt: skip
declare(
    "reports.InspectionReport",
    (WORK, "asked_by asked_at"),
    (PLAIN, "id key agency scope_name period_start period_end made_at data data_sha256 files"),
)
