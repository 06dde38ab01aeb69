"""Lines are cut and processes killed while people sit an exam: nothing acknowledged is lost, nobody is stuck.

EXAM_N sets how many attempts (2,000), EXAM_KILLS how many processes are killed among them (150).
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections import defaultdict
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from courses.models import Answer, Attempt, Completion
from lms.base.models import AuditEvent
from tests.factories import courses, people
from tests.faults.courses.hall import Examinee, Hall, Tally, in_threads, people_enrolled

pytestmark = pytest.mark.django_db(transaction=True)
N = int(os.environ.get("EXAM_N", "2000"))
KILLS = int(os.environ.get("EXAM_KILLS", "150"))
CONTROL_N = 40
QUESTIONS = 5
HANDS = 12
PROMISE = timedelta(seconds=60)


@pytest.fixture
def course():
    course = courses.course("DS06", pass_rule="exam", agency=people.agency("SNV", name="Sở Nội vụ"))
    courses.course_page(course, lessons=0)
    courses.exam(course, questions=8, draw=QUESTIONS, minutes=2, pass_mark=50)
    return course


@pytest.fixture
def hall(tmp_path):
    opened = []

    def open_hall(**more) -> Hall:
        opened.append(Hall(tmp_path, **more))
        return opened[-1]

    yield open_hall
    for one in opened:
        one.close()


def sit_together(hall: Hall, course, count: int, *, cuts: float, kill=None) -> Tally:
    """Let so many people sit the exam while `kill` goes about; every second one hands in."""
    tally, dice = Tally(), random.Random(20261125)
    cookies = people_enrolled(course, count)
    done = threading.Event()
    killer = threading.Thread(target=kill, args=(hall, tally, done, dice)) if kill else None
    if killer:
        killer.start()
    acts = [
        lambda number=number, cookie=cookie: Examinee(
            hall.port, cookie, course.pk, tally, random.Random(number), cuts=cuts
        ).sit(submit=number % 2 == 0)
        for number, cookie in enumerate(cookies)
    ]
    in_threads(acts, HANDS)
    done.set()
    if killer:
        killer.join()
    return tally


def kill_about(hall: Hall, tally: Tally, done: threading.Event, dice: random.Random) -> None:
    """Kill web workers, the whole web server and the job worker, spread over the work and not over time.

    On a slow machine a kill every second would leave nobody to do anything.
    """
    for number in range(1, KILLS + 1):
        while len(tally.answers) < QUESTIONS * N * number / (KILLS + 1):
            if done.wait(0.05):
                return
        time.sleep(dice.uniform(0, 0.3))
        if number % 15 == 0:
            hall.kill_web_server()
        elif number % 10 == 0:
            hall.kill_worker()
        else:
            hall.kill_web_worker(dice)


def lost(tally: Tally) -> list[str]:
    """Return the acknowledged answers that the database does not hold as they were given."""
    rows = {str(row.client_id): row for row in Answer.objects.select_related("attempt_question__attempt")}
    missing = []
    for told in tally.answers:
        row = rows.get(told.client_id)
        kept = row and (
            str(row.attempt_question.attempt.key),
            row.attempt_question.position,
            row.sequence,
            row.response,
        )
        if kept != (told.attempt, told.position, told.sequence, told.response):
            missing.append(told.client_id)
    return missing


def wait_until_all_are_closed(patience: float) -> None:
    ends = time.monotonic() + patience
    while Attempt.objects.filter(closed_at=None).exists() and time.monotonic() < ends:
        time.sleep(1)


def delays() -> list[timedelta]:
    """Return how long after its deadline each attempt was closed that nobody handed in."""
    deadlines = dict(Attempt.objects.filter(closing="EXPIRED").values_list("pk", "deadline_at"))
    closed = AuditEvent.objects.filter(action="courses.close_attempt").values_list("target_id", "happened_at")
    return [at - deadlines[int(pk)] for pk, at in closed if int(pk) in deadlines]


def wrongly_counted(tally: Tally) -> list[int]:
    """Grade again by hand, from what was acknowledged: return the attempts whose count is another."""
    acknowledged = defaultdict(dict)
    for told in tally.answers:
        acknowledged[told.attempt][told.position] = told.response["chosen"]
    wrong = []
    for attempt in Attempt.objects.prefetch_related("questions"):
        chosen = acknowledged[str(attempt.key)]
        right = sum(chosen.get(put.position) == right_options(put) for put in attempt.questions.all())
        if right != attempt.right:
            wrong.append(attempt.pk)
    return wrong


def right_options(put) -> list[str]:
    return courses.right_response(put)["chosen"]


def test_no_acknowledged_answer_is_lost_and_nobody_is_stuck(hall, course, capsys):
    began = time.monotonic()
    opened = hall()
    tally = sit_together(opened, course, N, cuts=0.06, kill=kill_about)
    took = time.monotonic() - began
    wait_until_all_are_closed(patience=240)
    late = delays()
    with capsys.disabled():
        print(
            f"\n{connection.vendor}: {N} attempts, {len(tally.answers)} answers acknowledged, {tally.cuts} lines cut,"
            f" {opened.kills} killed, {tally.retries} sent again, {tally.late} told that time was over, {took:.0f} s;"
            f" lost {len(lost(tally))}, open {Attempt.objects.filter(closed_at=None).count()},"
            f" {len(late)} timed out, closed at most {max(late).total_seconds():.1f} s after their deadline"
        )
    assert tally.errors == []
    assert Attempt.objects.count() == N
    assert lost(tally) == []
    assert Attempt.objects.filter(closed_at=None).count() == 0
    assert len(late) == Attempt.objects.filter(closing="EXPIRED").count()
    assert max(late) <= PROMISE
    assert wrongly_counted(tally) == []
    assert Completion.objects.count() == Attempt.objects.filter(passed=True).count()


def kill_web_often(hall: Hall, tally: Tally, done: threading.Event, dice: random.Random) -> None:
    for number in range(1, 9):
        while len(tally.answers) < number * QUESTIONS * CONTROL_N / 9:
            if done.wait(0.05):
                return
        hall.kill_web_worker(dice)


def test_control_a_server_that_acknowledges_before_it_writes_loses_answers(hall, course):
    tally = sit_together(
        hall(wsgi="tests.faults.courses.careless"), course, CONTROL_N, cuts=0.0, kill=kill_web_often
    )
    assert tally.answers
    assert lost(tally)


def test_control_without_the_promised_job_attempts_stay_open(hall, course):
    sit_together(hall(worker=False), course, 4, cuts=0.0)
    Attempt.objects.filter(closed_at=None).update(
        started_at=timezone.now() - timedelta(minutes=9), deadline_at=timezone.now() - PROMISE
    )
    assert Attempt.objects.filter(closed_at=None).count() == 2
