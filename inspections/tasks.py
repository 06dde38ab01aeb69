"""Jobs of this room."""

from django.db import transaction
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from inspections.actions.party import MAIL
from inspections.actions.remedies import note_deadlines
from inspections.actions.warnings import warn_of_deadlines
from inspections.letters import send_party_mail
from inspections.models import PartyAccess
from lms.base.actions import enqueue
from lms.base.dates import today
from lms.base.jobs import handles
from lms.base.models import Job
from lms.people.sign_in.sealing import unseal

DEADLINES = "inspections.remedy_deadlines"


@db_periodic_task(crontab(hour="1", minute="10"))
def promise_deadlines() -> None:
    """Promise tonight's look at the deadlines; the same day again is the same promise."""
    with transaction.atomic():
        enqueue(kind=DEADLINES, key=today().isoformat())


@handles(DEADLINES)
def look_at_deadlines(job: Job) -> None:
    """Write which remedies are due soon and which are overdue; warn of every deadline that comes."""
    note_deadlines(on=today())
    warn_of_deadlines(on=today())


@handles(MAIL)
def send_message_to_party(job: Job) -> None:
    """Send a link or a code, unless the access was revoked meanwhile."""
    access = PartyAccess.objects.select_related("subject__inspection").get(pk=job.payload["access"])
    if not access.is_revoked:
        secret = unseal(job.payload["sealed"].encode()).decode()
        send_party_mail(access, job.payload["what"], secret)
