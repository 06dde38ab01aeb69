"""Jobs of this room."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from lms.base.actions import enqueue
from lms.base.dates import today
from lms.base.exports import Sheet, xlsx_bytes
from lms.base.jobs import Running, handles
from lms.base.models import Job
from lms.followup.actions import JOB, TAKE, keep_file, take_completions
from lms.followup.models import NationalFile
from lms.followup.national import headers, rows, waiting_of
from lms.people.models import Person

EVERY = 500


@handles(JOB, long=True)
def make_national_file(run: Running) -> None:
    """Write everything that waits and is in no other file into one workbook; a file made before stays as it is."""
    file = NationalFile.objects.select_related("asked_by").get(pk=run.payload["file"])
    result = {"url": reverse("national-hr")}
    if file.made_at is not None:
        with run.finish(result=result):
            return
    due = waiting_of(file.asked_by).filter(in_file=False).order_by("known_on", "pk")
    total = due.count()
    cells, entries = [], []
    for done, (completion, line) in enumerate(rows(due)):
        if done % EVERY == 0:
            run.progress(done, total)
        cells.append(line)
        entries.append((completion.pk, completion.change))
    content = xlsx_bytes(Sheet("Dao tao, boi duong", headers(), cells))
    with run.finish(result=result):
        keep_file(file=file, content=content, entries=entries)


@db_periodic_task(crontab(hour="1", minute="20"))
def promise_taking_all() -> None:
    """Promise tonight's look for completions that no nudge told of; the same day again is the same promise."""
    with transaction.atomic():
        enqueue(kind=TAKE, key=today().isoformat())


@handles(TAKE)
def take_what_is_due(job: Job) -> None:
    """Take completions of one person, or of everybody, as evidence on remedies."""
    take_completions(person=Person.objects.filter(pk=job.payload.get("person")).first())
