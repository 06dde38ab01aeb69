"""What somebody does to the facts who may drop triggers, and a whole way through a course by the actions."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import connection
from django.utils import timezone

from courses import guards
from courses.actions import start_attempt, submit_attempt
from courses.models import Completion, Course, Enrolment
from tests.factories import courses


class unguarded:
    """Facts may be changed inside, as by somebody who may drop triggers."""

    def __enter__(self) -> None:
        guards.uninstall(connection)

    def __exit__(self, *exc: object) -> None:
        guards.install(connection)


def tamper(statement: str, *values) -> int:
    """Run one statement behind the product's back, the triggers dropped; return how many rows it changed."""
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def known_since(row: Completion, day: date) -> None:
    """Make a completion known on a day: a fact of the past, so the guards of facts stand aside."""
    moment = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    field = Completion._meta.get_field
    with unguarded():
        values = [(field("created_at"), None, moment), (field("verified_on"), None, day)]
        Completion._base_manager.filter(pk=row.pk)._update(values)


def passed(person, of: Course, *, right: int = 5) -> Completion:
    """Go through a course by its actions: lessons, exam, completion."""
    enrolment = courses.enrolled(person, of, lessons_done=True)
    sit(enrolment, right=right)
    return Completion.objects.get(enrolment=enrolment)


def sit(enrolment: Enrolment, *, right: int):
    """Sit the exam once."""
    attempt = start_attempt(enrolment=enrolment, by=enrolment.person)
    courses.answer(attempt, right=right)
    return submit_attempt(attempt=attempt, by=enrolment.person, at=timezone.now())
