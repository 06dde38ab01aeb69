"""Courses, who follows them, what they answered, and the facts that remain."""

from courses.h5p.models import Content, Library, Play, Statement, StatementConflict
from courses.models.attempt import Answer, AnswerConflict, Attempt, AttemptQuestion
from courses.models.blueprint import ExamPart
from courses.models.completion import Completion, Revocation
from courses.models.course import Course
from courses.models.decision import Decision
from courses.models.drift import Drift, Replay
from courses.models.enrolment import ActivityProgress, Enrolment, Haste, LessonProgress
from courses.models.exam import Exam
from courses.models.examining import ExtraAttempts, ExtraTime, Reopening, Resit
from courses.models.fact import LearningFact
from courses.models.integrity import CodeTry, IntegrityFlag, Sitting
from courses.models.pages import CatalogPage, CoursePage, LessonPage
from courses.models.question import Question, QuestionBank
from courses.models.upload import Upload

__all__ = [
    "ActivityProgress",
    "Answer",
    "AnswerConflict",
    "Attempt",
    "AttemptQuestion",
    "CatalogPage",
    "CodeTry",
    "Completion",
    "Content",
    "Course",
    "CoursePage",
    "Decision",
    "Drift",
    "Enrolment",
    "Exam",
    "ExamPart",
    "ExtraAttempts",
    "ExtraTime",
    "Haste",
    "IntegrityFlag",
    "LearningFact",
    "LessonPage",
    "LessonProgress",
    "Library",
    "Play",
    "Question",
    "QuestionBank",
    "Reopening",
    "Replay",
    "Resit",
    "Revocation",
    "Sitting",
    "Statement",
    "StatementConflict",
    "Upload",
]
