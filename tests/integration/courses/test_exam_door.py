"""The door of an exam: window, access code, blueprint, extra time, what is shown afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.actions import start_attempt, submit_attempt
from courses.actions.examining import give_extra_time
from courses.models import Attempt, CodeTry, Exam, ExamPart, Question
from courses.rules import Refused
from tests.factories import courses, people

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def learner(client):
    who = people.person(agency=people.agency("SNV", name="Sở Nội vụ"))
    people.sign_in(client, who)
    return who


@pytest.fixture
def course():
    row = courses.course("DS06", pass_rule="exam")
    courses.course_page(row, lessons=0)
    courses.exam(row, attempts_allowed=2, pass_mark=60)
    return row


@pytest.fixture
def enrolment(learner, course):
    return courses.enrolled(learner, course)


def change(course, **fields) -> None:
    Exam.objects.filter(course=course).update(**fields)


def code_of(enrolment, **given) -> str:
    with pytest.raises(Refused) as refused:
        start_attempt(enrolment=enrolment, by=None, **given)
    return refused.value.code


def test_an_exam_outside_its_window_says_when_it_opens_and_starts_nothing(client, course, enrolment):
    now = timezone.now()
    change(course, opens_at=now + HOUR)
    page = client.get(f"/learn/courses/{course.pk}/exam/").content.decode()
    assert timezone.localtime(now + HOUR).strftime("%H:%M %d/%m/%Y") in page
    assert code_of(enrolment) == "not_open_yet"
    change(course, opens_at=now - 2 * HOUR, closes_at=now - HOUR)
    assert code_of(enrolment) == "window_over"
    assert not Attempt.objects.exists()


def test_the_windows_end_is_the_deadline_and_extra_time_goes_on_after_it(course, enrolment):
    closes = timezone.now() + timedelta(minutes=7)
    change(course, closes_at=closes)
    examiner = people.person()
    give_extra_time(enrolment=enrolment, percent=0, minutes=5, reason="Quyết định 12", by=examiner)
    assert start_attempt(enrolment=enrolment, by=None).deadline_at == closes + timedelta(minutes=5)


@pytest.mark.parametrize(
    "fields",
    [
        {"minutes": -1},
        {"minutes": 0},
        {"wait_minutes": -1},
        {"draw": 0},
        {"attempts_allowed": 0},
        {"pass_mark": 101},
        {"opens_at": timezone.now(), "closes_at": timezone.now() - HOUR},
        {"review": "after_window", "closes_at": None},
    ],
)
def test_an_impossible_exam_is_refused_by_the_form_and_by_the_database(course, fields):
    exam = Exam.objects.get(course=course)
    for name, value in fields.items():
        setattr(exam, name, value)
    with pytest.raises(ValidationError):
        exam.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Exam.objects.filter(pk=exam.pk).update(**fields)


def test_an_access_code_is_asked_and_its_tries_are_limited(client, course, enrolment):
    change(course, access_code="Mỹ Tho 26")
    start = f"/learn/courses/{course.pk}/exam/start/"
    assert 'name="code"' in client.get(f"/learn/courses/{course.pk}/exam/").content.decode()
    client.post(start)
    assert not CodeTry.objects.exists(), "nothing typed is no guess"
    for guess in range(5):
        client.post(start, {"code": f"x{guess}"})
    assert CodeTry.objects.count() == 5
    assert code_of(enrolment, code="Mỹ Tho 26") == "too_many_codes"
    assert CodeTry.objects.count() == 5, "a try that is not listened to is none"
    CodeTry.objects.update(tried_at=timezone.now() - timedelta(minutes=16))
    client.post(start, {"code": " mỹ tho 26 "})
    assert Attempt.objects.count() == 1


def test_no_page_of_the_learner_holds_the_access_code(client, course, enrolment):
    change(course, access_code="RIÊNG-88")
    pages = [f"/learn/courses/{course.pk}/exam/", "/learn/", "/courses/ds06/"]
    assert not [path for path in pages if "RIÊNG-88" in client.get(path).content.decode()]


def test_a_blueprint_draws_each_row_and_its_exam_is_refused_when_the_bank_cannot_fill_it(
    client, course, enrolment
):
    exam = Exam.objects.get(course=course)
    first, second, *rest = Question.objects.order_by("pk")
    Question.objects.filter(pk__in=[first.pk, second.pk]).update(topic="An toàn thông tin", difficulty=3)
    Question.objects.filter(pk__in=[one.pk for one in rest]).update(topic="Bảng tính", difficulty=1)
    ExamPart.objects.create(exam=exam, topic="An toàn thông tin", difficulty=3, count=2)
    part = ExamPart.objects.create(exam=exam, topic="Bảng tính", count=1)
    attempt = start_attempt(enrolment=enrolment, by=None)
    drawn = [put.question.topic for put in attempt.questions.all()]
    assert sorted(drawn) == ["An toàn thông tin", "An toàn thông tin", "Bảng tính"]
    submit_attempt(attempt=attempt, by=None, at=timezone.now())
    ExamPart.objects.filter(pk=part.pk).update(count=9)
    assert code_of(enrolment) == "bank"
    page = client.get(f"/learn/courses/{course.pk}/exam/").content.decode()
    assert "Bảng tính" in page
    assert "notice--warning" in page


def admin_form(course, **changed):
    exam = Exam.objects.get(course=course)
    rows = changed.pop("rows", [])
    data = {
        "course": course.pk,
        "bank": exam.bank_id,
        "draw": 5,
        "minutes": 20,
        "pass_mark": 60,
        "attempts_allowed": 2,
        "wait_minutes": 0,
        "review": "after_last",
        "parts-TOTAL_FORMS": len(rows),
        "parts-INITIAL_FORMS": 0,
        "parts-MIN_NUM_FORMS": 0,
        "parts-MAX_NUM_FORMS": 40,
        **changed,
    }
    for number, row in enumerate(rows):
        data |= {f"parts-{number}-{name}": value for name, value in row.items()}
        data |= {f"parts-{number}-ORDER": number + 1, f"parts-{number}-id": ""}
    return f"/admin/snippets/courses/exam/edit/{exam.pk}/", data


@pytest.fixture
def author(client):
    people.sign_in(client, people.person(role="author"))


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"minutes": -5}, "minutes"),
        ({"wait_minutes": -5}, "wait_minutes"),
        ({"draw": 6}, "draw"),
        ({"opens_at": "2031-01-02 08:00", "closes_at": "2031-01-01 08:00"}, "closes_at"),
        ({"closes_at": "2021-01-01 08:00"}, "closes_at"),
        ({"rows": [{"topic": "Không có", "difficulty": "", "count": 3}]}, "__all__"),
        ({"rows": [{"topic": "", "difficulty": "", "count": -1}]}, None),
    ],
)
def test_an_author_is_told_what_is_wrong_with_an_exam(client, course, author, changed, word):
    path, data = admin_form(course, **changed)
    answer = client.post(path, data)
    assert answer.status_code == 200
    if word:
        assert word in answer.context["form"].errors, answer.context["form"].errors
    assert Exam.objects.get(course=course).minutes == 20
    assert not ExamPart.objects.exists()


def test_an_author_writes_a_blueprint_and_its_rows_say_how_many_are_drawn(client, course, author):
    path, data = admin_form(
        course, rows=[{"topic": "", "difficulty": 2, "count": 3}], closes_at="2035-01-01 08:00"
    )
    assert client.post(path, data).status_code == 302
    exam = Exam.objects.get(course=course)
    assert (exam.draw, exam.parts.get().count) == (3, 3)


@pytest.mark.parametrize(
    ("review", "shown"), [("after_last", True), ("never", False), ("after_window", False)]
)
def test_right_answers_are_shown_as_the_exam_says(client, course, enrolment, review, shown):
    change(course, review=review, closes_at=timezone.now() + HOUR)
    attempt = start_attempt(enrolment=enrolment, by=None)
    courses.answer(attempt, right=5)
    submit_attempt(attempt=attempt, by=None, at=timezone.now())
    page = f"/learn/attempts/{attempt.key}/result/"
    assert ('class="review"' in client.get(page).content.decode()) is shown
    change(course, closes_at=timezone.now() - timedelta(seconds=1))
    assert ('class="review"' in client.get(page).content.decode()) is (review != "never")
