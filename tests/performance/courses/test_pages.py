"""A course page and an exam answer, each against a bare Django view that asks as much of the database."""

from __future__ import annotations

import json
import time
import uuid
from statistics import median

import pytest
from django.db import connection
from django.http import HttpResponse
from django.template import Template
from django.test.utils import CaptureQueriesContext, _TestState, override_settings
from django.urls import include, path
from wagtail.models import Locale

from courses.actions import enrol, start_attempt
from courses.models import Answer, AnswerConflict
from tests.factories import courses, people

pytestmark = pytest.mark.django_db
ROUNDS = 30
state = {"queries": 0}


def bare_page(request):
    """Ask the database the same number of times (session and user among them), answer a few words."""
    assert request.user.is_authenticated
    for _ in range(state["queries"] - 2):
        Locale.objects.filter(pk=1).first()
    return HttpResponse("ok")


def bare_insert(request):
    """Insert one row."""
    answer = Answer.objects.first()
    AnswerConflict.objects.create(answer=answer, attempt_question_id=answer.attempt_question_id, response={})
    return HttpResponse("ok")


urlpatterns = [
    path("bare/", bare_page),
    path("bare-insert/", bare_insert),
    path("", include("lms.urls")),
]


def seconds(*acts) -> list[float]:
    """Return the median of many runs of each, taken in turn so that a busy machine slows all alike."""
    times = [[] for _ in acts]
    for _ in range(ROUNDS):
        for act, taken in zip(acts, times, strict=True):
            start = time.perf_counter()
            act()
            taken.append(time.perf_counter() - start)
    return [median(taken) for taken in times]


@pytest.fixture(autouse=True)
def templates_as_in_production(monkeypatch):
    """Take away what Django's test set-up hangs on every template: it copies contexts for assertions."""
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)


@pytest.fixture
def learner(client):
    who = people.person(agency=people.agency("SNV"))
    people.sign_in(client, who)
    return who


@override_settings(ROOT_URLCONF=__name__)
def test_the_course_page_against_a_bare_page_of_as_many_queries(client, learner, capsys):
    course = courses.ready_course("DS06", lessons=20)
    enrol(person=learner, course=course, by=learner)
    client.get("/courses/ds06/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/courses/ds06/")
    state["queries"] = len(captured)
    ours, bare = seconds(lambda: client.get("/courses/ds06/"), lambda: client.get("/bare/"))
    with capsys.disabled():
        print(
            f"\ncourse page, {state['queries']} queries, 20 lessons: {1 / ours:.0f}/s;"
            f" bare page of as many: {1 / bare:.0f}/s; ratio {bare / ours:.2f}"
        )
    assert state["queries"] <= 15
    assert bare / ours >= 0.15


@override_settings(ROOT_URLCONF=__name__)
def test_an_exam_answer_against_a_bare_insert(client, learner, capsys):
    course = courses.ready_course("DS06")
    attempt = start_attempt(enrolment=courses.enrolled(learner, course, lessons_done=True), by=learner)
    choice = json.dumps(attempt.questions.first().parsed.key())

    def answer():
        data = {"client_id": str(uuid.uuid4()), "sequence": 1, "response": choice}
        assert client.post(f"/learn/attempts/{attempt.key}/answers/1/", data).status_code == 200

    answer()
    ours, bare = seconds(answer, lambda: client.post("/bare-insert/"))
    with capsys.disabled():
        print(f"\nexam answer: {1 / ours:.0f}/s; bare insert: {1 / bare:.0f}/s; ratio {bare / ours:.2f}")
    assert bare / ours >= 0.10
