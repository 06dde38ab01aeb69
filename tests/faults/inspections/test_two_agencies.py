"""Two agencies decide on one business at once: one waits and is blocked; without the lock both go through."""

import threading
from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.utils import translation

from inspections.actions import decision, once_a_year
from inspections.models import Inspection
from inspections.receivers import ensure_basics
from tests.factories import inspections as make

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 25


class Agency(threading.Thread):
    """Decides in a thread and keeps what came of it."""

    def __init__(self, who, barrier, parties):
        super().__init__()
        self.who, self.barrier, self.parties, self.said = who, barrier, parties, None

    def run(self):
        try:
            with translation.override("en"):
                self.barrier.wait(10)
                make.opened(self.who, parties=self.parties)
            self.said = "decided"
        except ValidationError as refusal:
            self.said = "blocked" if "already inspected" in " ".join(refusal.messages) else str(refusal)
        except Exception as error:
            self.said = repr(error)
        finally:
            connections.close_all()


@pytest.fixture
def casts():
    ensure_basics()
    return make.cast(), make.cast("SYT", "Sở Y tế")


def race(casts, number, turned=False):
    """Let both decide on the same two businesses at once, named in either order."""
    one, two = (decision.Party("DN", f"12000{number:03d}{n}", f"Công ty {number}-{n}") for n in (1, 2))
    barrier = threading.Barrier(2)
    orders = ([one, two], [two, one] if turned else [one, two])
    agencies = [Agency(who, barrier, parties) for who, parties in zip(casts, orders, strict=True)]
    for agency in agencies:
        agency.start()
    for agency in agencies:
        agency.join(60)
    return sorted(agency.said for agency in agencies)


def test_of_two_agencies_one_decides_and_the_other_is_blocked(casts):
    outcomes = [race(casts, number, turned=number % 2 == 1) for number in range(ROUNDS)]
    assert outcomes == [["blocked", "decided"]] * ROUNDS
    assert Inspection.objects.count() == ROUNDS


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one writer in at a time: there is no race to lose"
)
def test_the_control_without_the_lock_both_decide(casts, monkeypatch):
    """The rows exist already and are not held: each sees no decision of the other."""
    for number in range(100, 100 + ROUNDS):
        for n in (1, 2):
            once_a_year.Subject.objects.create(
                kind="DN", identifier=f"12000{number:03d}{n}", name=f"{number}-{n}"
            )
    seen = threading.Barrier(2)
    check = once_a_year.in_the_way

    def together(subject, **asked):
        found = check(subject, **asked)
        try:
            seen.wait(2)
        except threading.BrokenBarrierError:
            seen.reset()
        return found

    monkeypatch.setattr(once_a_year, "in_the_way", together)

    @contextmanager
    def unlocked():
        manager = once_a_year.Subject.objects
        monkeypatch.setattr(
            type(manager), "select_for_update", lambda self, *a, **k: self.all(), raising=False
        )
        yield

    with unlocked():
        outcomes = [race(casts, number) for number in range(100, 105)]
    assert ["decided", "decided"] in outcomes
