"""A hall starts its exam at one moment, and sits it: what each costs of a core, counted by the processor's clock.

STARTS_N sets how many start (200); whole attempts are a tenth of it.
"""

from __future__ import annotations

import json
import os
import time
import uuid

import pytest
from django.test import Client

from courses.models import Attempt
from tests.factories import courses
from tests.faults.courses.hall import people_enrolled

pytestmark = pytest.mark.django_db
N = int(os.environ.get("STARTS_N", "200"))
MOST_SECONDS = 0.15  # of a core for one start; a page of the admin costs as much


def visitors(course, count: int) -> list[Client]:
    """Sign in so many enrolled learners."""
    clients = []
    for cookies in people_enrolled(course, count):
        clients.append(Client())
        clients[-1].cookies.load(cookies)
    return clients


def sit(client: Client, attempt: Attempt) -> None:
    """Open the page, answer every question, hand in."""
    assert client.get(f"/learn/attempts/{attempt.key}/").status_code == 200
    for put in attempt.questions.all():
        data = {"client_id": str(uuid.uuid4()), "sequence": 1, "response": json.dumps(put.parsed.key())}
        reply = client.post(f"/learn/attempts/{attempt.key}/answers/{put.position}/", data)
        assert reply.status_code == 200
    assert client.post(f"/learn/attempts/{attempt.key}/submit/", {}).status_code == 302


def test_everybody_starts_and_some_sit(capsys):
    course = courses.course("DS06", pass_rule="exam")
    courses.course_page(course, lessons=0)
    courses.exam(course, questions=40, draw=10)
    clients = visitors(course, N)
    began, spent = time.perf_counter(), time.process_time()
    answers = [client.post(f"/learn/courses/{course.pk}/exam/start/").status_code for client in clients]
    took, core = time.perf_counter() - began, time.process_time() - spent
    assert answers == [302] * N
    assert Attempt.objects.count() == N
    some = list(zip(clients, Attempt.objects.order_by("enrolment_id"), strict=True))[: N // 10]
    spent = time.process_time()
    for client, attempt in some:
        sit(client, attempt)
    whole = (time.process_time() - spent) / len(some)
    with capsys.disabled():
        print(
            f"\n{N} starts, 0 errors: {took:.1f} s, {core:.1f} s of a core ({N / core:.0f}/s);"
            f" {len(some)} whole attempts of 10 answers: {1 / whole:.1f}/s of a core"
        )
    assert core / N <= MOST_SECONDS
