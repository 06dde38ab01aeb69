"""Claiming and doing what is due, once in effect."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from lms.base.jobs.registry import handler_of
from lms.base.models import Job
from lms.base.origin import coming_from

LEASE = timedelta(minutes=5)
FIRST_WAIT = timedelta(seconds=5)
# A database's error quotes the row, personal numbers among it; whoever runs the system must not read them.
LONG_NUMBER = re.compile(r"\d{9,}")
log = structlog.get_logger("lms.base.jobs")


class LostLease(Exception):
    """Another worker has taken the job over; nothing of this run is kept."""


class Running:
    """A job in work: its payload, its progress and its end."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.payload: dict[str, Any] = job.payload

    def progress(self, done: int, total: int) -> None:
        """Say how far it is, and hold the job for another lease."""
        held = self._mine().update(
            progress_done=done, progress_total=total, lease_until=timezone.now() + LEASE
        )
        if not held:
            raise LostLease

    @contextmanager
    def finish(self, result: dict[str, Any] | None = None) -> Iterator[None]:
        """Open the one transaction in which results are written and the job becomes done."""
        with transaction.atomic():
            marked = self._mine().update(
                state=Job.State.DONE,
                finished_at=timezone.now(),
                lease_token=None,
                lease_until=None,
                last_error="",
                result=result or {},
            )
            if not marked:
                raise LostLease
            yield

    def postpone(self, wait: timedelta) -> None:
        """Put the job back to wait for something else; waiting is no failed try."""
        self._mine().update(
            state=Job.State.WAITING,
            run_after=timezone.now() + wait,
            attempts=F("attempts") - 1,
            lease_token=None,
            lease_until=None,
        )

    def _mine(self) -> Any:
        return Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, lease_token=self.job.lease_token)


def run_due(limit: int | None = None) -> int:
    """Do what is due until nothing is (or `limit` jobs are done); return how many were tried."""
    tried = 0
    while (limit is None or tried < limit) and (job := claim()):
        with coming_from("job"):
            _run(job)
        tried += 1
    return tried


def claim() -> Job | None:
    """Take the next due job under a lease; a job out of tries is marked failed instead."""
    now = timezone.now()
    with transaction.atomic():
        # PostgreSQL skips rows another worker holds; SQLite's IMMEDIATE transaction is alone anyway.
        due = Job.objects.due(now)
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        job: Job | None = due.first()
        if job is None:
            return None
        if job.attempts >= Job.MAX_ATTEMPTS:
            _give_up(job, "The worker died in every try.")
            return claim()
        job.state = Job.State.RUNNING
        job.attempts += 1
        job.lease_token = uuid.uuid4()
        job.lease_until = now + LEASE
        job.save(update_fields=["state", "attempts", "lease_token", "lease_until"])
    return job


def _run(job: Job) -> None:
    handler = handler_of(job.kind)
    try:
        if handler is None:
            raise LookupError(f"No room does jobs of kind {job.kind}.")
        run = Running(job)
        if handler.long:
            handler.work(run)
        else:
            with run.finish():
                handler.work(job)
    except LostLease:
        log.warning("job taken over", kind=job.kind, key=job.key)
    except Exception as error:  # a failing job must not stop the others
        log.exception("job failed", kind=job.kind, key=job.key, attempt=job.attempts)
        _put_back(job, LONG_NUMBER.sub("…", f"{type(error).__name__}: {error}"))


def _put_back(job: Job, error: str) -> None:
    if job.attempts >= Job.MAX_ATTEMPTS:
        _give_up(job, error)
        return
    Job.objects.filter(pk=job.pk, lease_token=job.lease_token).update(
        state=Job.State.WAITING,
        run_after=timezone.now() + FIRST_WAIT * 2 ** (job.attempts - 1),
        lease_token=None,
        lease_until=None,
        last_error=error[:2000],
    )


def _give_up(job: Job, error: str) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.FAILED, lease_token=None, lease_until=None, last_error=error[:2000]
    )
