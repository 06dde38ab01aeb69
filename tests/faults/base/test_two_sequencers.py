"""Several sequencers while events are being written: every event has one place, no number is missing or doubled."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections

from lms.base.audit import chain_waiting, sequencer, verify
from lms.base.models import AuditCheck, AuditEvent, AuditHead, AuditLink
from tests.factories.audit import events, unguarded

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, SEQUENCERS, ROUNDS = 3, 3, 8


@pytest.fixture(autouse=True)
def emptied():
    """Take out what is chained: the emptying of the tables after the test would be refused."""
    empty()
    yield
    empty()


def empty():
    with unguarded():
        for model in (AuditLink, AuditHead, AuditEvent, AuditCheck):
            model.objects.all().delete()


def together(*works) -> list[BaseException]:
    """Run each in a thread of its own; return what they raised."""
    start, raised = threading.Barrier(len(works)), []

    def run(work):
        try:
            start.wait()
            work()
        except BaseException as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return raised


def write():
    for _round in range(ROUNDS):
        events(10)


def chain():
    for _round in range(ROUNDS * 2):
        chain_waiting(batch=7)


def test_sequencers_take_turns():
    raised = together(*[write] * WRITERS, *[chain] * SEQUENCERS)
    assert raised == []
    chain_waiting()
    found = verify()
    assert found.holds, found.words
    assert AuditLink.objects.count() == AuditEvent.objects.count() == WRITERS * ROUNDS * 10
    last = AuditLink.objects.order_by("-sequence").first()
    assert last.sequence == WRITERS * ROUNDS * 10


@pytest.mark.skipif(connection.vendor == "sqlite", reason="an IMMEDIATE transaction is alone by itself")
def test_control_without_the_lock_they_collide(monkeypatch):
    monkeypatch.setattr(sequencer, "_be_alone", lambda: None)
    events(400)
    raised = together(*[lambda: chain_waiting(batch=50)] * 4)
    assert any("duplicate key" in str(error) for error in raised), raised
