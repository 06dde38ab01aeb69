"""Jobs of this room."""

from __future__ import annotations

from django.urls import reverse

from lms.base.jobs import Running, handles
from lms.reports.actions import JOB, keep_report
from lms.reports.documents import period_pdf, period_xlsx
from lms.reports.models import PeriodReport
from lms.reports.period import data_hash, letterhead_of, numbers_of, question_of

STEPS = 4


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
    xlsx = period_xlsx(numbers, digest)
    run.progress(2, STEPS)
    pdf = period_pdf(numbers, letterhead_of(report), digest)
    run.progress(3, STEPS)
    with run.finish(result=result):
        keep_report(
            report=report, numbers=numbers, data_sha256=digest, pdf=pdf, xlsx=xlsx, by=report.asked_by
        )
