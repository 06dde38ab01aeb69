"""Completions that have earned a certificate, written as simply as the database allows."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from decimal import Decimal

from certificates.actions import issue
from certificates.models import Certificate
from courses.models import Completion, Course, Enrolment
from lms.base.dates import local_date
from lms.people.models import Agency, Person

EARNED_AT = datetime(2026, 11, 5, 3, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def course(code: str | None = None, *, issuer: Agency | None = None, **fields) -> Course:
    """Make a course of the catalogue."""
    fields.setdefault("name", "An toàn thông tin và phòng chống lừa đảo trực tuyến")
    return Course.objects.create(
        code=code or f"DS{next(_numbers):03d}", agency=issuer, hours=fields.pop("hours", Decimal(8)), **fields
    )


def completion(
    person: Person, of: Course, *, at: datetime = EARNED_AT, agency: Agency | None = None, **fields
) -> Completion:
    """Write the fact that a person passed the exam of a course."""
    on = local_date(at)
    if fields.get("source", "exam") == "exam":
        fields["enrolment"] = Enrolment.objects.create(
            person=person, course=of, enrolled_at=at, finished_at=at
        )
    facts = {
        "person": person,
        "person_name": person.full_name,
        "course": of,
        "course_code": of.code,
        "course_version": of.version,
        "course_name": of.name,
        "hours": of.hours,
        "is_ds": of.is_ds,
        "is_da": of.is_da,
        "started_on": on,
        "completed_at": at,
        "completed_on": on,
        "passed": True,
        "verified_on": on,
        "source": "exam",
        "agency": agency,
        "agency_name": str(agency) if agency else "",
        "post_position": "Chuyên viên",
        "evidence": {"score": "85.00"},
    }
    return Completion.objects.create(**{**facts, **fields})


def certificate(person: Person, of: Course, *, agency: Agency | None = None, **fields) -> Certificate:
    """Issue a certificate for a fresh completion."""
    return issue(completion=completion(person, of, agency=agency, **fields), by=None)
