"""Carrying out and undoing a change that touches many posts: promised by a page, done by a job."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lms.base.actions import Actor, enqueue, record_event
from lms.base.models import Job
from lms.people.actions.organisation import ChangeRefused, apply_change, locked_change, reverse_change
from lms.people.actions.organisation_preview import JOB as PREVIEW
from lms.people.actions.organisation_preview import ask_preview
from lms.people.changes import preview as sizes
from lms.people.changes.jobs import APPLY, REVERSE, carrying_jobs, is_on_its_way, next_key
from lms.people.changes.reach import may_change, may_undo
from lms.people.changes.request import Request
from lms.people.models import OrganisationChange

State = OrganisationChange.State
# What a job leaves names persons. The change itself keeps what was done, and its audit events who did it.
KEPT_WHEN_ASKED, KEPT_WHEN_MOOT = timedelta(days=30), timedelta(days=1)


def is_large_to_undo(change: OrganisationChange) -> bool:
    """Tell whether undoing the change writes more rows than a page may."""
    return len(change.record["rows"]) > sizes.SMALL


@transaction.atomic
def ask_apply(*, change: OrganisationChange, fingerprint: str, by: Actor) -> Job:
    """Promise to carry the change out as it was previewed; raise ChangeRefused where it is no longer prepared."""
    held = locked_change(change, State.PREPARED)
    if promised := _promised(held):
        return promised
    record_event(by=by, action="people.ask_apply", target=held, new={"kind": held.kind})
    return _promise(held, APPLY, by, fingerprint=fingerprint)


@transaction.atomic
def ask_reverse(*, change: OrganisationChange, reason: str, by: Actor) -> Job:
    """Promise to undo the change; raise ChangeRefused where it is no longer carried out."""
    held = locked_change(change, State.APPLIED)
    if promised := _promised(held):
        return promised
    record_event(by=by, action="people.ask_reverse", target=held, reason=reason)
    return _promise(held, REVERSE, by, reason=reason)


def _promised(change: OrganisationChange) -> Job | None:
    """Return the job that is on its way: it is the same promise."""
    return carrying_jobs(change).first() if is_on_its_way(change) else None


def _promise(change: OrganisationChange, kind: str, by: Actor, **more: str) -> Job:
    payload = {"change": change.pk, "by": str(by.pk), "language": get_language() or "vi", **more}
    key = next_key(carrying_jobs(change), f"{change.pk}:")
    return enqueue(kind=kind, key=key, payload=payload, by=by)


def do_apply(change: OrganisationChange, asked: dict[str, Any], by: Any) -> None:
    """Carry out what was promised, if whoever asked for it still may."""
    _refuse(may_change(by, Request.from_json(change.request)))
    apply_change(change=change, fingerprint=asked["fingerprint"], by=by)


def do_reverse(change: OrganisationChange, asked: dict[str, Any], by: Any) -> None:
    """Undo what was promised, if whoever asked for it still may."""
    _refuse(may_undo(by, change, Request.from_json(change.request)))
    reverse_change(change=change, reason=asked["reason"], by=by)


def _refuse(reaches: bool) -> None:
    if not reaches:
        raise ChangeRefused([_("Your roles do not reach every agency of this change.")])


def count_again(change: OrganisationChange, by: Actor) -> None:
    """Promise a fresh preview of a change that was not carried out as it was previewed."""
    if change.state == State.PREPARED:
        ask_preview(change=change, by=by)


def forget_old_jobs() -> int:
    """Clear the previews and answers of changes when nobody needs them any more; return how many.

    Of a change that is still prepared they are kept for a while; of one that was carried out, undone or thrown
    away a day, in which whoever asked still finds the page of the job.
    """
    now = timezone.now()
    prepared = list(OrganisationChange.objects.filter(state=State.PREPARED).values_list("pk", flat=True))
    ended = Job.objects.filter(
        kind__in=[PREVIEW, APPLY, REVERSE], state=Job.State.DONE, finished_at__lt=now - KEPT_WHEN_MOOT
    )
    moot = models.Q(finished_at__lt=now - KEPT_WHEN_ASKED) | ~models.Q(payload__change__in=prepared)
    return ended.filter(moot).delete()[0]
