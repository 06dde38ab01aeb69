"""Jobs of this room."""

from __future__ import annotations

from django.utils import timezone

from courses.actions import submit_attempt
from courses.models import Attempt
from lms.base.jobs import handles
from lms.base.models import Job


@handles("courses.close_attempt")
def close_attempt(job: Job) -> None:
    """Close one attempt when its time is over, counting what was saved; promised when it started."""
    attempt = Attempt.objects.filter(pk=job.payload["attempt"]).first()
    if attempt is not None:
        submit_attempt(attempt=attempt, by=None, at=max(timezone.now(), attempt.deadline_at))
