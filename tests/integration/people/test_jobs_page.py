"""Whoever runs the system sees what failed and lets it be tried again; nobody else does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lms.base.actions import enqueue
from lms.base.jobs import handles, run_due
from lms.base.models import AuditEvent, Job
from tests.factories import people

pytestmark = pytest.mark.django_db
broken = {"now": True}
NUMBER = "082085012345"


@handles("test.mendable")
def mendable(job):
    if broken["now"]:
        raise ValueError(f"Key (code)=({NUMBER}) already exists.")


@pytest.fixture
def failed():
    broken["now"] = True
    job = enqueue(kind="test.mendable", key="1")
    for _ in range(Job.MAX_ATTEMPTS):
        Job.objects.update(run_after=timezone.now() - timedelta(seconds=1))
        run_due()
    job.refresh_from_db()
    assert job.state == "failed"
    return job


@pytest.fixture
def administrator(client):
    return people.sign_in(
        client, people.person("Trần Thị Quản", role="administrator", agency=people.agency("82"))
    )


def test_a_failed_job_is_seen_and_tried_again(client, administrator, failed):
    page = client.get("/jobs/").content.decode()
    assert "test.mendable" in page
    assert "ValueError" in page
    broken["now"] = False
    assert client.post(f"/jobs/{failed.pk}/restart/").status_code == 302
    assert run_due() == 1
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == ("done", 1)
    event = AuditEvent.objects.get(action="base.restart_job")
    assert event.target_id == str(failed.pk)


def test_no_personal_number_is_kept_in_the_error(client, administrator, failed):
    assert NUMBER not in failed.last_error
    assert NUMBER not in client.get("/jobs/").content.decode()


def test_a_job_that_has_not_failed_is_left_alone(client, administrator):
    job = enqueue(kind="test.mendable", key="2")
    client.post(f"/jobs/{job.pk}/restart/")
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("waiting", 0)
    assert not AuditEvent.objects.filter(action="base.restart_job").exists()


@pytest.mark.parametrize("role", ["provincial_hr", "hr_officer", "auditor", "agency_head"])
def test_others_are_refused(client, failed, role):
    people.sign_in(client, people.person(role=role, agency=people.agency("82")))
    assert client.get("/jobs/").status_code == 403
    assert client.post(f"/jobs/{failed.pk}/restart/").status_code == 403
    failed.refresh_from_db()
    assert failed.state == "failed"


def test_the_page_asks_as_often_for_many_jobs_as_for_one(client, administrator, django_assert_num_queries):
    enqueue(kind="test.mendable", key="one")
    client.get("/jobs/")
    with django_assert_num_queries(7) as first:
        client.get("/jobs/")
    for number in range(120):
        enqueue(kind="test.mendable", key=f"more {number}")
    with django_assert_num_queries(len(first)):
        assert "after=" in client.get("/jobs/").content.decode()
