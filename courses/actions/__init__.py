"""What is done in this room. Pages, API, commands and jobs all come in here."""

from courses.actions.attempts import close_expired_attempts, save_answer, start_attempt, submit_attempt
from courses.actions.catalogue import ensure_author_permissions, ensure_catalogue, save_course
from courses.actions.completions import complete, revoke_completion
from courses.actions.enrolments import enrol
from courses.actions.lessons import finish_lesson, open_lesson, record_activity

__all__ = [
    "close_expired_attempts",
    "complete",
    "enrol",
    "ensure_author_permissions",
    "ensure_catalogue",
    "finish_lesson",
    "open_lesson",
    "record_activity",
    "revoke_completion",
    "save_answer",
    "save_course",
    "start_attempt",
    "submit_attempt",
]
