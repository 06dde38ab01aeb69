"""What is promised in the job table happens, once in effect, whatever the workers do."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from lms.base.actions import enqueue
from lms.base.jobs import LostLease, handles, run_due
from lms.base.jobs.running import claim
from lms.base.models import Job
from tests.factories.people import agency

pytestmark = pytest.mark.django_db
done: list[str] = []


@handles("test.note")
def note(job):
    done.append(job.key)


@handles("test.poison")
def poison(job):
    agency("GHOST")
    raise ValueError("never works")


@handles("test.long", long=True)
def count(run):
    run.progress(1, 2)
    run.progress(2, 2)
    with run.finish(result={"rows": 2}):
        done.append(run.job.key)


@pytest.fixture(autouse=True)
def clean():
    done.clear()


def promise(kind, key, **kwargs):
    with transaction.atomic():
        return enqueue(kind=kind, key=key, **kwargs)


def test_the_same_promise_twice_is_kept_once():
    promise("test.note", "a")
    promise("test.note", "a")
    assert run_due() == 1
    assert done == ["a"]
    assert run_due() == 0


def test_a_promise_needs_the_business_transaction(transactional_db):
    with pytest.raises(transaction.TransactionManagementError):
        enqueue(kind="test.note", key="outside")


def test_what_is_for_later_waits():
    promise("test.note", "later", run_after=timezone.now() + timedelta(hours=1))
    assert run_due() == 0


def test_a_killed_worker_s_job_is_taken_over_after_its_lease_and_the_late_one_writes_nothing():
    promise("test.note", "a")
    held = claim()
    assert run_due() == 0
    Job.objects.filter(pk=held.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert run_due() == 1
    from lms.base.jobs import Running

    with pytest.raises(LostLease), Running(held).finish():
        done.append("twice")
    assert done == ["a"]


def test_a_poison_job_stops_after_eight_tries_keeps_nothing_and_is_visible():
    from lms.people.models import Agency

    promise("test.poison", "a")
    for _try in range(12):
        Job.objects.filter(state=Job.State.WAITING).update(run_after=timezone.now())
        run_due()
    job = Job.objects.get()
    assert (job.state, job.attempts, job.last_error) == ("failed", 8, "ValueError: never works")
    assert not Agency.objects.exists()


def test_a_job_that_kills_its_worker_every_time_also_stops():
    promise("test.note", "a")
    for _try in range(8):
        claim()
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert claim() is None
    assert Job.objects.get().state == "failed"
    assert done == []


def test_a_poison_job_does_not_hold_up_the_others():
    promise("test.poison", "a")
    promise("test.note", "b")
    run_due()
    assert done == ["b"]


def test_a_long_job_tells_its_progress_and_its_result():
    job = promise("test.long", "a")
    run_due()
    job.refresh_from_db()
    assert (job.progress_done, job.progress_total, job.percent, job.result) == (2, 2, 100, {"rows": 2})


def test_a_kind_nobody_knows_is_not_lost():
    promise("test.unknown", "a")
    run_due()
    assert "test.unknown" in Job.objects.get().last_error
