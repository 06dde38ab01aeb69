"""Twenty certificates earned as everybody earns them: lessons, exam, completion, issue."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import timezone

from courses.actions import (
    enrol,
    finish_lesson,
    open_lesson,
    record_activity,
    save_answer,
    start_attempt,
    submit_attempt,
    take_upload,
)
from courses.models import Attempt, AttemptQuestion, Course, Enrolment, LessonPage
from courses.questions import Json
from courses.states import QuestionKind
from lms.base.jobs import run_due
from lms.demonstration.content.workbooks import summary_of_communes
from lms.demonstration.sheets.careers import all_careers
from lms.demonstration.sheets.learners import Learner, learners
from lms.people.models import Person

SECONDS_A_QUESTION = 20


def sit_exams() -> str:
    """Let the learners go through their courses; return what was done."""
    sat = sum(_sit(learner) for learner in learners(all_careers()))
    done = run_due()
    return f"exams: {sat} sat, {done} jobs done"


@transaction.atomic
def _sit(learner: Learner) -> bool:
    """Go the whole way or not at all, so that an interrupted load is made good by the next one."""
    person = Person.objects.get(code=learner.number)
    course = Course.objects.get(code=learner.course_code)
    if Attempt.objects.filter(enrolment__person=person, enrolment__course=course).exists():
        return False
    enrolment = learnt(person, course)
    _answer(enrolment, learner, person)
    return True


def learnt(person: Person, course: Course) -> Enrolment:
    """Let somebody go through all lessons of a course; return the enrolment."""
    enrolment = enrol(person=person, course=course, by=person)
    for lesson in LessonPage.objects.of_course_page(course.page).live():
        _learn(enrolment, lesson, person)
    return enrolment


def _learn(enrolment: Enrolment, lesson: LessonPage, person: Person) -> None:
    # Each lesson was opened as long ago as it says it takes.
    opened = timezone.now() - timedelta(minutes=lesson.minutes)
    open_lesson(enrolment=enrolment, lesson=lesson, by=person, at=opened)
    for key in sorted(lesson.activity_keys):
        record_activity(enrolment=enrolment, lesson_key=lesson.key, activity_key=key, by=person)
    if not lesson.activity_keys:
        finish_lesson(enrolment=enrolment, lesson=lesson, by=person)


def _answer(enrolment: Enrolment, learner: Learner, person: Person) -> None:
    # The sitting began as long ago as it takes, so that it ends now and never in the future.
    now = timezone.now()
    questions = enrolment.course.exam.draw
    start = now - timedelta(seconds=SECONDS_A_QUESTION * (questions + 1))
    attempt = start_attempt(enrolment=enrolment, by=person, at=start)
    for question in attempt.questions.all():
        is_wrong = question.position <= learner.wrong
        moment = _moment(start, question.position)
        response = _wrong(question) if is_wrong else _right(attempt, question, person, moment)
        save_answer(
            attempt=attempt,
            position=question.position,
            client_id=client_id(attempt, question.position),
            sequence=1,
            response=response,
            by=person,
            at=moment,
        )
    submit_attempt(attempt=attempt, by=person, at=now)


def _right(attempt: Attempt, question: AttemptQuestion, person: Person, at: datetime) -> Json:
    if question.kind != QuestionKind.SPREADSHEET:
        return question.parsed.key()
    upload, _note = take_upload(
        attempt=attempt,
        position=question.position,
        name="tong-hop.xlsx",
        content=summary_of_communes(),
        by=person,
        at=at,
    )
    return {"upload": str(upload.pk)}


def _wrong(question: AttemptQuestion) -> Json:
    """Choose a wrong option; what is not chosen among options is left blank."""
    right = question.parsed.key().get("chosen", [])
    wrong = [option["key"] for option in question.shown.get("options", []) if option["key"] not in right]
    return {"chosen": wrong[:1]} if wrong else {}


def client_id(attempt: Attempt, position: int) -> UUID:
    """Return the key a browser would have made for the answer."""
    return uuid5(NAMESPACE_URL, f"{attempt.key}/{position}")


def _moment(start: datetime, position: int) -> datetime:
    return start + timedelta(seconds=SECONDS_A_QUESTION * position)
