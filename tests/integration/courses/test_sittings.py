"""From where an attempt is written; two devices; what is noticed; what is forgotten."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from courses.actions import start_attempt, submit_attempt
from courses.actions.integrity import find_signals, forget_traces
from courses.models import Answer, Attempt, IntegrityFlag, Sitting
from lms.base.jobs import run_due
from lms.people.ports import sections_of
from tests.factories import courses, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    row = courses.course("DS06", pass_rule="exam")
    courses.course_page(row, lessons=0)
    courses.exam(row, questions=6, draw=6, pass_mark=60)
    return row


@pytest.fixture
def learner():
    return people.person("Nguyễn Thị Mỹ Tiên", agency=people.agency("SNV", name="Sở Nội vụ"))


@pytest.fixture
def attempt(learner, course):
    return start_attempt(enrolment=courses.enrolled(learner, course), by=learner)


def device(who) -> Client:
    return people.sign_in(Client(), who)


def send(client, attempt, position=1, response=None, *, sequence=1, **more):
    put = attempt.questions.get(position=position)
    fields = {
        "client_id": str(uuid.uuid4()),
        "sequence": sequence,
        "response": json.dumps(response or courses.right_response(put)),
        **more,
    }
    address = more.pop("address", "10.0.0.1")
    return client.post(f"/learn/attempts/{attempt.key}/answers/{position}/", fields, REMOTE_ADDR=address)


def open_page(client, attempt, address="10.0.0.1"):
    return client.get(f"/learn/attempts/{attempt.key}/", REMOTE_ADDR=address)


def test_the_acknowledgement_names_what_it_acknowledges(learner, attempt):
    client = device(learner)
    reply = send(client, attempt).json()
    answer = Answer.objects.get()
    assert reply["client_id"] == str(answer.client_id)
    assert (reply["sequence"], reply["superseded"], reply["elsewhere"]) == (1, False, False)


def test_the_browser_keeps_one_random_mark_that_no_script_reads(learner, attempt):
    client = device(learner)
    open_page(client, attempt)
    cookie = client.cookies["device"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/learn/"
    send(client, attempt, 1)
    send(client, attempt, 2)
    assert Sitting.objects.count() == 1
    forged = device(learner)
    forged.cookies["device"] = str(Sitting.objects.get().device)
    send(forged, attempt, 3)
    assert Sitting.objects.values("device").distinct().count() == 2, "an unsigned mark is nobody's"


def test_of_two_devices_the_later_order_wins_whatever_arrives_last_and_it_says_so(learner, attempt):
    one, two = device(learner), device(learner)
    for client in (one, two):
        open_page(client, attempt)
    put = attempt.questions.get(position=1)
    wrong = courses.wrong_response(put)
    send(one, attempt, response=wrong, sequence=2)
    reply = send(two, attempt, sequence=1).json()
    assert (reply["superseded"], reply["sequence"], reply["elsewhere"]) == (True, 2, True)
    reply = send(two, attempt, sequence=3).json()
    assert (reply["superseded"], reply["sequence"]) == (False, 3)
    reply = send(one, attempt, response=wrong, sequence=3).json()
    assert reply["superseded"] is False, "of equal orders the later arrival counts"
    assert submit_attempt(attempt=attempt, by=None, at=timezone.now()).right == 0
    assert Answer.objects.count() == 4, "all are kept"


def test_times_away_only_grow_and_nonsense_is_none(learner, attempt):
    client = device(learner)
    open_page(client, attempt)
    for away in ("3", "7", "5", "-4", "many", "99999999"):
        send(client, attempt, away=away)
    assert Sitting.objects.get().away == 10_000


def test_the_clock_is_the_servers_and_tells_only_the_owner(learner, attempt):
    reply = device(learner).get(f"/learn/attempts/{attempt.key}/clock/").json()
    assert reply["attempt"] == str(attempt.key)
    assert 0 < reply["remaining_seconds"] <= 20 * 60
    assert reply["closed"] is False
    assert device(people.person()).get(f"/learn/attempts/{attempt.key}/clock/").status_code == 404


def test_quick_same_wrong_answers_from_one_browser_are_noticed_and_nothing_else_happens(
    learner, course, attempt
):
    other = people.person("Người Ngồi Cạnh")
    mine = device(learner)
    open_page(mine, attempt)
    answers = {put.question_id: courses.wrong_response(put) for put in attempt.questions.all()}
    for put in attempt.questions.all():
        send(mine, attempt, put.position, answers[put.question_id])
    submit_attempt(attempt=attempt, by=learner, at=timezone.now())
    del mine.cookies[settings.SESSION_COOKIE_NAME]
    people.sign_in(mine, other)
    copied = start_attempt(enrolment=courses.enrolled(other, course), by=other)
    for put in copied.questions.all():
        send(mine, copied, put.position, answers[put.question_id])
    submit_attempt(attempt=copied, by=other, at=timezone.now())
    run_due()
    found = {flag.signal: flag.facts for flag in IntegrityFlag.objects.filter(attempt=copied)}
    assert set(found) == {"fast_whole", "fast_question", "same_answers", "shared_device"}
    assert found["same_answers"] == {"other": str(attempt.key), "same": 6, "of": 6, "wrong": 6}
    assert found["shared_device"] == {"persons": 1}
    find_signals(attempt=copied)
    assert IntegrityFlag.objects.filter(attempt=copied).count() == 4, "again changes nothing"
    copied.refresh_from_db()
    assert (copied.score, copied.passed) == (0, False)


def test_devices_and_addresses_are_shown_to_the_person_and_forgotten_after_a_year(learner, attempt):
    client = device(learner)
    send(client, attempt, address="10.1.2.3")
    sections = {section.code: section for section in sections_of(learner)}
    assert "10.1.2.3" in str(sections["sittings"].rows)
    submit_attempt(attempt=attempt, by=None, at=timezone.now())
    assert forget_traces() == 0
    late = timezone.now() + timedelta(days=366)
    assert forget_traces(now=late) == 1
    assert not Sitting.objects.exists()
    assert Attempt.objects.get().closed_at is not None
