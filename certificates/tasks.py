"""Issuing by job: the table holds the promise, huey only rings."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from certificates.actions import ISSUE_JOB, issue, promise_due
from certificates.rules import earns
from courses.models import Completion
from lms.base.jobs import handles
from lms.base.models import Job


@handles(ISSUE_JOB)
def issue_certificate(job: Job) -> None:
    """Issue the certificate of one completion; one that was withdrawn meanwhile gets none."""
    completion = Completion.objects.select_related("course", "person").get(pk=job.payload["completion"])
    if earns(completion):
        issue(completion=completion, by=None)


@db_periodic_task(crontab(minute="*/5"))
def pull_due() -> None:
    """Promise what is due and was not promised, because a nudge was lost or a record was written elsewhere."""
    promise_due()
