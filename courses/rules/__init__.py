"""The decisions of this room: may, due, right, passed."""

from courses.rules.completions import frozen_place, refuse_revocation
from courses.rules.decisions import refuse_decision, refuse_evidence
from courses.rules.enrolments import refuse_enrolment
from courses.rules.examining import (
    refuse_extra_attempts,
    refuse_extra_time,
    refuse_more_time,
    refuse_reopening,
    refuse_resit,
)
from courses.rules.exams import draw, has_passed, order_of, refuse_answer, refuse_bank, score
from courses.rules.lessons import (
    LessonState,
    NextKind,
    Step,
    are_done,
    exam_is_open,
    missing_activities,
    next_kind,
    next_lesson,
    refuse_finish,
    refuse_lesson,
    steps,
)
from courses.rules.pace import Reading, content_minutes, least_seconds, refuse_haste
from courses.rules.progress import find_step, lessons_done, lessons_of, page_of, way_of, way_through
from courses.rules.questions import question_problems, refuse_change, refuse_retirement, refuse_review
from courses.rules.refusal import Refusal, Refused
from courses.rules.replay import Derived, Earned, Fact, Result, replay
from courses.rules.review import releases_keys
from courses.rules.standing import Standing, standing_at, standings_of
from courses.rules.starting import (
    Start,
    attempts_left,
    deadline,
    needs_code,
    next_start,
    refuse_code,
    refuse_more_codes,
    refuse_start,
    refuse_window,
    window_problem,
)
from courses.rules.validity import Validity, renewal_opens, valid_until, validity_on

__all__ = [
    "Derived",
    "Earned",
    "Fact",
    "LessonState",
    "NextKind",
    "Reading",
    "Refusal",
    "Refused",
    "Result",
    "Standing",
    "Start",
    "Step",
    "Validity",
    "are_done",
    "attempts_left",
    "content_minutes",
    "deadline",
    "draw",
    "exam_is_open",
    "find_step",
    "frozen_place",
    "has_passed",
    "least_seconds",
    "lessons_done",
    "lessons_of",
    "missing_activities",
    "needs_code",
    "next_kind",
    "next_lesson",
    "next_start",
    "order_of",
    "page_of",
    "question_problems",
    "refuse_answer",
    "refuse_bank",
    "refuse_change",
    "refuse_code",
    "refuse_decision",
    "refuse_enrolment",
    "refuse_evidence",
    "refuse_extra_attempts",
    "refuse_extra_time",
    "refuse_finish",
    "refuse_haste",
    "refuse_lesson",
    "refuse_more_codes",
    "refuse_more_time",
    "refuse_reopening",
    "refuse_resit",
    "refuse_retirement",
    "refuse_review",
    "refuse_revocation",
    "refuse_start",
    "refuse_window",
    "releases_keys",
    "renewal_opens",
    "replay",
    "score",
    "standing_at",
    "standings_of",
    "steps",
    "valid_until",
    "validity_on",
    "way_of",
    "way_through",
    "window_problem",
]
