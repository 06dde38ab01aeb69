"""Activities open the next lesson, and nothing else."""

from __future__ import annotations

import uuid

import pytest

from courses.actions import enrol, finish_lesson, open_lesson, record_activity
from courses.models import ActivityProgress, Completion, LessonProgress
from courses.rules import Refused, way_of
from tests.factories import courses, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner():
    return people.person()


@pytest.fixture
def course():
    return courses.ready_course("DS06")


@pytest.fixture
def enrolment(learner, course):
    return enrol(person=learner, course=course, by=learner)


@pytest.fixture
def lessons(course):
    first, second = courses.lessons(course.page)
    first.body = [
        ("h5p", {"content": courses.activity("Một")}),
        ("h5p", {"content": courses.activity("Hai")}),
    ]
    first.save()
    return first, second


def code(action, **given) -> str:
    with pytest.raises(Refused) as refused:
        action(by=None, **given)
    return refused.value.code


def states(enrolment) -> list[str]:
    return [str(step.state) for step in way_of(enrolment)]


def test_the_last_activity_finishes_the_lesson_and_opens_the_next(enrolment, lessons):
    first, _second = lessons
    open_lesson(enrolment=enrolment, lesson=first, by=None)
    assert code(finish_lesson, enrolment=enrolment, lesson=first) == "activities"
    one, two = sorted(first.activity_keys)
    record_activity(enrolment=enrolment, lesson_key=first.key, activity_key=one, by=None)
    record_activity(enrolment=enrolment, lesson_key=first.key, activity_key=one, by=None)
    assert states(enrolment) == ["open", "locked"]
    record_activity(enrolment=enrolment, lesson_key=first.key, activity_key=two, by=None)
    assert states(enrolment) == ["done", "open"]
    assert ActivityProgress.objects.count() == 2
    assert not Completion.objects.exists()


def test_an_activity_of_elsewhere_or_of_a_locked_lesson_is_refused(enrolment, lessons):
    first, second = lessons
    key = sorted(first.activity_keys)[0]
    record = {"enrolment": enrolment, "activity_key": key}
    assert code(record_activity, lesson_key=second.key, **record) == "locked"
    assert code(record_activity, lesson_key=uuid.uuid4(), **record) == "no_lesson"
    assert (
        code(record_activity, enrolment=enrolment, lesson_key=first.key, activity_key=str(uuid.uuid4()))
        == "no_activity"
    )
    assert not ActivityProgress.objects.exists()
    assert not LessonProgress.objects.exists()


def test_a_lesson_of_another_course_is_refused(enrolment):
    other = courses.lessons(courses.ready_course("DA01").page)[0]
    assert code(open_lesson, enrolment=enrolment, lesson=other) == "no_lesson"


def test_finishing_twice_keeps_the_first_moment(enrolment, course):
    first = courses.lessons(course.page)[0]
    open_lesson(enrolment=enrolment, lesson=first, by=None)
    before = finish_lesson(enrolment=enrolment, lesson=first, by=None).finished_at
    assert finish_lesson(enrolment=enrolment, lesson=first, by=None).finished_at == before
    assert open_lesson(enrolment=enrolment, lesson=first, by=None).finished_at == before


def test_progress_outlives_a_page_that_is_moved_or_renamed(enrolment, course):
    first = courses.lessons(course.page)[0]
    open_lesson(enrolment=enrolment, lesson=first, by=None)
    finish_lesson(enrolment=enrolment, lesson=first, by=None)
    first.slug, first.title = "khac", "Tên khác"
    first.save_revision().publish()
    assert states(enrolment) == ["done", "open"]
