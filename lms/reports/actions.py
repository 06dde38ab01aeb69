"""Asking for a period report, and keeping what was made."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from lms.base.actions import enqueue, record_event
from lms.base.models import Job
from lms.people.models import Person
from lms.reports.models import InspectionReport, PeriodReport
from lms.targets.figures import Question
from lms.targets.tables import scope_name

JOB = "reports.period"
INSPECTIONS_JOB = "reports.inspections"


@transaction.atomic
def ask_report(*, key: UUID, question: Question, by: Person) -> Job:
    """Promise a report; the same key again is the same request."""
    report, created = PeriodReport.objects.get_or_create(
        key=key,
        defaults={
            "agency_id": question.agency_ids[0] if question.agency_ids else None,
            "scope_name": scope_name(question),
            "as_of": question.as_of,
            "known_at": question.known_at,
            "period_start": question.period.start,
            "period_end": question.period.end,
            "variant": question.variant,
            "org_view": question.org_view,
            "asked_by": by,
        },
    )
    if created:
        new = {"scope": report.scope_name, "as_of": report.as_of}
        record_event(by=by, action="reports.period_asked", target=report, new=new)
    return enqueue(kind=JOB, key=str(key), payload={"report": report.pk}, by=by)


def keep_report(
    *,
    report: PeriodReport,
    numbers: dict[str, Any],
    data_sha256: str,
    pdf: bytes,
    xlsx: bytes,
    by: Person | None,
) -> None:
    """Store the files and freeze the row; the caller's transaction must be open."""
    report.rule_version = numbers["rule_version"]
    report.data, report.data_sha256 = numbers, data_sha256
    report.pdf_name, report.pdf_sha256 = _store(f"reports/{report.key}.pdf", pdf)
    report.xlsx_name, report.xlsx_sha256 = _store(f"reports/{report.key}.xlsx", xlsx)
    report.made_at = timezone.now()
    report.save()
    record_event(by=by, action="reports.period_made", target=report, new={"data_sha256": data_sha256})


def _store(wanted: str, content: bytes) -> tuple[str, str]:
    name = storages["private"].save(wanted, ContentFile(content))
    return name, hashlib.sha256(content).hexdigest()


@transaction.atomic
def ask_inspection_report(*, key: UUID, question: Question, by: Person) -> Job:
    """Promise an inspection report; the same key again is the same request."""
    report, created = InspectionReport.objects.get_or_create(
        key=key,
        defaults={
            "agency_id": question.agency_ids[0] if question.agency_ids else None,
            "scope_name": scope_name(question),
            "period_start": question.period.start,
            "period_end": question.period.end,
            "asked_by": by,
        },
    )
    if created:
        new = {"scope": report.scope_name, "from": report.period_start, "to": report.period_end}
        record_event(by=by, action="reports.inspections_asked", target=report, new=new)
    return enqueue(kind=INSPECTIONS_JOB, key=str(key), payload={"report": report.pk}, by=by)


def keep_inspection_report(
    *,
    report: InspectionReport,
    numbers: dict[str, Any],
    data_sha256: str,
    files: dict[str, bytes],
    by: Person | None,
) -> None:
    """Store the files and freeze the row; the caller's transaction must be open."""
    report.data, report.data_sha256 = numbers, data_sha256
    for layout, content in files.items():
        name, sha256 = _store(f"reports/kiem-tra-{report.key}.{layout}", content)
        report.files[layout] = {"name": name, "sha256": sha256}
    report.made_at = timezone.now()
    report.save()
    record_event(by=by, action="reports.inspections_made", target=report, new={"data_sha256": data_sha256})
