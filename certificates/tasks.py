"""Issuing by job: the table holds the promise, huey only rings."""

from django.urls import reverse
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from certificates.actions import ISSUE_JOB, finish, issue, promise_due, spoil
from certificates.actions.issuing import WITHDRAWN_MEANWHILE
from certificates.actions.requests import REQUEST_JOB, keep_request
from certificates.making import issue_many, make_book, make_papers
from certificates.models import Certificate, RegisterRequest
from certificates.rules import earns
from certificates.states import Wish
from courses.models import Completion
from lms.base.jobs import Running, handles

MAKERS = {Wish.BOOK: make_book, Wish.PAPERS: make_papers, Wish.ISSUE: issue_many}


@handles(ISSUE_JOB, long=True)
def issue_certificate(run: Running) -> None:
    """Issue the certificate of one completion, step by step; one that was withdrawn meanwhile gets none."""
    completion = Completion.objects.select_related("course", "person").get(pk=run.payload["completion"])
    half_way = Certificate.objects.in_making().filter(completion=completion).first()
    if half_way or earns(completion):
        _finish_or_issue(completion, half_way)
    with run.finish():
        pass


def _finish_or_issue(completion: Completion, half_way: Certificate | None) -> None:
    if half_way is None:
        issue(completion=completion, by=None)
    elif earns(half_way.completion):
        finish(certificate=half_way, by=None)
    else:
        spoil(certificate=half_way, reason=WITHDRAWN_MEANWHILE, by=None)


@handles(REQUEST_JOB, long=True)
def make_request(run: Running) -> None:
    """Make the book, the file or the round of issuing that was asked for; what was made stays as it is."""
    asked = RegisterRequest.objects.select_related("asked_by").get(pk=run.payload["request"])
    result = {"url": reverse("certificate-made", args=[asked.key])}
    if asked.made_at:
        with run.finish(result=result):
            return
    counts, files, refused = MAKERS[Wish(asked.wish)](asked, run.progress)
    with run.finish(result=result):
        keep_request(asked=asked, counts=counts, files=files, refused=refused, by=asked.asked_by)


@db_periodic_task(crontab(minute="*/5"))
def pull_due() -> None:
    """Promise what is due and was not promised, because a nudge was lost or a record was written elsewhere."""
    promise_due()
