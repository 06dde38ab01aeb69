"""The figures of 40,000 staff against one SQL group-by over the same rows, in the same run."""

from __future__ import annotations

import json
import time
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from statistics import median

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from courses.models import Completion
from lms.people.models import Person, Post
from tests.factories.people import agency

pytestmark = pytest.mark.django_db

STAFF = 40_000
AGENCIES = 200
START = date(2021, 1, 1)


@pytest.fixture
def province():
    """40,000 staff in 200 agencies with 100,000 completions, some of them twice."""
    root = agency("82")
    offices = [agency(f"X{number}", parent=root) for number in range(AGENCIES)]
    people = Person.objects.bulk_create(
        (
            Person(
                code=f"0820{n:08d}",
                full_name=f"Nguyễn Văn {n}",
                name_folded=f"nguyen van {n}",
                name_key=f"{n:08d}",
            )
            for n in range(STAFF)
        ),
        batch_size=2000,
    )
    Post.objects.bulk_create(
        (
            Post(
                person=who,
                agency=offices[n % AGENCIES],
                category=("CB", "CC", "VC", "HD")[n % 4],
                valid_from=START,
            )
            for n, who in enumerate(people)
        ),
        batch_size=2000,
    )
    Completion.objects.bulk_create(_completions(people), batch_size=2000)
    # Every fortieth record is a duplicate of the one before.
    for twin, kept in zip(people[41::40], people[40::40], strict=False):
        twin.merged_into = kept
    Person.objects.bulk_update(people[41::40], ["merged_into"], batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _completions(people):
    for n, who in enumerate(people):
        for time_taken in range(n % 6):
            day = START + timedelta(days=(n * 7 + time_taken * 97) % 1500)
            tags = time_taken % 3
            yield Completion(
                person=who,
                person_name=who.full_name,
                course_code=f"K{time_taken % 4}",
                course_name="Khóa học",
                hours=Decimal(4 + 4 * tags),
                is_ds=tags != 2,
                is_da=tags != 0,
                completed_at=timezone.make_aware(datetime.combine(day, datetime.min.time()))
                + timedelta(minutes=time_taken),
                completed_on=day,
                passed=n % 11 != 0,
                verified_on=day,
                source="import",
            )


def _one_group_by():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT post.agency_id, COUNT(DISTINCT post.person_id), SUM(completion.hours) "
            "FROM people_post post LEFT JOIN courses_completion completion "
            "ON completion.person_id = post.person_id AND completion.passed "
            "WHERE post.is_primary GROUP BY post.agency_id"
        )
        return cursor.fetchall()


def _indicators():
    out = StringIO()
    call_command("indicators", as_of="2025-12-31", format="json", stdout=out)
    return json.loads(out.getvalue())


def _seconds(work, times=5):
    def once():
        begun = time.perf_counter()
        work()
        return time.perf_counter() - begun

    return median(once() for _ in range(times))


def test_indicators_of_forty_thousand_staff_cost_at_most_five_group_bys(province, record_property):
    assert _indicators()["i1"]["den"] == STAFF * 3 // 4 - len(range(41, STAFF, 40))
    bare, ours = _seconds(_one_group_by), _seconds(_indicators)
    record_property("ratio", ours / bare)
    print(
        f"\nindicators {ours * 1000:.0f} ms, one group-by {bare * 1000:.0f} ms, ratio {ours / bare:.2f} (goal 5)"
    )
    assert ours <= 5 * bare
