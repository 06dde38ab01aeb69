"""A lesson that cannot have been read is not finished, and nobody is punished for it."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.actions import finish_lesson, open_lesson, record_activity
from courses.models import Completion, Haste, LessonPage, LessonProgress
from courses.rules import Refused
from tests.factories import courses, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    row = courses.course("DS20", pace_percent=33)
    courses.course_page(row, lessons=2)
    LessonPage.objects.update(minutes=20)
    return row


@pytest.fixture
def enrolment(course):
    return courses.enrolled(people.person(), course)


def opened(enrolment, ago: timedelta) -> LessonPage:
    lesson = courses.lessons(enrolment.course.page)[0]
    open_lesson(enrolment=enrolment, lesson=lesson, by=None, at=timezone.now() - ago)
    return lesson


def test_twenty_minutes_in_twenty_seconds_leave_the_lesson_open_and_a_flag(enrolment):
    lesson = opened(enrolment, timedelta(seconds=20))
    for _again in range(3):
        with pytest.raises(Refused) as refused:
            finish_lesson(enrolment=enrolment, lesson=lesson, by=None)
        assert refused.value.code == "too_fast"
    assert LessonProgress.objects.get().finished_at is None
    flag = Haste.objects.get()
    assert (flag.least_seconds, 20 <= flag.seconds < 60, flag.lesson_title) == (396, True, lesson.title)
    assert not enrolment.facts.exists()


def test_who_has_read_on_finishes_and_the_flag_keeps_nothing_back(enrolment):
    lesson = opened(enrolment, timedelta(seconds=20))
    with pytest.raises(Refused):
        finish_lesson(enrolment=enrolment, lesson=lesson, by=None)
    later = timezone.now() + timedelta(seconds=380)
    assert finish_lesson(enrolment=enrolment, lesson=lesson, by=None, at=later).finished_at == later
    assert Haste.objects.count() == 1
    assert [fact.kind for fact in enrolment.facts.all()] == ["lesson"]


def test_a_reader_of_a_third_of_the_time_never_meets_the_rule(enrolment):
    finish_lesson(enrolment=enrolment, lesson=opened(enrolment, timedelta(seconds=397)), by=None)
    assert not Haste.objects.exists()


def test_opening_again_does_not_start_the_clock_again(enrolment):
    lesson = opened(enrolment, timedelta(minutes=10))
    open_lesson(enrolment=enrolment, lesson=lesson, by=None)
    finish_lesson(enrolment=enrolment, lesson=lesson, by=None)
    assert LessonProgress.objects.get().finished_at is not None


def test_the_control_with_the_setting_at_nothing_the_same_haste_finishes(enrolment, course):
    course.pace_percent = 0
    course.save()
    enrolment.refresh_from_db()
    finish_lesson(enrolment=enrolment, lesson=opened(enrolment, timedelta(seconds=20)), by=None)
    assert LessonProgress.objects.get().finished_at is not None


def test_many_words_count_whatever_minutes_the_author_wrote(enrolment):
    lesson = courses.lessons(enrolment.course.page)[0]
    lesson.minutes, lesson.body = 1, [("text", f"<p>{'nước ' * 1400}</p>")]
    lesson.save()
    open_lesson(enrolment=enrolment, lesson=lesson, by=None, at=timezone.now() - timedelta(seconds=300))
    with pytest.raises(Refused, match="1"):
        finish_lesson(enrolment=enrolment, lesson=LessonPage.objects.get(pk=lesson.pk), by=None)


def test_the_last_activity_does_not_finish_what_cannot_be_read_yet(enrolment):
    lesson = courses.lessons(enrolment.course.page)[0]
    content = courses.activity("Luyện tập")
    lesson.body = [("h5p", {"content": content})]
    lesson.save()
    open_lesson(enrolment=enrolment, lesson=lesson, by=None)
    record_activity(enrolment=enrolment, lesson_key=lesson.key, activity_key=str(content.key), by=None)
    assert [fact.kind for fact in enrolment.facts.all()] == ["activity"]
    assert LessonProgress.objects.get().finished_at is None
    assert not Haste.objects.exists()  # nobody asked to finish


def test_the_page_says_kindly_what_is_still_to_read(client, enrolment):
    lesson = opened(enrolment, timedelta(seconds=20))
    people.sign_in(client, enrolment.person)
    answer = client.post(f"/learn/courses/{enrolment.course_id}/lessons/{lesson.pk}/finish/", follow=True)
    words = answer.content.decode()
    assert "Xin ông (bà) cứ thong thả" in words
    assert "phút nữa" in words
    assert answer.redirect_chain[-1][0].endswith(f"/{lesson.slug}/")


def test_a_practice_course_completes_with_its_last_lesson_and_verifies_nothing(enrolment, course):
    course.pass_rule, course.pace_percent = "lessons", 0
    course.save()
    enrolment.refresh_from_db()
    for lesson in courses.lessons(course.page):
        assert not Completion.objects.exists()
        open_lesson(enrolment=enrolment, lesson=lesson, by=None)
        finish_lesson(enrolment=enrolment, lesson=lesson, by=None)
    done = Completion.objects.get()
    assert (done.source, done.passed, done.verified_on) == ("lessons", True, None)
    enrolment.refresh_from_db()
    assert enrolment.finished_at == done.completed_at
    assert not Completion.objects.counting_on(done.completed_on).exists()
    kinds = list(enrolment.facts.values_list("kind", flat=True))
    assert kinds == ["lesson", "lesson", "lessons", "completed"]


def test_an_unknown_activity_leaves_no_fact(enrolment):
    lesson = courses.lessons(enrolment.course.page)[0]
    with pytest.raises(Refused):
        record_activity(enrolment=enrolment, lesson_key=lesson.key, activity_key=str(uuid.uuid4()), by=None)
    assert not enrolment.facts.exists()
