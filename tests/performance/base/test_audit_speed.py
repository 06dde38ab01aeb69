"""Chaining and checking a million events against a bulk insert and a bare read with SHA-256.

AUDIT_ROWS sets how many (the default is smaller, so that a test run stays short).
"""

from __future__ import annotations

import hashlib
import os
import time

import pytest
from django.db import connection, transaction

from lms.base.actions import _event, _facts_of
from lms.base.audit import chain_waiting, verify
from lms.base.models import AuditEvent, AuditLink
from tests.factories.audit import target, unguarded
from tests.factories.people import agency, person

pytestmark = pytest.mark.django_db
ROWS = int(os.environ.get("AUDIT_ROWS", "50000"))
APPEND_LIMIT, VERIFY_LIMIT = 2, 5
PIECE = 10_000


def seconds(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def write(actor) -> float:
    """Write the events; return the seconds of the bulk insert alone, without making the rows."""
    one, spent = target(), 0.0
    for start in range(0, ROWS, PIECE):
        facts = _facts_of(actor)
        rows = [
            _event(
                facts,
                "import.staff.correct",
                one,
                {"position": "Chuyên viên", "rank": number},
                {"position": "Phó Trưởng phòng", "rank": number + 1},
            )
            for number in range(start, min(start + PIECE, ROWS))
        ]
        with transaction.atomic():
            spent += seconds(lambda rows=rows: AuditEvent.objects.bulk_create(rows, batch_size=1000))
    return spent


def read_and_hash() -> None:
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        last = -1
        while True:
            cursor.execute("SELECT * FROM base_auditevent WHERE id > %s ORDER BY id LIMIT 10000", [last])
            rows = cursor.fetchall()
            if not rows:
                return
            for row in rows:
                digest.update(repr(row).encode())
            last = rows[-1][0]


def test_a_million_events_are_chained_and_checked():
    AuditEvent.objects.all().delete()
    actor = person(agency=agency("SNV"), role="hr_officer")
    insert = write(actor)
    count = AuditEvent.objects.count()
    chain = seconds(chain_waiting)
    assert AuditLink.objects.count() == count
    bare = seconds(read_and_hash)
    check = seconds(verify)
    print(
        f"\n{connection.vendor}, {count} events: bulk insert {insert:.1f} s, with the chain {(insert + chain) / insert:.2f} × "
        f"(limit {APPEND_LIMIT}); read and SHA-256 {bare:.1f} s, verify {check / bare:.2f} × (limit {VERIFY_LIMIT})"
    )
    assert insert + chain <= APPEND_LIMIT * insert
    assert check <= VERIFY_LIMIT * bare
    with unguarded():  # the control: the speed is not that of looking away
        AuditEvent.objects.filter(pk=AuditLink.objects.get(sequence=count // 2).event_id).update(
            reason="khác"
        )
    found = verify()
    assert (found.finding, found.sequence) == ("event_changed", count // 2)
