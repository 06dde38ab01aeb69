"""What this room holds about persons, field by field."""

from lms.people.personal_data import EXAM_TRACE, LEARNING, PLAIN, TRAINING, WORK, declare

declare(
    "courses.Completion",
    (TRAINING, "person person_name enrolment course course_code course_version course_name hours is_ds is_da started_on completed_at completed_on passed verified_on valid_until provider certificate_no source agency agency_code agency_name post_category post_position"),
    (LEARNING, "evidence"),
    (PLAIN, "id created_at"),
)  # fmt: skip
declare(
    "courses.Revocation",
    (TRAINING, "completion on mode reason"),
    (WORK, "by by_name recorded_at"),
    (PLAIN, "id"),
)
declare(
    "courses.Enrolment", (LEARNING, "person course enrolled_at finished_at extra_attempts"), (PLAIN, "id")
)
declare(
    "courses.LessonProgress",
    (LEARNING, "enrolment lesson_key lesson_title opened_at finished_at"),
    (PLAIN, "id"),
)
declare(
    "courses.ActivityProgress", (LEARNING, "enrolment lesson_key activity_key finished_at"), (PLAIN, "id")
)
declare(
    "courses.Attempt",
    (LEARNING, "enrolment exam number started_at deadline_at closed_at closing right score passed resit"),
    (PLAIN, "id key seed pass_mark"),
)
declare(
    "courses.AttemptQuestion",
    (LEARNING, "attempt position question credit"),
    (PLAIN, "id version points kind text explanation shown key"),
)
declare(
    "courses.Answer",
    (LEARNING, "attempt_question sequence response saved_at sitting"),
    (PLAIN, "id client_id"),
)
declare("courses.Upload", (LEARNING, "attempt_question file name size sha256 uploaded_at"), (PLAIN, "id"))
declare("courses.AnswerConflict", (LEARNING, "answer attempt_question response received_at"), (PLAIN, "id"))
declare(
    "courses.ExtraTime",
    (LEARNING, "enrolment attempt percent minutes reason"),
    (WORK, "by second recorded_at"),
    (PLAIN, "id"),
)
declare(
    "courses.ExtraAttempts",
    (LEARNING, "enrolment count reason"),
    (WORK, "by second recorded_at"),
    (PLAIN, "id"),
)
declare(
    "courses.Reopening",
    (LEARNING, "attempt minutes closed_at closing deadline_at score reason"),
    (WORK, "by second recorded_at"),
    (PLAIN, "id"),
)
declare(
    "courses.Resit", (LEARNING, "attempt reason"), (WORK, "by second recorded_at"), (PLAIN, "id code sample")
)
declare("courses.Sitting", (EXAM_TRACE, "attempt device address first_at away"), (PLAIN, "id"))
declare(
    "courses.IntegrityFlag",
    (EXAM_TRACE, "attempt signal facts raised_at note"),
    (WORK, "looked_at looked_by"),
    (PLAIN, "id"),
)
declare("courses.CodeTry", (EXAM_TRACE, "enrolment tried_at"), (PLAIN, "id"))
declare(
    "courses.Play",
    (
        LEARNING,
        "person enrolment lesson_key state state_saved_at opened_at viewed_at finished_at score max_score",
    ),
    (PLAIN, "id key content content_sha256 score_source"),
)
declare(
    "courses.Statement",
    (LEARNING, "play verb body received_at score max_score"),
    (PLAIN, "id identifier is_top_level sha256 score_source"),
)
declare("courses.StatementConflict", (LEARNING, "play body received_at"), (PLAIN, "id identifier"))
declare(
    "courses.Library",
    (WORK, "installed_by installed_at approved_by approved_at"),
    (PLAIN, "id machine_name major minor patch title licence author is_runnable manifest semantics files folder sha256 uses_eval outside_hosts reports_results"),
)  # fmt: skip
declare(
    "courses.Content",
    (WORK, "created_by created_at replaced_by replaced_at"),
    (PLAIN, "id key title library manifest parameters files folder sha256"),
)
declare(
    "courses.Question",
    (WORK, "author created_at reviewed_by reviewed_at"),
    (PLAIN, "id bank code kind text content explanation topic difficulty points version previous state"),
)
declare("courses.LearningFact", (LEARNING, "enrolment kind subject at detail recorded_at"), (PLAIN, "id"))
declare(
    "courses.Haste",
    (LEARNING, "enrolment lesson_key lesson_title at seconds least_seconds"),
    (PLAIN, "id"),
)
declare(
    "courses.Decision",
    (TRAINING, "completion kind decided_on decided_at hours reason reference file_name"),
    (WORK, "approval proposed_by approved_by"),
    (PLAIN, "id file_sha256"),
)
declare("courses.Replay", (PLAIN, "id started_at finished_at enrolments drifts"))
declare(
    "courses.Drift",
    (LEARNING, "person kind record record_id stored derived found_at seen_at gone_at"),
    (WORK, "answer answered_by answered_at"),
    (PLAIN, "id"),
)
