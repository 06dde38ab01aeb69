"""Asking for a check of the whole log: long work, so a job."""

from django.db import transaction
from django.utils import timezone

from lms.base.actions import Actor, enqueue, record_event
from lms.base.models import Job

CHECK_JOB = "audit.check"


@transaction.atomic
def ask_check(*, by: Actor | None) -> Job:
    """Promise one check; asked again in the same minute it is the same promise."""
    who = by.pk if by else "night"
    job = enqueue(kind=CHECK_JOB, key=f"{timezone.now():%Y-%m-%dT%H:%M}/{who}", by=by)
    if by is not None:
        record_event(by=by, action="audit.check", target=job)
    return job
