"""Going through lessons. Presence opens the next lesson and counts for nothing else."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import ActivityProgress, Enrolment, LessonPage, LessonProgress
from courses.rules import (
    Refusal,
    Refused,
    find_step,
    missing_activities,
    refuse_finish,
    refuse_lesson,
    way_of,
)
from lms.base.actions import Actor, record_event


@transaction.atomic
def open_lesson(*, enrolment: Enrolment, lesson: LessonPage, by: Actor | None) -> LessonProgress:
    """Note when somebody first opened a lesson. Raises Refused for a lesson whose turn has not come.

    The row is its own dated record of who and when; the audit log is left to what has an effect.
    """
    _lesson_in_turn(enrolment, lesson.key)
    progress, _created = LessonProgress.objects.get_or_create(
        enrolment=enrolment, lesson_key=lesson.key, defaults={"lesson_title": lesson.title}
    )
    return progress


@transaction.atomic
def record_activity(*, enrolment: Enrolment, lesson_key: UUID, activity_key: str, by: Actor | None) -> None:
    """Note that an H5P activity was finished or viewed, and finish the lesson when it was the last one.

    Raises Refused for a lesson whose turn has not come and for an activity that it does not hold.
    """
    lesson = LessonPage.objects.get(pk=_lesson_in_turn(enrolment, lesson_key).pk)
    if activity_key not in lesson.activity_keys:
        raise Refused(Refusal("no_activity", _("This activity does not belong to the lesson.")))
    ActivityProgress.objects.get_or_create(
        enrolment=enrolment, lesson_key=lesson_key, activity_key=activity_key
    )
    progress, _created = LessonProgress.objects.get_or_create(
        enrolment=enrolment, lesson_key=lesson.key, defaults={"lesson_title": lesson.title}
    )
    if not _missing(enrolment, lesson):
        _finish(progress, by)


@transaction.atomic
def finish_lesson(*, enrolment: Enrolment, lesson: LessonPage, by: Actor | None) -> LessonProgress:
    """Mark a lesson as done. Raises Refused while it is unopened or one of its activities is missing."""
    _lesson_in_turn(enrolment, lesson.key)
    progress = enrolment.lessons.filter(lesson_key=lesson.key).first()
    missing = _missing(enrolment, lesson)
    if progress is None or missing:
        refusal = refuse_finish(opened=progress is not None, missing=missing)
        assert refusal is not None  # noqa: S101 (the rule refuses exactly these two cases)
        raise Refused(refusal)
    _finish(progress, by)
    return progress


def _lesson_in_turn(enrolment: Enrolment, lesson_key: UUID) -> LessonPage:
    step = find_step(way_of(enrolment), lesson_key)
    if refusal := refuse_lesson(step):
        raise Refused(refusal)
    assert step is not None  # noqa: S101 (refuse_lesson refuses a missing step)
    return step.lesson


def _missing(enrolment: Enrolment, lesson: LessonPage) -> int:
    finished = enrolment.activities.filter(lesson_key=lesson.key).values_list("activity_key", flat=True)
    return missing_activities(lesson.activity_keys, set(finished))


def _finish(progress: LessonProgress, by: Actor | None) -> None:
    finished = LessonProgress.objects.filter(pk=progress.pk, finished_at=None).update(
        finished_at=timezone.now()
    )
    if finished:
        progress.refresh_from_db(fields=["finished_at"])
        record_event(
            by=by, action="courses.finish_lesson", target=progress, new={"lesson": str(progress.lesson_key)}
        )
