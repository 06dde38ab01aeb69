"""Many hands reach for the next number at once: each takes its own, none is left out."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import IntegrityError, OperationalError, connection, connections
from django.utils import timezone

from certificates.actions import issue, issuing
from certificates.models import Certificate, RegisterCounter
from courses.models import Completion
from tests.factories import certificates as made

HANDS = 8
# REGISTER_RACES: how many reach for the next number (96; 500 in the full run).
EACH = int(os.environ.get("REGISTER_RACES", "96")) // HANDS + 1


def together(work, items) -> list:
    """Do the work for all items with eight hands at once; return results and errors."""

    def one(item):
        try:
            return work(item)
        except (IntegrityError, OperationalError) as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as hands:
        return list(hands.map(one, items))


def take(pk: int) -> int:
    return issue(completion=Completion.objects.select_related("course").get(pk=pk), by=None).number


def test_each_takes_its_own_number(course, pupils):
    keys = [made.completion(person, course).pk for person in pupils(HANDS * EACH)]
    numbers = together(take, keys)
    assert sorted(numbers) == list(range(1, HANDS * EACH + 1))
    assert RegisterCounter.objects.get().last == HANDS * EACH


def test_one_completion_asked_for_by_all_is_issued_once(course, pupils):
    (person,) = pupils(1)
    key = made.completion(person, course).pk
    assert together(take, [key] * HANDS * 3) == [1] * HANDS * 3
    assert Certificate.objects.count() == 1


def test_the_control_that_reads_the_number_before_it_holds_the_register_collides(course, pupils, monkeypatch):
    """Without the lock two hands read the same number; then only the unique constraint stops them."""
    keys = [made.completion(person, course).pk for person in pupils(HANDS * EACH)]
    RegisterCounter.objects.create(agency_id=course.agency_id, year=timezone.localdate().year)
    read = threading.local()

    def not_held(agency_id: int, year: int) -> RegisterCounter:
        row = RegisterCounter.objects.get(agency_id=agency_id, year=year)
        row.last = read.last
        return row

    def take_unheld(pk: int) -> int:
        read.last = RegisterCounter.objects.get().last  # before the transaction that writes it
        return take(pk)

    monkeypatch.setattr(issuing, "locked_counter", not_held)
    collided = [found for found in together(take_unheld, keys) if isinstance(found, Exception)]
    print(f"\ncontrol on {connection.vendor}: {len(collided)} of {len(keys)} collided")
    assert collided
