"""The courses of the demonstration: records, question banks, exams and pages."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.html import escape

from courses.actions import ensure_catalogue, review_question, save_course, save_question
from courses.h5p.actions import import_package
from courses.h5p.models import Content
from courses.models import (
    CatalogPage,
    Course,
    CoursePage,
    Exam,
    LessonPage,
    Question,
    QuestionBank,
)
from courses.questions import Choice, Option, content_of
from courses.questions.content import key_for
from courses.states import Difficulty
from lms.base.actions import record_event
from lms.demonstration.actions.accounts import player_of
from lms.demonstration.actions.places import agency_of
from lms.demonstration.content import CourseText, LessonText, course_texts
from lms.demonstration.content.markup import rich_text
from lms.demonstration.content.packages import package
from lms.demonstration.sheets.training import Course as Entry
from lms.demonstration.sheets.training import catalogue
from lms.people.models import Person

ISSUER = "SKHCN"
WORDS_A_MINUTE = 60
TRUE, FALSE = "Đúng", "Sai"


def open_catalogue() -> str:
    """Write the courses that are not there yet; return what was done."""
    author = player_of("author")
    known = sum(_know(entry, author) for entry in catalogue() if entry.is_own)
    written = sum(_write(text, author) for text in course_texts())
    return f"courses: {known} recorded, {written} written with lessons, bank and exam"


def _know(entry: Entry, author: Person) -> bool:
    """Record a course, so that completions of past years refer to it."""
    if Course.objects.filter(code=entry.code).exists():
        return False
    course = Course(
        code=entry.code,
        name=entry.name,
        hours=Decimal(entry.hours),
        is_ds="DS" in entry.tags,
        is_da="DA" in entry.tags,
        valid_months=int(entry.valid_months) if entry.valid_months else None,
        agency=agency_of(ISSUER),
    )
    save_course(course=course, by=author)
    return True


@transaction.atomic
def _write(text: CourseText, author: Person) -> bool:
    course = Course.objects.get(code=text.code)
    if CoursePage.objects.filter(course=course).exists():
        return False
    bank = _bank(text, author)
    Exam.objects.create(
        course=course,
        bank=bank,
        draw=text.exam["questions"],
        minutes=text.exam["minutes"],
        pass_mark=text.exam["pass_mark"],
        attempts_allowed=text.exam["attempts"],
    )
    home = ensure_catalogue()
    if home is None:
        raise LookupError("There is no site yet: run `manage.py migrate` first.")
    _publish(home, text, course, author)
    return True


def _bank(text: CourseText, author: Person) -> QuestionBank:
    bank = QuestionBank.objects.create(code=text.code, name=text.bank_name)
    reviewer = player_of("trainer")
    for entry in text.questions:
        question = Question(
            bank=bank,
            kind=entry["kind"],
            text=entry["text"],
            content=_content(entry),
            explanation=entry["explanation"],
            topic=entry.get("topic", ""),
            difficulty=entry.get("difficulty", Difficulty.MEDIUM),
            points=entry.get("points", 1),
        )
        review_question(question=save_question(question=question, by=author), by=reviewer)
    record_event(by=author, action="courses.write_bank", target=bank, new={"questions": len(text.questions)})
    return bank


def _content(entry: dict[str, Any]) -> dict[str, Any]:
    """Return the content of a question: choices are written in short, the other types as they are stored."""
    kind = entry["kind"]
    if "content" in entry:
        return content_of(kind, entry["content"]).to_json()
    if kind == Question.Kind.TRUE_FALSE:
        options = [(TRUE, entry["answer"]), (FALSE, not entry["answer"])]
    else:
        options = [(option["text"], option["right"]) for option in entry["options"]]
    return Choice(kind, [Option(key_for(words), words, right) for words, right in options]).to_json()


def _publish(home: CatalogPage, text: CourseText, course: Course, author: Person) -> None:
    goals = "".join(f"<li>{escape(goal)}</li>" for goal in text.goals)
    page = CoursePage(
        title=text.name,
        slug=text.slug,
        course=course,
        summary=text.summary,
        audience=text.audience,
        outcomes=f"<ul>{goals}</ul>",
        owner=author,
    )
    home.add_child(instance=page)
    page.save_revision(user=author, log_action=True).publish(user=author)
    for lesson in text.lessons:
        _publish_lesson(page, lesson, text, author)


def _publish_lesson(course_page: CoursePage, lesson: LessonText, text: CourseText, author: Person) -> None:
    words = len(lesson.markdown.split())
    practice = [_activity(entry, author) for entry in text.activities if entry["lesson"] == lesson.key]
    page = LessonPage(
        title=lesson.title,
        slug=lesson.slug,
        minutes=max(3, round(words / WORDS_A_MINUTE)),
        body=[
            ("text", rich_text(lesson.markdown)),
            *(("h5p", {"content": content}) for content in practice),
        ],
        owner=author,
    )
    course_page.add_child(instance=page)
    page.save_revision(user=author, log_action=True).publish(user=author)


def _activity(entry: dict[str, Any], author: Person) -> Content:
    """Bring in an activity the way an author uploads one: its libraries are approved already."""
    imported = import_package(file=package(entry), by=author, approve=False)
    if imported.content is None:
        raise LookupError(imported.waiting_sentence)
    return imported.content
