"""Courses, who follows them, what they answered, and the facts that remain."""

from courses.h5p.models import Content, Library, Play, Statement, StatementConflict
from courses.models.completion import Completion, Revocation
from courses.models.course import Course
from courses.models.enrolment import ActivityProgress, Enrolment, LessonProgress
from courses.models.exam import Answer, AnswerConflict, Attempt, AttemptQuestion, Exam
from courses.models.pages import CatalogPage, CoursePage, LessonPage
from courses.models.question import Question, QuestionBank, QuestionOption

__all__ = [
    "ActivityProgress",
    "Answer",
    "AnswerConflict",
    "Attempt",
    "AttemptQuestion",
    "CatalogPage",
    "Completion",
    "Content",
    "Course",
    "CoursePage",
    "Enrolment",
    "Exam",
    "LessonPage",
    "LessonProgress",
    "Library",
    "Play",
    "Question",
    "QuestionBank",
    "QuestionOption",
    "Revocation",
    "Statement",
    "StatementConflict",
]
