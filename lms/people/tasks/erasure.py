"""The job that finds whose years of retention are over."""

from django.db import transaction
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from lms.base.actions import enqueue
from lms.base.dates import today
from lms.base.jobs import handles
from lms.base.models import Job
from lms.people.actions.erasure import propose_erasures

PROPOSE = "people.propose_erasures"


@db_periodic_task(crontab(day_of_week="0", hour="3", minute="10"))
def promise_proposals() -> None:
    """Promise the week's look for people past their retention; the same day again is the same promise."""
    with transaction.atomic():
        enqueue(kind=PROPOSE, key=today().isoformat())


@handles(PROPOSE)
def propose(job: Job) -> None:
    """Propose them."""
    propose_erasures(on=today(), by=None)
