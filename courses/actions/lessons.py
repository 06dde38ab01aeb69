"""Going through lessons. Presence opens the next lesson and counts for nothing else."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.actions.completions import complete_practice
from courses.actions.facts import write_fact
from courses.models import ActivityProgress, Enrolment, Haste, LessonPage, LessonProgress
from courses.rules import (
    Reading,
    Refusal,
    Refused,
    find_step,
    least_seconds,
    missing_activities,
    refuse_finish,
    refuse_haste,
    refuse_lesson,
    way_of,
)
from courses.states import FactKind
from lms.base.actions import Actor, record_event


@transaction.atomic
def open_lesson(
    *, enrolment: Enrolment, lesson: LessonPage, by: Actor | None, at: datetime | None = None
) -> LessonProgress:
    """Note when somebody first opened a lesson. Raises Refused for a lesson whose turn has not come.

    The row is its own dated record of who and when; the audit log is left to what has an effect.
    """
    _lesson_in_turn(enrolment, lesson.key)
    progress, _created = LessonProgress.objects.get_or_create(
        enrolment=enrolment,
        lesson_key=lesson.key,
        defaults={"lesson_title": lesson.title, "opened_at": at or timezone.now()},
    )
    return progress


@transaction.atomic
def record_activity(*, enrolment: Enrolment, lesson_key: UUID, activity_key: str, by: Actor | None) -> None:
    """Note that an H5P activity was finished or viewed, and finish the lesson when it was the last one.

    A lesson that cannot have been read yet stays open for its reader to finish. Raises Refused for a lesson
    whose turn has not come and for an activity that it does not hold.
    """
    lesson = LessonPage.objects.get(pk=_lesson_in_turn(enrolment, lesson_key).pk)
    if activity_key not in lesson.activity_keys:
        raise Refused(Refusal("no_activity", _("This activity does not belong to the lesson.")))
    activity, is_first = ActivityProgress.objects.get_or_create(
        enrolment=enrolment, lesson_key=lesson_key, activity_key=activity_key
    )
    if is_first:
        write_fact(
            enrolment_id=enrolment.pk,
            kind=FactKind.ACTIVITY,
            subject=f"{lesson_key}/{activity_key}",
            at=activity.finished_at,
        )
    progress, _created = LessonProgress.objects.get_or_create(
        enrolment=enrolment, lesson_key=lesson.key, defaults={"lesson_title": lesson.title}
    )
    now = timezone.now()
    if not _missing(enrolment, lesson) and not _haste(progress, lesson, now):
        _finish(progress, by, now)


def finish_lesson(
    *, enrolment: Enrolment, lesson: LessonPage, by: Actor | None, at: datetime | None = None
) -> LessonProgress:
    """Mark a lesson as done at an instant of the server's clock.

    Raises Refused while it is unopened, one of its activities is missing, or it cannot have been read yet; the
    last is noted, and the lesson stays open.
    """
    now = at or timezone.now()
    with transaction.atomic():
        outcome = _finish_lesson(enrolment, lesson, by, now)
    if isinstance(outcome, Refusal):  # raised outside, so that the flag of haste stays written
        raise Refused(outcome)
    return outcome


def _finish_lesson(
    enrolment: Enrolment, lesson: LessonPage, by: Actor | None, now: datetime
) -> LessonProgress | Refusal:
    _lesson_in_turn(enrolment, lesson.key)
    progress = enrolment.lessons.filter(lesson_key=lesson.key).first()
    missing = _missing(enrolment, lesson)
    if progress is None or missing:
        refusal = refuse_finish(opened=progress is not None, missing=missing)
        assert refusal is not None  # noqa: S101 (the rule refuses exactly these two cases)
        return refusal
    if progress.finished_at is not None:
        return progress
    if refusal := _haste(progress, lesson, now):
        _note_haste(progress, lesson, now)
        return refusal
    _finish(progress, by, now)
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


def _haste(progress: LessonProgress, lesson: LessonPage, now: datetime) -> Refusal | None:
    if not progress.enrolment.course.pace_percent:
        return None
    content = _content(lesson)
    least = least_seconds(lesson.minutes, content, progress.enrolment.course.pace_percent)
    return refuse_haste(seconds=(now - progress.opened_at).total_seconds(), least=least, content=content)


def _content(lesson: LessonPage) -> Reading:
    videos = lesson.videos
    return Reading(lesson.words, len(videos), sum(videos))


def _note_haste(progress: LessonProgress, lesson: LessonPage, now: datetime) -> None:
    """Keep the first time; the row is its own dated record."""
    Haste.objects.get_or_create(
        enrolment_id=progress.enrolment_id,
        lesson_key=progress.lesson_key,
        defaults={
            "lesson_title": progress.lesson_title,
            "at": now,
            "seconds": max(0, int((now - progress.opened_at).total_seconds())),
            "least_seconds": least_seconds(
                lesson.minutes, _content(lesson), progress.enrolment.course.pace_percent
            ),
        },
    )


def _finish(progress: LessonProgress, by: Actor | None, now: datetime) -> None:
    finished = LessonProgress.objects.filter(pk=progress.pk, finished_at=None).update(finished_at=now)
    if not finished:
        return
    progress.refresh_from_db(fields=["finished_at"])
    write_fact(
        enrolment_id=progress.enrolment_id, kind=FactKind.LESSON, subject=str(progress.lesson_key), at=now
    )
    record_event(
        by=by, action="courses.finish_lesson", target=progress, new={"lesson": str(progress.lesson_key)}
    )
    complete_practice(enrolment=progress.enrolment, by=by, at=now)
