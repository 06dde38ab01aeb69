"""The statistics page reads graded attempts only, each version for itself, in a fixed number of queries."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.actions import save_answer, start_attempt, submit_attempt
from courses.banks.measuring import figures_of
from courses.models import Question
from tests.factories import courses, people

pytestmark = pytest.mark.django_db


def sit(course, answers):
    """Sit the exam: `answers` says for each question's key which option (0 right, 1… wrong, None unanswered)."""
    attempt = start_attempt(enrolment=courses.enrolled(people.person(), course), by=None)
    for put in attempt.questions.select_related("question"):
        place = answers[put.question_id]
        if place is None:
            continue
        response = {"chosen": [put.question.content["options"][place]["key"]]}
        for sequence, one in enumerate(({"chosen": []}, response), start=1):  # the last in order counts
            save_answer(attempt=attempt, position=put.position, client_id=uuid.uuid4(), sequence=sequence, response=one, by=None, at=timezone.now())  # fmt: skip
    return submit_attempt(attempt=attempt, by=None, at=timezone.now())


@pytest.fixture
def course():
    row = courses.course("DS1")
    courses.course_page(row, lessons=0)
    courses.exam(row, questions=3)
    return row


def test_figures_of_closed_attempts_by_hand(course):
    first, second, third = Question.objects.order_by("pk").values_list("pk", flat=True)
    sit(course, {first: 0, second: 0, third: 0})
    sit(course, {first: 0, second: 0, third: 1})
    sit(course, {first: 1, second: None, third: 0})
    sit(course, {first: 2, second: 1, third: 1})
    start_attempt(enrolment=courses.enrolled(people.person(), course), by=None)  # open: counts nothing
    with CaptureQueriesContext(
        connection,
    ) as asked:
        figures = figures_of(course.exam.bank)
    assert len(asked) == 3
    # Credits of the first 1 1 0 0, the rest of each attempt 1 ½ ½ 0: as in the worked example, sqrt(½).
    assert (figures[first].n, figures[first].facility, round(figures[first].discrimination, 6)) == (
        4,
        0.5,
        0.707107,
    )
    assert [one.chosen for one in figures[first].options] == [2, 1, 1, 0]
    assert (figures[second].unanswered, figures[second].facility) == (1, 0.5)


def test_the_page_and_its_file_show_the_figures_to_authors(client, course):
    bank = course.exam.bank
    people.sign_in(client, people.person(role="author"))
    empty = client.get(reverse("bank_statistics", args=[bank.pk]))
    assert "Chưa có lượt trả lời nào được chấm" in empty.content.decode()
    keys = list(Question.objects.order_by("pk").values_list("pk", flat=True))
    sit(course, dict.fromkeys(keys, 0))
    page = client.get(reverse("bank_statistics", args=[bank.pk]), {"sort": "facility"})
    assert [row.pk for row in page.context["listing"].page] == keys
    assert (
        client.get(reverse("bank_statistics", args=[bank.pk]), {"flag": "too_easy"}).context["listing"].count
        == 0
    )
    lines = b"".join(
        client.get(reverse("bank_statistics", args=[bank.pk]), {"format": "csv"}).streaming_content
    ).decode()
    assert lines.count("\r\n") == 4
    assert client.get(reverse("bank_statistics", args=[bank.pk]), {"format": "xlsx"}).status_code == 200
