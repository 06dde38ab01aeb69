"""Huey's side: it rings, the job table works."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from lms.base.bell import hang
from lms.base.jobs.running import run_due


@db_task()
def answer_bell() -> None:
    """Run what is due now."""
    run_due()


@db_periodic_task(crontab(minute="*"))
def sweep() -> None:
    """Run what is due, also what a killed worker or a lost bell left behind."""
    run_due()


hang(answer_bell)
