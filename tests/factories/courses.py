"""Courses, lessons and exams for tests, made as simply as the database allows."""

from __future__ import annotations

import itertools
import uuid
from decimal import Decimal

from django.utils import timezone

from courses.actions import ensure_catalogue, finish_lesson, open_lesson, save_answer
from courses.h5p.models import Content, Library
from courses.models import (
    Attempt,
    Course,
    CoursePage,
    Enrolment,
    Exam,
    LessonPage,
    Question,
    QuestionBank,
    QuestionOption,
)

_numbers = itertools.count(1)


def course(code: str = "", **fields) -> Course:
    """Make a course of 8 periods, tagged DS."""
    number = next(_numbers)
    return Course.objects.create(
        **{
            "code": code or f"DS{number:03d}",
            "name": "An toàn thông tin và phòng chống lừa đảo trực tuyến",
            "hours": Decimal(8),
            **fields,
        }
    )


def course_page(of: Course, *, lessons: int = 2) -> CoursePage:
    """Publish a course with lessons of one paragraph."""
    page = CoursePage(title=of.name, slug=of.code.lower(), course=of, summary="Nhận biết và phòng tránh.")
    ensure_catalogue().add_child(instance=page)
    for number in range(1, lessons + 1):
        lesson = LessonPage(
            title=f"Bài {number}: Những điều cần biết",
            slug=f"bai-{number}",
            body=[("text", f"<p>Nội dung bài {number}.</p>")],
        )
        page.add_child(instance=lesson)
    return page


def lessons(page: CoursePage) -> list[LessonPage]:
    """Return the lessons in order."""
    return list(LessonPage.objects.of_course_page(page))


def question(
    bank: QuestionBank, text: str = "", *, kind: str = "single", right: int = 1, wrong: int = 3
) -> Question:
    """Make a question whose right options come first."""
    row = Question.objects.create(bank=bank, kind=kind, text=text or f"Câu hỏi số {next(_numbers)}?")
    for order in range(right + wrong):
        word = "Phương án đúng" if order < right else "Phương án sai"
        QuestionOption.objects.create(
            question=row, sort_order=order, text=f"{word} {order} của câu {row.pk}", is_correct=order < right
        )
    return row


def exam(of: Course, *, questions: int = 5, **rules) -> Exam:
    """Give a course a bank and an exam that draws five of it."""
    bank = QuestionBank.objects.create(code=f"NH-{of.code}", name=f"Ngân hàng {of.code}")
    for _ in range(questions):
        question(bank)
    return Exam.objects.create(course=of, bank=bank, **{"draw": min(5, questions), "minutes": 20, **rules})


def ready_course(code: str = "", *, lessons: int = 2, **rules) -> Course:
    """Make a published course with an exam."""
    row = course(code)
    course_page(row, lessons=lessons)
    exam(row, **rules)
    return row


def enrolled(person, of: Course, *, lessons_done: bool = False) -> Enrolment:
    """Enrol a person, all lessons done if asked."""
    row = Enrolment.objects.create(person=person, course=of)
    if lessons_done:
        for lesson in lessons(CoursePage.objects.get(course=of)):
            open_lesson(enrolment=row, lesson=lesson, by=person)
            finish_lesson(enrolment=row, lesson=lesson, by=person)
    return row


def answer(attempt: Attempt, *, right: int) -> None:
    """Answer the first `right` questions rightly and the others wrongly."""
    for number, put in enumerate(attempt.questions.all()):
        wrong = [option["id"] for option in put.options if option["id"] not in put.right_ids]
        save_answer(
            attempt=attempt,
            position=put.position,
            client_id=uuid.uuid4(),
            sequence=1,
            chosen=put.right_ids if number < right else wrong[:1],
            by=None,
            at=timezone.now(),
        )


def activity(title: str) -> Content:
    """Make an H5P activity of a library that holds nothing."""
    library, _created = Library.objects.get_or_create(
        machine_name="SongTien.Test",
        major=1,
        minor=0,
        defaults={
            "patch": 0,
            "title": "Test",
            "is_runnable": True,
            "manifest": {},
            "files": {},
            "folder": "x",
            "sha256": "0" * 64,
            "uses_eval": False,
            "reports_results": True,
        },
    )
    return Content.objects.create(
        title=title, library=library, manifest={}, parameters={}, folder="x", sha256="0" * 64
    )
