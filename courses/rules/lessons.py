"""In what order a course is learnt, and what comes next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Course, LessonPage
from courses.rules.refusal import Refusal


class LessonState(StrEnum):
    """Where somebody stands with one lesson."""

    DONE = "done"
    OPEN = "open"
    LOCKED = "locked"


class NextKind(StrEnum):
    """What a learner should do next in a course."""

    ENROL = "enrol"
    LESSON = "lesson"
    EXAM = "exam"
    CONTINUE_EXAM = "continue_exam"
    DONE = "done"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Step:
    """One lesson on somebody's way."""

    number: int
    lesson: LessonPage
    state: LessonState

    @property
    def is_open(self) -> bool:
        """Whether the lesson may be read."""
        return self.state != LessonState.LOCKED

    @property
    def is_done(self) -> bool:
        """Whether the lesson is behind."""
        return self.state == LessonState.DONE


def steps(lessons: Sequence[LessonPage], done: Collection[UUID]) -> list[Step]:
    """Return the lessons with their state: they open one after the other, what was done stays open."""
    way, waiting = [], False
    for number, lesson in enumerate(lessons, start=1):
        if lesson.key in done:
            state = LessonState.DONE
        else:
            state = LessonState.LOCKED if waiting else LessonState.OPEN
            waiting = True
        way.append(Step(number, lesson, state))
    return way


def are_done(way: Iterable[Step]) -> bool:
    """Say whether every lesson is behind."""
    return all(step.is_done for step in way)


def next_lesson(way: Iterable[Step]) -> Step | None:
    """Return the first lesson not yet done."""
    return next((step for step in way if not step.is_done), None)


def exam_is_open(course: Course, way: Iterable[Step]) -> bool:
    """Say whether the pass rule lets the exam begin."""
    if course.pass_rule == Course.PassRule.LESSONS:
        return False
    return course.pass_rule == Course.PassRule.EXAM or are_done(way)


def refuse_lesson(step: Step | None) -> Refusal | None:
    """Say why a lesson may not be read or worked in, or None where it may."""
    if step is None:
        return Refusal("no_lesson", _("This lesson does not belong to your course."))
    if not step.is_open:
        return Refusal("locked", _("This lesson opens when the one before it is done."))
    return None


def refuse_finish(*, opened: bool, missing: int) -> Refusal | None:
    """Say why a lesson is not done yet, or None where it is."""
    if not opened:
        return Refusal("not_opened", _("Open the lesson first."))
    if missing:
        sentence = ngettext(
            "One activity of this lesson is still to be finished.",
            "%(count)s activities of this lesson are still to be finished.",
            missing,
        )
        return Refusal("activities", sentence % {"count": missing})
    return None


def missing_activities(needed: Collection[str], finished: Collection[str]) -> int:
    """Count the H5P activities of a lesson that are not finished."""
    return len(set(needed) - set(finished))


def next_kind(
    *, enrolled: bool, finished: bool, way: Sequence[Step], has_exam: bool, attempt_running: bool
) -> NextKind:
    """Return the one thing to do next."""
    if finished:
        return NextKind.DONE
    if not enrolled:
        return NextKind.ENROL
    if attempt_running:
        return NextKind.CONTINUE_EXAM
    if not are_done(way):
        return NextKind.LESSON
    return NextKind.EXAM if has_exam else NextKind.NOTHING
