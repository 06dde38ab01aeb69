"""One person, many hands: two tabs, retries, a deadline that meets the button. Each promise with its control."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from courses.actions import attempts, save_answer, start_attempt, submit_attempt
from courses.models import Answer, AnswerConflict, Attempt, Completion
from courses.rules import Refused
from courses.states import Closing
from lms.base.models import AuditEvent
from tests.factories import courses, people

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 6
ROUNDS = 5


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """Let many threads act at the same moment; return what each got, refusals by their code."""
    barrier, results = threading.Barrier(HANDS), [None] * HANDS

    def hand(number: int) -> None:
        barrier.wait()
        try:
            results[number] = act(number)
        except Refused as refused:
            results[number] = refused.code
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=hand, args=(number,)) for number in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def enrolment():
    who = people.person(agency=people.agency("SNV"))
    return courses.enrolled(who, courses.ready_course("DS06", attempts_allowed=50), lessons_done=True)


def test_many_clicks_start_one_attempt(enrolment):
    for number in range(1, ROUNDS + 1):
        results = at_once(lambda _n: start_attempt(enrolment=enrolment, by=None))
        started = [result for result in results if isinstance(result, Attempt)]
        assert len(started) == 1, results
        assert results.count("running") == HANDS - 1
        assert Attempt.objects.count() == number
        submit_attempt(attempt=started[0], by=None, at=timezone.now())


def test_an_answer_sent_many_times_is_one_answer(enrolment):
    attempt = start_attempt(enrolment=enrolment, by=None)
    for put in attempt.questions.all():
        client_id = uuid.uuid4()
        results = at_once(
            lambda _n, put=put, client_id=client_id: (
                save_answer(
                    attempt=attempt,
                    position=put.position,
                    client_id=client_id,
                    sequence=1,
                    response=put.parsed.key(),
                    by=None,
                    at=timezone.now(),
                ).answer.pk
            )
        )
        assert len(set(results)) == 1, results
    assert Answer.objects.count() == 5
    assert not AnswerConflict.objects.exists()


def test_one_id_with_several_contents_keeps_the_first_and_all_the_others_beside_it(enrolment):
    attempt = start_attempt(enrolment=enrolment, by=None)
    put, client_id = attempt.questions.first(), uuid.uuid4()
    results = at_once(
        lambda number: (
            save_answer(
                attempt=attempt,
                position=put.position,
                client_id=client_id,
                sequence=number + 1,
                response={"chosen": [put.shown["options"][number % 4]["key"]]},
                by=None,
                at=timezone.now(),
            ).answer.pk
        )
    )
    assert results.count("conflict") == HANDS - 1, results
    assert (Answer.objects.count(), AnswerConflict.objects.count()) == (1, HANDS - 1)


def closings() -> tuple[int, int]:
    return Completion.objects.count(), AuditEvent.objects.filter(action="courses.close_attempt").count()


def test_button_and_deadline_together_close_an_attempt_once(enrolment):
    attempt = start_attempt(enrolment=enrolment, by=None)
    courses.answer(attempt, right=5)
    over = attempt.deadline_at + timedelta(seconds=1)
    results = at_once(
        lambda n: submit_attempt(attempt=attempt, by=None, at=over if n % 2 else timezone.now()).score
    )
    assert set(results) == {100}, results
    assert closings() == (1, 1)


def test_control_without_the_lock_an_attempt_is_closed_more_than_once(enrolment):
    attempt = start_attempt(enrolment=enrolment, by=None)
    courses.answer(attempt, right=0)
    together = threading.Barrier(HANDS)

    def close_unlocked(_number: int) -> None:
        row = Attempt.objects.get(pk=attempt.pk)
        together.wait()
        if row.closed_at is None:
            with attempts.transaction.atomic():
                attempts._close(row, Closing.SUBMITTED, timezone.now(), None)

    at_once(close_unlocked)
    assert AuditEvent.objects.filter(action="courses.close_attempt").count() > 1
