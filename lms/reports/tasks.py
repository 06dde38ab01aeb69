"""Jobs of this room."""

from __future__ import annotations

from django.urls import reverse

from lms.base.audit import printed_head
from lms.base.documents import render_pdf
from lms.base.documents.word import word_of
from lms.base.jobs import Running, handles
from lms.reports.actions import INSPECTIONS_JOB, JOB, keep_inspection_report, keep_report
from lms.reports.cases import case_numbers
from lms.reports.documents import inspections_document, inspections_xlsx, period_pdf, period_xlsx
from lms.reports.models import InspectionReport, PeriodReport
from lms.reports.period import data_hash, letterhead_of, numbers_of, question_of

STEPS = 4
# Word takes long over a table of thousands of rows: PDF and XLSX list them all.
MOST_IN_WORD = 300


@handles(JOB, long=True)
def make_period_report(run: Running) -> None:
    """Count, write the workbook, lay the paper out, keep both; a report made before is left as it is."""
    report = PeriodReport.objects.get(pk=run.payload["report"])
    result = {"url": reverse("target-report", args=[report.key])}
    if report.is_made:
        with run.finish(result=result):
            return
    run.progress(0, STEPS)
    numbers = numbers_of(question_of(report))
    digest = data_hash(numbers)
    run.progress(1, STEPS)
    head = printed_head()
    xlsx = period_xlsx(numbers, digest, head)
    run.progress(2, STEPS)
    pdf = period_pdf(numbers, letterhead_of(report), digest, head)
    run.progress(3, STEPS)
    with run.finish(result=result):
        keep_report(
            report=report, numbers=numbers, data_sha256=digest, pdf=pdf, xlsx=xlsx, by=report.asked_by
        )


@handles(INSPECTIONS_JOB, long=True)
def make_inspection_report(run: Running) -> None:
    """Count, lay out as PDF, Word and workbook, keep all three; a report made before is left as it is."""
    report = InspectionReport.objects.get(pk=run.payload["report"])
    result = {"url": reverse("inspection-report", args=[report.key])}
    if report.is_made:
        with run.finish(result=result):
            return
    run.progress(0, STEPS)
    numbers = case_numbers(report)
    digest = data_hash(numbers)
    run.progress(1, STEPS)
    head, letterhead = printed_head(), letterhead_of(report)
    files = {"pdf": render_pdf(inspections_document(numbers, letterhead, digest, head))}
    run.progress(2, STEPS)
    files["docx"] = word_of(inspections_document(numbers, letterhead, digest, head, most_cases=MOST_IN_WORD))
    run.progress(3, STEPS)
    files["xlsx"] = inspections_xlsx(numbers, digest, head)
    with run.finish(result=result):
        keep_inspection_report(
            report=report, numbers=numbers, data_sha256=digest, files=files, by=report.asked_by
        )
