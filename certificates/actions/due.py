"""Taking what is due: completions that earned a certificate, and certificates that stopped half-way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.db import transaction

from certificates.actions.freezing import NotIssued
from certificates.actions.issuing import finish, issue
from certificates.models import Certificate
from certificates.queries import completions_due
from courses.models import Completion
from lms.base.actions import Actor, enqueue
from lms.base.dates import today
from lms.base.models import Job

ISSUE_JOB = "certificates.issue"
ENDED = (Job.State.FAILED, Job.State.DONE)


@dataclass
class Issued:
    """What a round of issuing did: how many certificates, and which completions it could not serve and why."""

    count: int = 0
    refused: list[tuple[Completion, str]] = field(default_factory=list)


def issue_due(*, by: Actor | None = None, limit: int | None = None) -> Issued:
    """Issue every certificate that is due and finish those half-way; what cannot be issued is told."""
    done = Issued()
    for certificate in Certificate.objects.in_making().select_related("completion__course")[:limit]:
        _try(done, certificate.completion, partial(finish, certificate=certificate, by=by))
    for completion in completions_due().select_related("course")[:limit]:
        _try(done, completion, partial(issue, completion=completion, by=by))
    return done


def promise(*, completion: Completion, again: str = "") -> None:
    """Write the job that issues the certificate, in the caller's transaction; the same again is the same promise."""
    enqueue(kind=ISSUE_JOB, key=f"{completion.pk}{again}", payload={"completion": completion.pk})


def promise_due(*, limit: int = 500) -> int:
    """Promise a certificate for every completion that is due or half-way, also where the nudge was lost.

    Where the first promise failed in all its tries (fonts not built, disk full), or its number was annulled
    since, there is a new one each day.
    """
    due = list(completions_due().only("pk")[:limit])
    half_way = Certificate.objects.in_making().values("completion")
    due += list(Completion.objects.filter(pk__in=half_way).only("pk").order_by("pk")[:limit])
    keys = [str(completion.pk) for completion in due]
    ended = Job.objects.filter(kind=ISSUE_JOB, state__in=ENDED, key__in=keys).values_list("key", flat=True)
    broken = set(ended)
    with transaction.atomic():
        for completion in due:
            promise(completion=completion, again=f"/{today()}" if str(completion.pk) in broken else "")
    return len(due)


def _try(done: Issued, completion: Completion, work: Callable[[], Certificate]) -> None:
    try:
        work()
        done.count += 1
    except NotIssued as refusal:
        done.refused.append((completion, str(refusal)))
