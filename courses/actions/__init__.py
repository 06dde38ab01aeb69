"""What is done in this room. Pages, API, commands and jobs all come in here."""

from courses.actions.attempts import (
    Saved,
    close_expired_attempts,
    expire_attempt,
    save_answer,
    submit_attempt,
)
from courses.actions.catalogue import ensure_author_permissions, ensure_catalogue, save_course
from courses.actions.completions import complete, complete_practice, revoke_completion
from courses.actions.enrolments import enrol
from courses.actions.lessons import finish_lesson, open_lesson, record_activity
from courses.actions.questions import retire_question, review_question, save_question
from courses.actions.sittings import NOWHERE, Whence
from courses.actions.starting import draw_questions, refuse_draw, start_attempt, waiting_resit
from courses.actions.uploads import take_upload, workbooks_of

__all__ = [
    "NOWHERE",
    "Saved",
    "Whence",
    "close_expired_attempts",
    "complete",
    "complete_practice",
    "draw_questions",
    "enrol",
    "ensure_author_permissions",
    "ensure_catalogue",
    "expire_attempt",
    "finish_lesson",
    "open_lesson",
    "record_activity",
    "refuse_draw",
    "retire_question",
    "review_question",
    "revoke_completion",
    "save_answer",
    "save_course",
    "save_question",
    "start_attempt",
    "submit_attempt",
    "take_upload",
    "waiting_resit",
    "workbooks_of",
]
