"""Plays: opened by a page, kept by the frame's calls."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.actions import record_activity
from courses.blocks import activity_key
from courses.h5p.dependencies import libraries_for
from courses.h5p.grading import Score, grade
from courses.h5p.models import Content, Play, Statement, StatementConflict
from courses.h5p.rules import counts_as_done
from courses.h5p.xapi import VIEWED, Reported
from courses.rules import Refused

if TYPE_CHECKING:
    from courses.models import Enrolment
    from lms.people.models import Person

MAX_STATE_BYTES = 256 * 1024


class StateTooLarge(ValueError):
    """A sentence for the log: the frame's state does not fit."""


class SameIdOtherStatement(ValueError):
    """The id already stands for another statement; both are kept."""


def open_play(*, content: Content, enrolment: Enrolment | None, lesson_key: UUID | None, by: Person) -> Play:
    """Return the person's play of this content at this place, made on the first visit.

    A replaced file is another content: its play begins anew. Without enrolment it is a preview.
    """
    play, _created = Play.objects.get_or_create(
        content=content,
        content_sha256=content.sha256,
        person=by,
        enrolment=enrolment,
        lesson_key=lesson_key if enrolment else None,
    )
    return play


@transaction.atomic
def save_state(*, play: Play, state: str, by: Person) -> None:
    """Keep what the activity needs to resume; the last save wins."""
    if len(state.encode()) > MAX_STATE_BYTES:
        raise StateTooLarge(_("The saved state is too large."))
    Play.objects.filter(pk=play.pk, person=by).update(state=state, state_saved_at=timezone.now())


def record_statement(*, play: Play, reported: Reported, by: Person) -> Statement:
    """Store a statement once, grade it again, and let the first finish open the next lesson.

    The same id and content again is the same statement; with other content SameIdOtherStatement is
    raised and both are kept.
    """
    try:
        with transaction.atomic():
            statement = _store(play, reported)
            _follow(play, reported, statement, by)
    except IntegrityError:
        statement = Statement.objects.get(identifier=reported.identifier)
    if statement.sha256 != reported.sha256 or statement.play_id != play.pk:
        StatementConflict.objects.create(identifier=reported.identifier, play=play, body=reported.body)
        raise SameIdOtherStatement(str(reported.identifier))
    return statement


def _store(play: Play, reported: Reported) -> Statement:
    score, source = _score(play, reported)
    return Statement.objects.create(
        identifier=reported.identifier,
        play=play,
        verb=reported.verb,
        is_top_level=reported.is_top_level,
        body=reported.body,
        sha256=reported.sha256,
        score=score[0] if score else None,
        max_score=score[1] if score else None,
        score_source=source,
    )


def _score(play: Play, reported: Reported) -> tuple[Score | None, str]:
    """Return the score and who says so: our own grading wherever the type is known."""
    if reported.finishes:
        graded = grade(play.content.library.machine_name, play.content.parameters, reported.response)
        if graded is not None:
            return graded, Play.ScoreSource.SERVER
    if reported.score is not None:
        return reported.score, Play.ScoreSource.CLIENT
    return None, ""


def _follow(play: Play, reported: Reported, statement: Statement, by: Person) -> None:
    locked = Play.objects.select_for_update().get(pk=play.pk)
    if reported.verb == VIEWED and reported.is_top_level and locked.viewed_at is None:
        locked.viewed_at = timezone.now()
        locked.save(update_fields=["viewed_at"])
    if not counts_as_done(locked, reported, partial(_reports_results, play.content)):
        return
    with suppress(Refused):  # the lesson was changed meanwhile: the statement stays, the play goes on
        _finish(locked, statement, by)


def _reports_results(content: Content) -> bool:
    return any(library.reports_results for library in libraries_for(content))


@transaction.atomic
def _finish(play: Play, statement: Statement, by: Person) -> None:
    if play.enrolment is None or play.lesson_key is None:
        return
    play.finished_at = timezone.now()
    play.score, play.max_score = statement.score, statement.max_score
    play.score_source = statement.score_source
    play.save(update_fields=["finished_at", "score", "max_score", "score_source"])
    record_activity(
        enrolment=play.enrolment, lesson_key=play.lesson_key, activity_key=activity_key(play.content), by=by
    )
