"""Who examines: whoever holds `courses.examine` at the agency that issues the course."""

from __future__ import annotations

from django.db.models import QuerySet

from courses.models import Attempt, Course, Enrolment, Exam
from lms.people.models import Person
from lms.people.rules import may, scope_of

EXAMINE = "courses.examine"


def may_examine(person: Person, course: Course) -> bool:
    """Say whether the person examines a course; one without an issuing agency is examined by nobody local."""
    if course.agency_id is None:
        return scope_of(person, EXAMINE).everything
    return may(person, EXAMINE, course.agency_id)


def exams_of(person: Person) -> QuerySet[Exam]:
    """Return the exams somebody examines."""
    scope = scope_of(person, EXAMINE)
    rows = Exam.objects.select_related("course", "bank")
    return rows if scope.everything else rows.filter(course__agency__in=scope.agency_ids)


def enrolments_of(person: Person) -> QuerySet[Enrolment]:
    """Return the enrolments in courses whose exam somebody examines."""
    rows = Enrolment.objects.select_related("person", "course", "course__exam")
    return rows.filter(course__exam__in=exams_of(person))


def attempts_of(person: Person) -> QuerySet[Attempt]:
    """Return the attempts somebody may look at."""
    rows = Attempt.objects.select_related("enrolment__person", "enrolment__course", "exam")
    return rows.filter(exam__in=exams_of(person))
