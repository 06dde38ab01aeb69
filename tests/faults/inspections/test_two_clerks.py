"""Two clerks number at once: each document gets its own number, none is left out; without the lock they collide."""

import os
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections
from django.utils import translation

from inspections.actions import numbering
from inspections.models import CaseDocument
from inspections.receivers import ensure_basics
from lms.base.dates import today
from tests.factories import inspections as make

pytestmark = pytest.mark.django_db(transaction=True)
# NUMBER_RACES: how many times two reach for the next number (12; 500 in the full run).
ROUNDS = int(os.environ.get("NUMBER_RACES", "12"))


class Clerk(threading.Thread):
    """Numbers one document in a thread and keeps what came of it."""

    def __init__(self, clerk, row, barrier):
        super().__init__()
        self.clerk, self.row, self.barrier, self.said = clerk, row, barrier, None

    def run(self):
        try:
            with translation.override("en"):
                self.barrier.wait(10)
                self.said = numbering.number_document(by=self.clerk, document=self.row).number
        except (ValidationError, IntegrityError):
            self.said = "refused"
        except Exception as error:
            self.said = repr(error)
        finally:
            connections.close_all()


@pytest.fixture
def office():
    ensure_basics()
    who = make.cast()
    return who, make.announced(who), [make.clerk(who, name) for name in ("Văn Thư Một", "Văn Thư Hai")]


def outline(who, case) -> CaseDocument:
    return make.signed(who, case, "de-cuong-bao-cao", outline="1. Tình hình chung")


def race(clerks, rows) -> list:
    barrier = threading.Barrier(len(rows))
    hands = [Clerk(clerk, row, barrier) for clerk, row in zip(clerks, rows, strict=True)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(60)
    return [hand.said for hand in hands]


def test_each_document_gets_its_own_number_and_none_is_left_out(office):
    who, case, clerks = office
    told = [race(clerks, [outline(who, case), outline(who, case)]) for _round in range(ROUNDS)]
    assert sorted(number for pair in told for number in pair) == list(range(1, 2 * ROUNDS + 1))
    assert numbering.next_number(who.lead.pk, "ĐC", today().year) == 2 * ROUNDS + 1


def test_one_document_is_numbered_once(office):
    who, case, clerks = office
    for number in range(1, max(2, ROUNDS // 4) + 1):
        row = outline(who, case)
        assert sorted(map(str, race(clerks, [row, row]))) == sorted([str(number), "refused"])


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one writer in at a time: there is no race to lose"
)
def test_the_control_without_the_lock_two_read_the_same_number(office, monkeypatch):
    """Only the database's own constraint stops the second one then."""
    who, case, clerks = office
    seen = threading.Barrier(2)
    read = numbering.next_number

    def together(*asked):
        found = read(*asked)
        try:
            seen.wait(2)
        except threading.BrokenBarrierError:
            seen.reset()
        return found

    monkeypatch.setattr(numbering, "next_number", together)
    manager = numbering.Agency.objects
    monkeypatch.setattr(type(manager), "select_for_update", lambda self, *a, **k: self.all(), raising=False)
    outcomes = [race(clerks, [outline(who, case), outline(who, case)]) for _round in range(3)]
    assert any("refused" in pair for pair in outcomes)
