"""Jobs of this room."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from courses.actions import expire_attempt
from courses.actions.integrity import find_signals, forget_traces
from courses.actions.replays import found_differences, keep_findings
from courses.models import Attempt
from lms.base.actions import enqueue
from lms.base.dates import today
from lms.base.jobs import Running, handles
from lms.base.models import Job

REPLAY, FORGET = "courses.replay", "courses.forget_traces"


@handles("courses.close_attempt")
def close_attempt(job: Job) -> None:
    """Close one attempt when its time is over, counting what was saved; promised when it started."""
    attempt = Attempt.objects.filter(pk=job.payload["attempt"]).first()
    if attempt is not None:
        expire_attempt(attempt=attempt, at=timezone.now())


@db_periodic_task(crontab(hour="2", minute="40"))
def promise_replay() -> None:
    """Promise tonight's derivation of everything from the facts; the same day again is the same promise."""
    with transaction.atomic():
        enqueue(kind=REPLAY, key=today().isoformat())


@handles(REPLAY, long=True)
def derive_everything(run: Running) -> None:
    """Derive everything again; what differs is kept for a person, and nothing is mended."""
    started = timezone.now()
    found = list(found_differences(run.progress))
    with run.finish(result={"differences": len(found)}):
        keep_findings(found=found, started_at=started)


@handles("courses.find_signals")
def look_for_signals(job: Job) -> None:
    """Look for what a person should look at, once an attempt is closed."""
    attempt = Attempt.objects.select_related("enrolment").filter(pk=job.payload["attempt"]).first()
    if attempt is not None:
        find_signals(attempt=attempt)


@db_periodic_task(crontab(minute="35", hour="2"))
def promise_forgetting() -> None:
    """Promise the day's forgetting of devices and addresses; the same day again is the same promise."""
    with transaction.atomic():
        enqueue(kind=FORGET, key=today().isoformat())


@handles(FORGET)
def forget_old_traces(job: Job) -> None:
    """Forget devices and addresses of attempts closed a year ago."""
    forget_traces()
