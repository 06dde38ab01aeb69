"""Whatever somebody does in a course, what is stored is the replay of its facts in any order, once or twice told."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.actions import finish_lesson, open_lesson
from courses.actions.replays import found_differences
from courses.models import Completion, LearningFact, LessonProgress
from courses.rules import Fact, Refused, replay
from tests.factories import courses, people
from tests.factories.facts import sit

pytestmark = pytest.mark.django_db
STEPS = st.lists(st.one_of(st.just("lesson"), st.integers(0, 5)), max_size=7)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(STEPS, st.booleans(), st.randoms(use_true_random=False))
def test_what_is_stored_is_what_the_facts_say(steps, is_practice, chance):
    course = courses.ready_course(attempts_allowed=9)
    if is_practice:
        course.pass_rule = "lessons"
        course.save()
    enrolment = courses.enrolled(people.person(), course)
    lessons = iter(courses.lessons(course.page))
    for step in steps:
        _do(step, enrolment, lessons)
    told = [
        Fact(row.kind, row.subject, row.at, row.detail)
        for row in LearningFact.objects.filter(enrolment=enrolment)
    ]
    derived = replay(told)
    twice = [*told, *told]
    chance.shuffle(twice)
    assert replay(twice) == derived
    enrolment.refresh_from_db()
    assert enrolment.finished_at == derived.finished_at
    done = Completion.objects.filter(enrolment=enrolment).first()
    assert (done is not None) == (derived.earned is not None)
    stored = LessonProgress.objects.filter(enrolment=enrolment, finished_at__isnull=False)
    assert {str(row.lesson_key): row.finished_at for row in stored} == derived.lessons
    assert list(found_differences()) == []


def _do(step, enrolment, lessons) -> None:
    try:
        if step == "lesson":
            lesson = next(lessons, None)
            if lesson is not None:
                open_lesson(enrolment=enrolment, lesson=lesson, by=None)
                finish_lesson(enrolment=enrolment, lesson=lesson, by=None)
        else:
            sit(enrolment, right=step)
    except Refused:
        return  # the exam is not open yet, or passed already: nothing happened
