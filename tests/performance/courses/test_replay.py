"""The nightly derivation over many completions: in a fixed number of statements a batch."""

from __future__ import annotations

import os
import time
import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.actions.replays import BATCH, found_differences
from courses.models import Attempt, Completion, Enrolment, LearningFact, LessonProgress
from tests.factories import courses, people

pytestmark = pytest.mark.django_db
N = int(os.environ.get("REPLAY_N", "10000"))
START = datetime(2026, 3, 2, 2, tzinfo=UTC)
END = START + timedelta(hours=2)
PLACES = 3  # lessons a course


def many(n: int) -> None:
    """Write n enrolments done by exam with three lessons each, and their log; exams without questions: no marks."""
    course = courses.ready_course("DS06")
    learner = [people.person(f"Người học {number}") for number in range(50)]
    enrolments = Enrolment.objects.bulk_create(
        (
            Enrolment(
                person=learner[i % 50],
                course=course,
                enrolled_at=START,
                finished_at=END + timedelta(microseconds=i),
            )
            for i in range(n)
        ),
        batch_size=BATCH,
    )
    keys = [uuid.uuid4() for _ in range(PLACES)]
    LessonProgress.objects.bulk_create(
        (
            LessonProgress(enrolment=e, lesson_key=key, lesson_title="Bài", opened_at=START, finished_at=END)
            for e in enrolments
            for key in keys
        ),
        batch_size=BATCH,
    )
    attempts = Attempt.objects.bulk_create(
        (
            Attempt(
                enrolment=e, exam=course.exam, number=1, seed="0", pass_mark=0, started_at=START,
                deadline_at=END, closed_at=END, closing="SUBMITTED", right=0, score=Decimal(0), passed=False,
            )
            for e in enrolments
        ),
        batch_size=BATCH,
    )  # fmt: skip
    Completion.objects.bulk_create(
        (
            Completion(
                person=e.person, person_name="Người học", course=course, enrolment=e, course_code="DS06",
                course_version=1, course_name="X", hours=8, is_ds=True, is_da=False,
                completed_at=END + timedelta(microseconds=number), completed_on=END.date(), passed=True,
                source="lessons",
            )
            for number, e in enumerate(enrolments)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    LearningFact.objects.bulk_create(_log(enrolments, attempts, keys), batch_size=BATCH)


def _log(enrolments, attempts, keys):
    written = {"completed_on": "2026-03-02", "hours": "8.00", "valid_until": None}
    for number, (e, attempt) in enumerate(zip(enrolments, attempts, strict=True)):
        for key in keys:
            yield LearningFact(enrolment=e, kind="lesson", subject=str(key), at=END)
        yield LearningFact(
            enrolment=e, kind="attempt", subject=str(attempt.key), at=END,
            detail={"right": 0, "score": "0.00", "passed": False},
        )  # fmt: skip
        at = END + timedelta(microseconds=number)
        yield LearningFact(enrolment=e, kind="lessons", at=at)
        yield LearningFact(enrolment=e, kind="completed", at=at, detail=written)


def test_the_replay_of_many_completions():
    many(N)
    with CaptureQueriesContext(connection) as asked:
        began, cpu = time.perf_counter(), time.process_time()
        found = list(found_differences())
        wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    batches = -(-N // BATCH)
    print(f"replay: n={N} {wall:.1f} s wall, {cpu:.1f} s cpu, {len(asked)} statements, {batches} batches")
    assert found == []
    assert len(asked) <= 11 * batches + 12
    assert cpu < N / 500  # at least five hundred enrolments a second of processor time
