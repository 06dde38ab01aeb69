"""How far somebody is in a course, read in as many queries however many lessons there are."""

from __future__ import annotations

from uuid import UUID

from courses.models import Course, CoursePage, Enrolment, LessonPage
from courses.rules.lessons import Step, steps


def page_of(course: Course) -> CoursePage | None:
    """Return the published page of a course."""
    page: CoursePage | None = CoursePage.objects.live().filter(course=course).first()
    return page


def lessons_of(page: CoursePage | None) -> list[LessonPage]:
    """Return the published lessons in the order in which they are learnt."""
    return list(LessonPage.objects.of_course_page(page).for_the_way()) if page else []


def lessons_done(enrolment: Enrolment | None) -> set[UUID]:
    """Return the keys of the lessons somebody is done with."""
    if enrolment is None:
        return set()
    return set(enrolment.lessons.filter(finished_at__isnull=False).values_list("lesson_key", flat=True))


def way_through(page: CoursePage | None, enrolment: Enrolment | None) -> list[Step]:
    """Return every lesson with where somebody stands with it."""
    return steps(lessons_of(page), lessons_done(enrolment))


def way_of(enrolment: Enrolment) -> list[Step]:
    """Return the way through the course somebody is enrolled in."""
    return way_through(page_of(enrolment.course), enrolment)


def find_step(way: list[Step], lesson_key: UUID) -> Step | None:
    """Return the step of one lesson."""
    return next((step for step in way if step.lesson.key == lesson_key), None)
