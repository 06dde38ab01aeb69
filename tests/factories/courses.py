"""Courses, lessons and exams for tests, made as simply as the database allows."""

from __future__ import annotations

import itertools
import uuid
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model

from courses.actions import ensure_catalogue, finish_lesson, open_lesson, save_answer, take_upload
from courses.h5p.models import Content, Library
from courses.models import (
    Attempt,
    AttemptQuestion,
    Course,
    CoursePage,
    Enrolment,
    Exam,
    LessonPage,
    Question,
    QuestionBank,
)

_numbers = itertools.count(1)


def course(code: str = "", **fields) -> Course:
    """Make a course of 8 periods, tagged DS, whose lessons may be gone through in no time."""
    number = next(_numbers)
    return Course.objects.create(
        **{
            "code": code or f"DS{number:03d}",
            "name": "An toàn thông tin và phòng chống lừa đảo trực tuyến",
            "hours": Decimal(8),
            "pace_percent": 0,
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
    number = next(_numbers)
    options = [
        {
            "key": str(uuid.uuid4()),
            "text": f"{'Phương án đúng' if order < right else 'Phương án sai'} {order} của câu {number}",
            "is_right": order < right,
        }
        for order in range(right + wrong)
    ]
    return reviewed(bank, kind, {"options": options, "partial": "none"}, text=text or f"Câu hỏi số {number}?")


def reviewed(bank: QuestionBank, kind: str, content: dict, **fields) -> Question:
    """Make a question of any type that an exam may draw."""
    given = {
        "text": f"Câu hỏi số {next(_numbers)}?",
        "state": "reviewed",
        "reviewed_at": timezone.now(),
        **fields,
    }
    return Question.objects.create(bank=bank, kind=kind, content=content, **given)


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
        save_answer(
            attempt=attempt,
            position=put.position,
            client_id=uuid.uuid4(),
            sequence=1,
            response=right_response(put) if number < right else wrong_response(put),
            by=None,
            at=timezone.now(),
        )


def workbook(cells: dict[str, object]) -> bytes:
    """Return an XLSX of one sheet "Số liệu"; text that begins with = is a formula, whose value is given beside it."""
    import io

    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Số liệu")
        for place, content in cells.items():
            if isinstance(content, tuple):
                sheet.write_formula(place, content[0], None, content[1])
            else:
                sheet.write(place, content)
    return stream.getvalue()


def start_file() -> int:
    """Keep a workbook as a document an author may give out; return its number."""
    document = get_document_model()(title="Bảng mẫu")
    document.file.save("bang-mau.xlsx", ContentFile(workbook({"A1": 10, "A2": 20})))
    return document.pk


def handed_in(attempt: Attempt) -> uuid.UUID:
    """Let the first question of an attempt be a task with a start file and a workbook handed in."""
    put = attempt.questions.get(position=1)
    put.kind = "spreadsheet"
    put.key = {"instructions": "Tính tổng", "start_file": start_file(), "rules": []}
    put.shown = {"kind": "spreadsheet", "instructions": "Tính tổng", "has_start_file": True}
    put.save()
    upload, _note = take_upload(
        attempt=attempt,
        position=1,
        name="bài làm.xlsx",
        content=workbook({"A1": 1}),
        by=None,
        at=timezone.now(),
    )
    return upload.pk


def right_response(put: AttemptQuestion) -> dict:
    """Return the response that earns everything."""
    return put.parsed.key()


def right_keys(put: AttemptQuestion) -> list[str]:
    """Return the keys of the right options."""
    return right_response(put)["chosen"]


def wrong_response(put: AttemptQuestion) -> dict:
    """Return a response to a question with options that earns nothing."""
    wrong = [option["key"] for option in put.shown["options"] if option["key"] not in right_keys(put)]
    return {"chosen": wrong[:1]}


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
