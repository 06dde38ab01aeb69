"""Jobs about the organisation: what takes longer than a page may, and the clearing of what they left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from lms.base.actions import enqueue
from lms.base.dates import today
from lms.base.jobs import Running, handles
from lms.base.models import Job
from lms.base.origin import coming_from
from lms.people.actions.organisation import ChangeRefused, ChangeWaits
from lms.people.actions.organisation_preview import JOB, preview_of
from lms.people.actions.organisation_promises import count_again, do_apply, do_reverse, forget_old_jobs
from lms.people.changes.jobs import APPLY, REVERSE
from lms.people.changes.request import Request
from lms.people.models import OrganisationChange

FORGET = "people.forget_change_jobs"
# An import of people may be at work: who waits for it comes again.
WAIT = timedelta(seconds=20)
Work = Callable[[OrganisationChange, dict[str, Any], Any], None]


@handles(JOB, long=True)
def preview_change(run: Running) -> None:
    """Try a prepared change with progress and keep what it would do; one thrown away meanwhile needs none."""
    prepared = OrganisationChange.objects.filter(state=OrganisationChange.State.PREPARED)
    change = prepared.filter(pk=run.payload["change"]).first()
    if change is None:
        with run.finish():
            return
    with translation.override(run.payload["language"]):
        preview = preview_of(Request.from_json(change.request), run.progress)
    address = reverse("organisation-change", args=[change.pk])
    with run.finish(result={"url": address, "preview": preview.as_json()}):
        pass


@handles(APPLY, long=True)
def carry_out(run: Running) -> None:
    """Carry out a change that was promised, or keep the sentences that say why not."""
    _do(run, do_apply)


@handles(REVERSE, long=True)
def take_back(run: Running) -> None:
    """Undo a change that was promised, or keep the sentences that say why not."""
    _do(run, do_reverse)


def _do(run: Running, work: Work) -> None:
    """Do the work and mark the job done in one transaction, as the officer who asked, in their language."""
    result: dict[str, Any] = {"url": reverse("organisation-change", args=[run.payload["change"]])}
    officer = get_user_model()._base_manager.get(pk=run.payload["by"])
    change = OrganisationChange.objects.get(pk=run.payload["change"])  # none is thrown away on its way
    run.progress(0, 1)
    with translation.override(run.payload["language"]), coming_from("page"):
        try:
            with transaction.atomic():
                work(change, run.payload, officer)
                with run.finish(result):
                    pass
        except ChangeWaits:
            run.postpone(WAIT)
        except ChangeRefused as refused:
            with run.finish({**result, "refused": refused.sentences}):
                count_again(change, officer)


@db_periodic_task(crontab(hour="2", minute="40"))
def promise_forgetting() -> None:
    """Promise the day's clearing; the same day again is the same promise."""
    with transaction.atomic():
        enqueue(kind=FORGET, key=today().isoformat())


@handles(FORGET)
def forget(job: Job) -> None:
    """Clear them."""
    forget_old_jobs()
