"""A statement is stored once, however often and from however many windows it is sent."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection

from courses.h5p.actions import (
    SameIdOtherStatement,
    create_content,
    ensure_starter_libraries,
    open_play,
    plays,
    record_statement,
)
from courses.h5p.package import LibraryName
from courses.h5p.xapi import read_statement
from courses.models import Statement, StatementConflict
from tests.factories import h5p, people

SENDERS, STATEMENTS = 8, 25


def message(identifier, response="1"):
    statement = {
        "id": str(identifier),
        "verb": {"id": "http://adlnet.gov/expapi/verbs/answered"},
        "result": {"response": response},
    }
    return json.dumps({"statement": statement, "data": None}).encode()


@pytest.fixture
def play(transactional_db):
    ensure_starter_libraries()
    content = create_content(
        library=LibraryName("SongTien.Choice", 1, 0), title="Chọn", parameters=h5p.CHOICE, by=None
    )
    return open_play(content=content, enrolment=None, lesson_key=None, by=people.person())


def send(play, raw):
    try:
        return record_statement(play=play, reported=read_statement(raw), by=play.person).pk
    except SameIdOtherStatement:
        return None
    finally:
        connection.close()


def test_the_same_statements_from_eight_windows_are_stored_once(play):
    identifiers = [uuid.uuid4() for _number in range(STATEMENTS)]
    sent = [message(identifier) for identifier in identifiers for _sender in range(SENDERS)]
    with ThreadPoolExecutor(SENDERS) as windows:
        rows = list(windows.map(lambda raw: send(play, raw), sent))
    assert Statement.objects.count() == len(set(rows)) == STATEMENTS
    assert not StatementConflict.objects.exists()


def test_different_statements_under_one_id_are_all_kept(play):
    identifier = uuid.uuid4()
    with ThreadPoolExecutor(SENDERS) as windows:
        rows = list(
            windows.map(lambda number: send(play, message(identifier, str(number % 3))), range(SENDERS))
        )
    kept = Statement.objects.get()
    assert set(rows) <= {kept.pk, None}
    assert StatementConflict.objects.count() == rows.count(None)
    assert rows.count(None) >= 5


def test_without_the_id_of_the_sender_repetitions_are_doubled(play, monkeypatch):
    """The control: a server that gives ids itself cannot tell a repetition from a second answer."""
    store = plays._store
    monkeypatch.setattr(
        plays, "_store", lambda play, reported: store(play, replace(reported, identifier=uuid.uuid4()))
    )
    raw = message(uuid.uuid4())
    for _repetition in range(3):
        record_statement(play=play, reported=read_statement(raw), by=play.person)
    assert Statement.objects.count() == 3
