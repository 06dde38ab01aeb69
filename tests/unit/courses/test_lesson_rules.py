"""Lessons open one after the other."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest

from courses.models import Course
from courses.rules import are_done, exam_is_open, missing_activities, next_kind, next_lesson, steps


@dataclass(frozen=True)
class Lesson:
    """What the rules look at in a lesson (a Wagtail page cannot even be built without a database)."""

    key: UUID = field(default_factory=uuid4)


@pytest.fixture
def lessons() -> list[Lesson]:
    return [Lesson(), Lesson(), Lesson()]


def states(way) -> list[str]:
    return [str(step.state) for step in way]


def test_only_the_first_lesson_is_open_at_first(lessons):
    assert states(steps(lessons, set())) == ["open", "locked", "locked"]


def test_the_next_lesson_opens_when_the_one_before_is_done(lessons):
    way = steps(lessons, {lessons[0].key})
    assert states(way) == ["done", "open", "locked"]
    assert next_lesson(way).lesson is lessons[1]


def test_a_lesson_added_later_leaves_what_was_done_open(lessons):
    way = steps(lessons, {lessons[0].key, lessons[2].key})
    assert states(way) == ["done", "open", "done"]


def test_the_exam_opens_by_the_pass_rule(lessons):
    begun, all_done = steps(lessons, set()), steps(lessons, {lesson.key for lesson in lessons})
    assert exam_is_open(Course(pass_rule="lessons_and_exam"), begun) is False
    assert exam_is_open(Course(pass_rule="lessons_and_exam"), all_done) is True
    assert exam_is_open(Course(pass_rule="exam"), begun) is True
    assert are_done(all_done) is True
    assert next_lesson(all_done) is None


def test_missing_activities_are_those_of_the_lesson_only():
    assert missing_activities({"1", "2"}, {"2", "9"}) == 1
    assert missing_activities(set(), {"9"}) == 0


@pytest.mark.parametrize(
    ("case", "kind"),
    [
        ({"enrolled": False}, "enrol"),
        ({}, "lesson"),
        ({"done": True}, "exam"),
        ({"done": True, "has_exam": False}, "nothing"),
        ({"done": True, "attempt_running": True}, "continue_exam"),
        ({"finished": True}, "done"),
    ],
)
def test_there_is_always_one_next_thing(lessons, case, kind):
    given = {"enrolled": True, "finished": False, "has_exam": True, "attempt_running": False, **case}
    way = steps(lessons, {lesson.key for lesson in lessons} if given.pop("done", False) else set())
    assert next_kind(way=way, **given) == kind
