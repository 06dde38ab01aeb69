"""Huey's side: it rings, the job table works."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from lms.base.actions import enqueue
from lms.base.audit import CHECK_JOB, ask_check, chain_waiting, close_day, verify
from lms.base.bell import hang
from lms.base.dates import today
from lms.base.importing.runs import APPLY, CHECK, UNDO
from lms.base.importing.work import apply_file, check_file, forget_old, undo_file
from lms.base.jobs import Running, handles, run_due
from lms.base.models import Job

FORGET = "imports.forget"
A_MINUTE = timedelta(minutes=1)


@db_task()
def answer_bell() -> None:
    """Run what is due now."""
    run_due()


@db_periodic_task(crontab(minute="*"))
def sweep() -> None:
    """Run what is due, also what a killed worker or a lost bell left behind; ring again for what is due soon."""
    run_due()
    ring_soon()


def ring_soon() -> None:
    """Hang a bell for each ten seconds before the next sweep in which something is due.

    An exam whose time is over must not wait for the minute to end, and then for all others of that minute.
    """
    now = timezone.now()
    soon = Job.objects.filter(state=Job.State.WAITING, run_after__gt=now, run_after__lte=now + A_MINUTE)
    slots = {int((at - now).total_seconds() // 10) for at in soon.values_list("run_after", flat=True)}
    for slot in slots:
        answer_bell.schedule(delay=10 * (slot + 1))


@db_periodic_task(crontab(minute="*"))
def chain_audit() -> None:
    """Give the committed audit events their place; after midnight sign the head of the day before."""
    chain_waiting()
    close_day()


@db_periodic_task(crontab(hour="2", minute="15"))
def promise_audit_check() -> None:
    """Promise tonight's check of the whole audit log."""
    ask_check(by=None)


@handles(CHECK_JOB, long=True)
def check_audit(run: Running) -> None:
    """Check the whole audit log with progress; what was found is kept."""
    found = verify(progress=run.progress)
    with run.finish(result={"check": found.pk, "finding": found.finding}):
        pass


@db_periodic_task(crontab(minute="20", hour="2"))
def forget_old_imports() -> None:
    """Promise the day's clearing of old imports; the same day again is the same promise."""
    with transaction.atomic():
        enqueue(kind=FORGET, key=today().isoformat())


handles(CHECK, long=True)(check_file)
handles(APPLY, long=True)(apply_file)
handles(UNDO, long=True)(undo_file)
handles(FORGET)(forget_old)
hang(answer_bell)
