"""Previewing a change of the organisation: at once where few posts are touched, else as a job with progress."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

from django.db import models, transaction
from django.utils.translation import get_language

from lms.base.actions import Actor, enqueue, record_event
from lms.base.models import Job
from lms.people.actions.organisation_effects import effects_of
from lms.people.changes import preview as sizes
from lms.people.changes.jobs import next_key
from lms.people.changes.preview import Preview
from lms.people.changes.request import Request
from lms.people.changes.staff import planned, posts_touched
from lms.people.changes.words import written
from lms.people.models import OrganisationChange

JOB = "people.preview_change"
STEPS = 4


def is_large(request: Request) -> bool:
    """Tell whether trying the change takes longer than a page may."""
    return posts_touched(request) > sizes.SMALL


def preview_of(request: Request, progress: Callable[[int, int], None] | None = None) -> Preview:
    """Plan the change and try it; nothing is left of it."""
    tell = progress or (lambda done, total: None)
    tell(0, STEPS)
    plan = planned(request)
    if plan.refusals:
        return Preview(refusals=plan.refusals)
    tell(1, STEPS)
    effects = effects_of(plan, counted=lambda: tell(2, STEPS))
    tell(3, STEPS)
    return Preview(
        written=written(plan), ended=list(plan.ended), fingerprint=plan.fingerprint, effects=effects
    )


@transaction.atomic
def ask_preview(*, change: OrganisationChange, by: Actor) -> Job:
    """Promise a preview of the change as it is asked for now; one that is on its way is the same promise."""
    asked = preview_jobs(change)
    coming = asked.filter(state__in=[Job.State.WAITING, Job.State.RUNNING]).first()
    if coming:
        return coming
    record_event(by=by, action="people.ask_preview", target=change, new={"kind": change.kind})
    return enqueue(
        kind=JOB,
        key=next_key(asked, _key(change)),
        payload={"change": change.pk, "language": get_language() or "vi"},
        by=by,
    )


def preview_jobs(change: OrganisationChange) -> models.QuerySet[Job]:
    """Return the previews of the change as it is asked for now, in the language of now, the newest first."""
    return Job.objects.filter(kind=JOB, key__startswith=_key(change)).order_by("-pk")


def _key(change: OrganisationChange) -> str:
    asked = hashlib.sha256(json.dumps(change.request, sort_keys=True).encode()).hexdigest()[:32]
    return f"{change.pk}:{get_language() or 'vi'}:{asked}:"
