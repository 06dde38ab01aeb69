"""The sequencer: gives committed events their place in the chain, one sequencer at a time."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from lms.base.audit.canonical import COLUMNS, GENESIS, link_hash
from lms.base.audit.heads import sign_head
from lms.base.dates import local_date
from lms.base.models import AuditEvent, AuditHead, AuditLink

BATCH = 10_000
# A transaction may commit its events this late and they are still taken; what comes later is named by verify.
SETTLED_AFTER = timedelta(days=1)
# Any number that no other advisory lock of ours uses: "audit" in ASCII.
LOCK = 0x6175646974
log = structlog.get_logger("lms.base.audit")


def chain_waiting(*, batch: int = BATCH, at: datetime | None = None) -> int:
    """Give every waiting event its place and sign after each batch; return how many there were.

    The order is that of the ids seen after their commit: ids of concurrent transactions commit out of order,
    so an event may stand behind one with a higher id.
    """
    instant, done, after = at or timezone.now(), 0, settled_id(at)
    while True:
        with transaction.atomic():
            _be_alone()
            rows = list(waiting(after).order_by("id").values_list(*COLUMNS)[:batch])
            if rows:
                last = _append(rows)
                sign_head(link=last, last_event_id=rows[-1][0], at=instant)
        done += len(rows)
        if len(rows) < batch:
            return done
        after = rows[-1][0]


def close_day(*, at: datetime | None = None) -> AuditHead | None:
    """Sign the head of yesterday where it is not signed yet; None where there is nothing to do."""
    instant = at or timezone.now()
    day: date = local_date(instant) - timedelta(days=1)
    with transaction.atomic():
        _be_alone()
        link = AuditLink.objects.order_by("-sequence").first()
        if link is None or AuditHead.objects.filter(day__gte=day).exists():
            return None
        head = sign_head(link=link, last_event_id=0, at=instant, day=day)
    # The log goes elsewhere than the database: a copy of the head that nobody rewrites by SQL.
    log.info("audit head", day=str(day), sequence=head.sequence, hash=head.hash, key=head.key_id)
    return head


def waiting(after: int) -> QuerySet[AuditEvent]:
    """Return the events above an id that have no place yet."""
    return unplaced().filter(id__gt=after)


def unplaced() -> QuerySet[AuditEvent]:
    """Return all events without a place."""
    return AuditEvent.objects.filter(~Exists(AuditLink.objects.filter(event_id=OuterRef("id"))))


def settled_id(at: datetime | None = None) -> int:
    """Return the id up to which every event has long had its place: none below comes any more."""
    old = AuditHead.objects.filter(made_at__lt=(at or timezone.now()) - SETTLED_AFTER)
    head = old.order_by("-number").first()
    return head.last_event_id if head else 0


def _be_alone() -> None:
    """Wait until no other sequencer works; SQLite's IMMEDIATE transaction is alone anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _append(rows: Sequence[Sequence[Any]]) -> AuditLink:
    last = AuditLink.objects.order_by("-sequence").first()
    sequence, previous = (last.sequence, last.hash) if last else (0, GENESIS)
    links = []
    for values in rows:
        sequence += 1
        found = link_hash(previous, sequence, values)
        links.append((sequence, values[0], previous, found))
        previous = found
    _insert(links)
    return AuditLink(sequence=sequence, event_id=rows[-1][0], hash=previous)


def _insert(links: Sequence[tuple[int, int, str, str]]) -> None:
    table = AuditLink._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} (sequence, event_id, previous, hash) FROM STDIN") as copy:
                for link in links:
                    copy.write_row(link)
        else:
            cursor.executemany(f"INSERT INTO {table} VALUES (%s, %s, %s, %s)", links)  # noqa: S608
