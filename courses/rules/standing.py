"""Where somebody stands in their courses: read for all of them at once, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from courses.models import Attempt, Course, CoursePage, Enrolment, Exam, LessonPage, LessonProgress
from courses.rules.lessons import NextKind, Step, exam_is_open, next_kind, next_lesson, steps
from courses.rules.starting import attempts_left, next_start


@dataclass(frozen=True)
class Standing:
    """One course as one person sees it."""

    course: Course
    page: CoursePage | None
    enrolment: Enrolment | None
    way: list[Step]
    exam: Exam | None
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many lessons are behind."""
        return sum(step.is_done for step in self.way)

    @property
    def is_finished(self) -> bool:
        """Whether the completion has been written."""
        return self.enrolment is not None and self.enrolment.is_finished

    @property
    def running(self) -> Attempt | None:
        """The attempt that is still open."""
        return next((attempt for attempt in self.attempts if attempt.closed_at is None), None)

    @property
    def next_lesson(self) -> Step | None:
        """The first lesson not yet done."""
        return next_lesson(self.way)

    @property
    def next_kind(self) -> NextKind:
        """The one thing to do next."""
        return next_kind(
            enrolled=self.enrolment is not None,
            finished=self.is_finished,
            way=self.way,
            has_exam=self.exam is not None,
            attempt_running=self.running is not None,
        )

    @property
    def exam_is_open(self) -> bool:
        """Whether the pass rule lets the exam begin."""
        return exam_is_open(self.course, self.way)

    @property
    def attempts_left(self) -> int:
        """How many more attempts may be started."""
        return attempts_left(self.exam, self.attempts, self.extra_attempts) if self.exam else 0

    @property
    def extra_attempts(self) -> int:
        """How many attempts were allowed beyond those of the exam."""
        return self.enrolment.extra_attempts if self.enrolment else 0

    @property
    def waits_until(self) -> datetime | None:
        """The instant from which the next attempt may start, where that is still to come."""
        opens = next_start(self.attempts, self.exam.wait_minutes) if self.exam else None
        return opens if opens and opens > timezone.now() else None


def standing_at(page: CoursePage, enrolment: Enrolment | None) -> Standing:
    """Return where somebody (or nobody yet) stands with the course of a page."""
    return _standings([(page.course, page, enrolment)])[0]


def standings_of(enrolments: Sequence[Enrolment]) -> list[Standing]:
    """Return where somebody stands in each enrolment, in the order given."""
    pages = CoursePage.objects.live().filter(course__in=[one.course_id for one in enrolments])
    by_course = {page.course_id: page for page in pages}
    return _standings([(one.course, by_course.get(one.course_id), one) for one in enrolments])


def _standings(seen: Sequence[tuple[Course, CoursePage | None, Enrolment | None]]) -> list[Standing]:
    lessons = _lessons_by_page([page for _course, page, _enrolment in seen if page])
    ids = [enrolment.pk for _course, _page, enrolment in seen if enrolment]
    done, attempts = (
        _done_by_enrolment(ids),
        _grouped(Attempt.objects.filter(enrolment__in=ids), "enrolment_id"),
    )
    exams = {
        exam.course_id: exam for exam in Exam.objects.filter(course__in=[course.pk for course, *_ in seen])
    }
    return [
        Standing(
            course=course,
            page=page,
            enrolment=enrolment,
            way=steps(lessons[page.path] if page else [], done[enrolment.pk] if enrolment else ()),
            exam=None if course.pass_rule == Course.PassRule.LESSONS else exams.get(course.pk),
            attempts=attempts[enrolment.pk] if enrolment else [],
        )
        for course, page, enrolment in seen
    ]


def _lessons_by_page(pages: Sequence[CoursePage]) -> dict[str, list[LessonPage]]:
    found: dict[str, list[LessonPage]] = defaultdict(list)
    if pages:
        below = reduce(or_, (Q(path__startswith=page.path) for page in pages))
        for lesson in LessonPage.objects.live().filter(below).for_the_way():
            found[lesson.path[: -lesson.steplen]].append(lesson)
    return found


def _done_by_enrolment(ids: Sequence[int]) -> dict[int, set[UUID]]:
    done: dict[int, set[UUID]] = defaultdict(set)
    rows = LessonProgress.objects.filter(enrolment__in=ids, finished_at__isnull=False) if ids else ()
    for progress in rows:
        done[progress.enrolment_id].add(progress.lesson_key)
    return done


def _grouped(rows: Iterable[Any], name: str) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, name)].append(row)
    return groups
