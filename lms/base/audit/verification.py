"""Walking the whole chain and naming the first row that does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lms.base.audit.canonical import COLUMNS, FIELDS, GENESIS, link_hash
from lms.base.audit.heads import message
from lms.base.audit.keys import believed_keys, is_signed
from lms.base.audit.sequencer import SETTLED_AFTER, settled_id, unplaced, waiting
from lms.base.models import AuditCheck, AuditEvent, AuditHead, AuditLink

CHUNK = 10_000
Finding = AuditCheck.Finding
Progress = Callable[[int, int], None]
NOTHING = (None,) * len(FIELDS)


class Broken(Exception):
    """A row does not hold."""

    def __init__(self, finding: str, *, sequence: int | None = None, event_id: int | None = None) -> None:
        super().__init__(finding)
        self.finding, self.sequence, self.event_id = finding, sequence, event_id


@dataclass
class Walk:
    """Where the check is: what was counted, and the hash it expects before the next event."""

    events: int = 0
    hash: str = GENESIS
    heads: int = 0
    signature: str = ""
    signed_to: int = 0
    not_before: datetime | None = None
    seen_event_id: int = 0


def verify(*, progress: Progress | None = None, printed: str = "") -> AuditCheck:
    """Check every event, link and head, and keep the result; `printed` is a head as a report printed it."""
    walk, found = Walk(), AuditCheck(waiting=0)
    try:
        _walk(walk, progress)
        _look_outside(walk)
        if printed:
            _find_printed(printed)
    except Broken as broken:
        found.finding, found.sequence, found.event_id = broken.finding, broken.sequence, broken.event_id
    found.events, found.heads = walk.events, walk.heads
    found.waiting = waiting(settled_id()).count()
    found.save()
    return found


def _walk(walk: Walk, progress: Progress | None) -> None:
    total = AuditLink.objects.count()
    heads, keys = _heads(), believed_keys()
    head = next(heads, None)
    for link in _links():
        _check_link(walk, link)
        while head is not None and head.sequence == walk.events:
            _check_head(walk, head, keys)
            head = next(heads, None)
        if progress and walk.events % CHUNK == 0:
            progress(walk.events, total)
    if head is not None:
        raise Broken(Finding.TAIL_MISSING, sequence=walk.events + 1)
    if walk.signed_to < walk.events:
        raise Broken(Finding.UNSIGNED, sequence=walk.signed_to + 1)


def _check_link(walk: Walk, row: tuple[Any, ...]) -> None:
    sequence, event_id, previous, found, *values = row
    if sequence != walk.events + 1:
        raise Broken(Finding.LINK_MISSING, sequence=walk.events + 1)
    if previous != walk.hash:
        raise Broken(Finding.LINK_CHANGED, sequence=sequence, event_id=event_id)
    if values[0] is None:
        raise Broken(Finding.EVENT_MISSING, sequence=sequence, event_id=event_id)
    if link_hash(previous, sequence, values) != found:
        raise Broken(Finding.EVENT_CHANGED, sequence=sequence, event_id=event_id)
    if walk.not_before is not None and values[1] < walk.not_before:
        raise Broken(Finding.BACKDATED, sequence=sequence, event_id=event_id)
    walk.events, walk.hash = sequence, found
    walk.seen_event_id = max(walk.seen_event_id, event_id)


def _check_head(walk: Walk, head: AuditHead, keys: dict[str, Any]) -> None:
    if head.number != walk.heads + 1:
        raise Broken(Finding.HEAD_MISSING, sequence=walk.signed_to + 1)
    if head.key_id not in keys:
        raise Broken(Finding.KEY_UNKNOWN, sequence=head.sequence)
    if not is_signed(keys[head.key_id], head.signature, message(head, walk.signature)):
        raise Broken(Finding.HEAD_CHANGED, sequence=head.sequence)
    # The signature holds and the chain does not end in what it signed: the rows since the last head are not theirs.
    if head.hash != walk.hash or head.last_event_id != walk.seen_event_id:
        raise Broken(Finding.REWRITTEN, sequence=walk.signed_to + 1)
    walk.heads, walk.signature, walk.signed_to = head.number, head.signature, head.sequence
    walk.not_before = head.made_at - SETTLED_AFTER - timedelta(hours=1)


def _look_outside(walk: Walk) -> None:
    """Name the first event without a place that can no longer be waiting for one."""
    stray = unplaced().filter(id__lte=settled_id()).order_by("id").first()
    if stray is not None:
        raise Broken(Finding.OUTSIDE, event_id=stray.pk)


def _find_printed(text: str) -> None:
    """Refuse a printed head that is not in the chain: day · number · sixteen digits."""
    digits = "".join(text.rsplit("·", maxsplit=1)[-1].split()).lower()
    numbers = [part.strip() for part in text.split("·")][-2:-1]
    sequence = int(numbers[0].replace(".", "")) if numbers and numbers[0].replace(".", "").isdigit() else 0
    if not AuditLink.objects.filter(sequence=sequence, hash__startswith=digits).exists() or len(digits) < 16:
        raise Broken(Finding.PRINTED_DIFFERS, sequence=sequence or None)


def _heads() -> Iterator[AuditHead]:
    return AuditHead.objects.order_by("number").iterator(chunk_size=1000)


def _links() -> Iterator[tuple[Any, ...]]:
    """Yield number, event, hash before and hash of every link with its event's columns, in their order."""
    after: int | None = None
    while rows := _chunk(after):
        yield from rows
        after = rows[-1][0]


def _chunk(after: int | None) -> list[tuple[Any, ...]]:
    """Read some links and their events; two questions instead of a join, which no foreign key would plan."""
    links = AuditLink.objects.order_by("sequence")
    links = links if after is None else links.filter(sequence__gt=after)
    rows = list(links.values_list("sequence", "event_id", "previous", "hash")[:CHUNK])
    if not rows:
        return []
    here = AuditLink.objects.filter(sequence__range=(rows[0][0], rows[-1][0]))
    events = AuditEvent.objects.filter(id__in=here.values("event_id")).order_by()
    found = {values[0]: values for values in events.values_list(*COLUMNS)}
    return [(*row, *found.get(row[1], NOTHING)) for row in rows]
