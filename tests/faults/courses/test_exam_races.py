"""Five hundred races for the start of an exam and for its last attempt; each with its control.

RACES sets how many (500).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from courses.actions import start_attempt, submit_attempt
from courses.models import Attempt, Enrolment
from courses.rules import Refused, attempts_left
from tests.factories import courses, people

pytestmark = pytest.mark.django_db(transaction=True)
RACES = int(os.environ.get("RACES", "500"))
HANDS = 4


class Runners:
    """The same threads run race after race: each waits at the line for the others."""

    def __init__(self, races: list[Callable[[], Any]]) -> None:
        self.races = races
        self.results: list[list[Any]] = [[None] * HANDS for _ in races]
        self.line = threading.Barrier(HANDS)

    def run(self) -> list[list[Any]]:
        threads = [threading.Thread(target=self._runner, args=(hand,)) for hand in range(HANDS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self.results

    def _runner(self, hand: int) -> None:
        try:
            for number, race in enumerate(self.races):
                self.line.wait()
                self.results[number][hand] = self._one(race)
        finally:
            connection.close()

    @staticmethod
    def _one(race: Callable[[], Any]) -> Any:
        try:
            return race()
        except Refused as refused:
            return refused.code
        except Exception as error:
            return type(error).__name__


def enrolments(count: int, **rules) -> list[Enrolment]:
    course = courses.course("DS06", pass_rule="exam")
    courses.course_page(course, lessons=0)
    courses.exam(course, **rules)
    return [courses.enrolled(people.person(), course) for _ in range(count)]


def test_many_hands_start_one_attempt(capsys):
    waiting = enrolments(RACES)
    results = Runners([lambda row=row: start_attempt(enrolment=row, by=None) for row in waiting]).run()
    for result in results:
        assert [type(one) for one in result].count(Attempt) == 1, result
        assert result.count("running") == HANDS - 1, result
    assert Attempt.objects.count() == RACES
    with capsys.disabled():
        print(f"\n{connection.vendor}: {RACES} races of {HANDS} for the start: one attempt each")


def start_and_hand_in(row: Enrolment) -> Attempt:
    attempt = start_attempt(enrolment=row, by=None)
    return submit_attempt(attempt=attempt, by=None, at=timezone.now())


def test_many_hands_never_sit_more_often_than_allowed(capsys):
    waiting = enrolments(RACES, attempts_allowed=2)
    results = Runners([lambda row=row: start_and_hand_in(row) for row in waiting for _twice in (1, 2)]).run()
    sat = [
        sum(isinstance(one, Attempt) for pair in results[2 * n : 2 * n + 2] for one in pair)
        for n in range(RACES)
    ]
    other = {one for result in results for one in result if not isinstance(one, Attempt)}
    assert max(sat) <= 2
    assert other <= {"running", "used_up"}, other
    assert [row.attempts.count() for row in waiting] == sat
    with capsys.disabled():
        print(
            f"\n{connection.vendor}: {RACES} races of {HANDS} for two attempts: never a third ({sum(sat)} sat)"
        )


def careless_start(row: Enrolment, together: threading.Barrier) -> Attempt:
    """Ask, then write, without the lock between the two."""
    exam = row.course.exam
    allowed = attempts_left(exam, list(row.attempts.all()))
    together.wait()
    if not allowed:
        raise AssertionError("used up")
    with transaction.atomic():
        last = Attempt.objects.select_for_update().filter(enrolment=row).order_by("-number").first()
        number = last.number + 1 if last else 1
        Attempt.objects.filter(enrolment=row, closed_at=None).delete()
        return Attempt.objects.create(
            enrolment=row,
            exam=exam,
            number=number,
            seed="0",
            pass_mark=exam.pass_mark,
            deadline_at=timezone.now() + timezone.timedelta(minutes=1),
        )


def test_control_without_the_lock_more_than_the_allowed_get_through():
    [row] = enrolments(1, attempts_allowed=1)
    together = threading.Barrier(HANDS)
    [result] = Runners([lambda: careless_start(row, together)]).run()
    through = [one for one in result if isinstance(one, Attempt)]
    assert len(through) > 1 or "IntegrityError" in result, result
