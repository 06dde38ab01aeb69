"""The administrator finds the job that failed and lets it be tried again."""

import pytest
from django.utils import timezone

from lms.base.models import Job
from tests.factories.people import agency, person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])
def test_the_work_table_is_read_and_a_job_tried_again(visit, width, scheme):
    now = timezone.now()
    Job.objects.create(
        kind="certificates.issue", key="completion:4711", state="done", finished_at=now, run_after=now
    )
    Job.objects.create(
        kind="reports.period",
        key="2026-01-01:2026-12-31:82",
        state="failed",
        attempts=8,
        run_after=now,
        last_error="OSError: [Errno 28] No space left on device: '/srv/song-tien/private/reports/…/bao-cao.pdf'",
    )
    visitor = visit(
        width=width, scheme=scheme, who=person("Võ Thị Quản", role="administrator", agency=agency("82"))
    )
    page = visitor.go("/jobs/?state=failed")
    page.get_by_role("button", name="Chạy lại").click()
    visitor.look()
    assert Job.objects.get(kind="reports.period").state == "waiting"
