"""Taking up a course."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from courses.models import Completion, Course, Enrolment
from courses.rules import Refused, refuse_enrolment
from lms.base.actions import Actor, record_event
from lms.base.dates import today
from lms.people.models import Person


@transaction.atomic
def enrol(*, person: Person, course: Course, by: Actor | None) -> Enrolment:
    """Let a person follow a course; the same again returns the enrolment that runs. Raises Refused."""
    kept = person.canonical
    running = Enrolment.objects.open().of(kept).filter(course=course).first()
    if running:
        return running
    held = Completion.objects.of(kept).filter(course=course).standing().aggregate(last=Max("valid_until"))
    if refusal := refuse_enrolment(course, today(), held["last"]):
        raise Refused(refusal)
    enrolment, created = Enrolment.objects.get_or_create(person=kept, course=course, finished_at=None)
    if created:
        record_event(
            by=by, action="courses.enrol", target=enrolment, new={"person": kept, "course": course.code}
        )
    return enrolment
