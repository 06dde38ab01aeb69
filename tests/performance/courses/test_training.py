"""The list of who holds what among ten thousand results, against the same page with no more than it shows."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from statistics import median

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import Completion
from lms.base.dates import today
from lms.people.models import Person, Post
from tests.factories import certificates, people

pytestmark = pytest.mark.django_db
ROWS = int(os.environ.get("TRAINING_ROWS", "10000"))
SHOWN, ROUNDS, MOST = 50, 15, 5
PAGES = (
    "/training/",
    "/training/?sort=name",
    "/training/?sort=ends",
    "/training/?ends=valid",
    "/training/?q=thi+anh",
    "/training/?course=DS01",
)


def results(course, agency, numbers: range) -> None:
    """Give the agency one person and one result a number, every third with an end."""
    staff = [Person(code=f"0998{n:08d}", full_name=f"Nguyễn Thị Ánh {n}") for n in numbers]
    for person in staff:
        person.derive_name_forms()
    Person.objects.bulk_create(staff)
    posts = [
        Post(person=person, agency=agency, category="CC", is_primary=True, valid_from="2020-01-01")
        for person in staff
    ]
    Post.objects.bulk_create(posts)
    at = certificates.EARNED_AT
    Completion.objects.bulk_create(
        Completion(
            person=person,
            person_name=person.full_name,
            course=course,
            course_code=course.code,
            course_version=course.version,
            course_name=course.name,
            hours=course.hours,
            is_ds=True,
            is_da=False,
            completed_at=at + timedelta(seconds=n),
            completed_on=at.date(),
            passed=True,
            verified_on=at.date(),
            valid_until=today() + timedelta(days=n % 400) if n % 3 == 0 else None,
            source="class",
            agency=agency,
            agency_name="Sở Nội vụ",
        )
        for n, person in enumerate(staff)
    )


def asked(client, address: str) -> tuple[float, int]:
    """Return the median seconds of a page and how often it asks the database."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    queries, taken = len(captured), []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        client.get(address)
        taken.append(time.perf_counter() - began)
    return median(taken), queries


def test_ten_thousand_results_cost_little_more_than_fifty(client, capsys):
    unit = people.agency("SNV", name="Sở Nội vụ")
    people.sign_in(client, people.person("Lê Cán Sự", agency=unit, role="hr_officer"))
    course = certificates.course("DS01", issuer=unit)
    results(course, unit, range(SHOWN))
    few = {page: asked(client, page) for page in PAGES}
    results(course, unit, range(SHOWN, ROWS))
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE courses_completion; ANALYZE people_person; ANALYZE people_post")
    far = Completion.objects.order_by("completed_at")[100].pk
    many = {page: asked(client, page) for page in (*PAGES, f"/training/?after={far}")}
    few[f"/training/?after={far}"] = few["/training/"]
    with capsys.disabled():
        print(f"\n{ROWS:,} results against {SHOWN}, for HR of one agency:")
        for page, (seconds, queries) in many.items():
            base = few[page][0]
            print(f"{page:28s} {queries} queries {seconds * 1000:6.1f} ms, {seconds / base:4.1f} x")
    for page, (seconds, queries) in many.items():
        assert queries <= few[page][1] + 1  # the row a page goes on after is read
        assert seconds / few[page][0] <= MOST
