"""Duplicates among 5,000 questions and figures of 100,000 answers, each against a plain pass over the same data."""

from __future__ import annotations

import json
import random
import time
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.banks.likeness import Said, alike, stem_of
from courses.banks.measuring import figures_of
from courses.models import Answer, Attempt, AttemptQuestion, Enrolment, Exam, QuestionBank
from tests.factories import courses, people

pytestmark = pytest.mark.django_db
QUESTIONS, ATTEMPTS, DRAWN = 200, 2_500, 40


def spent(act):
    """Return the CPU seconds of one run, and what came of it."""
    start = time.process_time()
    found = act()
    return time.process_time() - start, found


def test_duplicates_among_five_thousand_questions():
    rng = random.Random(1)
    words = [f"tiếng{number}" for number in range(2_500)]
    weights = [1 / (number + 3) for number in range(2_500)]
    said = [
        Said(
            n,
            " ".join(rng.choices(words, weights, k=rng.randint(10, 25))),
            " ".join(rng.choices(words, weights, k=40)),
        )
        for n in range(4_500)
    ]
    said += [
        Said(10_000 + n, "Chọn câu đúng nhất", " ".join(rng.choices(words, weights, k=40)))
        for n in range(400)
    ]
    said += [Said(20_000 + n, said[n].stem + " phải không", said[n].rest) for n in range(100)]
    reading, _stems = spent(lambda: [stem_of(f"{one.stem} {one.rest}") for one in said])
    comparing, pairs = spent(lambda: alike(said))
    found = {(pair.first, pair.second) for pair in pairs} | {(pair.second, pair.first) for pair in pairs}
    assert all((n, 20_000 + n) in found for n in range(100))
    print(f"{len(said)} questions: {comparing:.2f} s CPU, {comparing / reading:.1f} x folding their words")
    assert comparing < 20 * reading


def test_figures_of_a_hundred_thousand_answers():
    bank = QuestionBank.objects.create(code="NH-LON", name="Ngân hàng lớn")
    questions = [courses.question(bank) for _ in range(QUESTIONS)]
    course = courses.course("DS-LON")
    exam = Exam.objects.create(course=course, bank=bank, draw=DRAWN, minutes=20)
    now, rng = timezone.now(), random.Random(2)
    persons = [people.person() for _ in range(50)]
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(person=persons[n % 50], course=course, enrolled_at=now, finished_at=now)
        for n in range(ATTEMPTS)
    )
    attempts = Attempt.objects.bulk_create(
        Attempt(
            enrolment=one,
            exam=exam,
            number=1,
            seed="x",
            pass_mark=70,
            started_at=now - timedelta(hours=1),
            deadline_at=now,
            closed_at=now,
            closing="SUBMITTED",
            right=0,
            score=0,
            passed=False,
        )
        for one in enrolments
    )
    put = AttemptQuestion.objects.bulk_create(
        (
            AttemptQuestion(
                attempt=attempt,
                position=place,
                question=question,
                kind="single",
                text=question.text,
                shown={},
                key={},
                credit=str(rng.randint(0, 1)),
            )
            for attempt in attempts
            for place, question in enumerate(rng.sample(questions, DRAWN), start=1)
        ),
        batch_size=2_000,
    )
    keys = {row.pk: [option["key"] for option in row.content["options"]] for row in questions}
    Answer.objects.bulk_create(
        (
            Answer(
                attempt_question=one,
                client_id=uuid.UUID(int=n),
                sequence=1,
                response={"chosen": [rng.choice(keys[one.question_id])]},
            )
            for n, one in enumerate(put)
        ),
        batch_size=2_000,
    )
    plain, _rows = spent(
        lambda: (
            list(
                AttemptQuestion.objects.order_by("pk").values_list(
                    "pk", "question", "attempt", "credit", "points"
                )
            ),
            list(Answer.objects.order_by("pk").values_list("attempt_question", "response")),
        )
    )
    whole, figures = spent(lambda: figures_of(bank))
    assert sum(one.n for one in figures.values()) == ATTEMPTS * DRAWN == 100_000
    print(
        f"100,000 answers: {whole:.2f} s CPU, {whole / plain:.1f} x reading the same rows; {len(json.dumps(list(figures)))}"
    )
    assert whole < 6 * plain
