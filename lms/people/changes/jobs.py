"""The jobs that carry a change out or undo it where it touches too many posts for a page."""

from __future__ import annotations

from django.db import models

from lms.base.models import Job
from lms.people.models import OrganisationChange

APPLY, REVERSE = "people.apply_change", "people.reverse_change"


def carrying_jobs(change: OrganisationChange) -> models.QuerySet[Job]:
    """Return what was promised of the change, the newest first."""
    return Job.objects.filter(kind__in=[APPLY, REVERSE], key__startswith=f"{change.pk}:").order_by("-pk")


def is_on_its_way(change: OrganisationChange) -> bool:
    """Tell whether a job has still to carry the change out or to undo it."""
    return carrying_jobs(change).filter(state__in=[Job.State.WAITING, Job.State.RUNNING]).exists()


def next_key(jobs: models.QuerySet[Job], beginning: str) -> str:
    """Return the key of one more job of these: jobs are cleared by age, so the last one's number counts on."""
    last = jobs.values_list("key", flat=True).first()
    return f"{beginning}{int(last.rsplit(':', 1)[1]) + 1 if last else 0}"
