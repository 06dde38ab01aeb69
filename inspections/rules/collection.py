"""How the requests of a subject stand, and whether anything may still be handed over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inspections.collection_states import OUTSTANDING, ItemState
from inspections.models import DocumentRequest, InspectedSubject, ReceivedFile, RequestItem
from inspections.states import Status


@dataclass(frozen=True)
class ItemLine:
    """One document asked for, how it stands, and what came for it."""

    item: RequestItem
    state: ItemState
    files: list[ReceivedFile]


@dataclass(frozen=True)
class RequestPart:
    """One request with its documents."""

    request: DocumentRequest
    lines: list[ItemLine]

    @property
    def received(self) -> int:
        """How many documents have come."""
        return sum(line.state in (ItemState.RECEIVED, ItemState.RECEIVED_LATE) for line in self.lines)

    @property
    def outstanding(self) -> int:
        """How many documents have still to come."""
        return sum(line.state in OUTSTANDING for line in self.lines)

    @property
    def missing(self) -> int:
        """How many documents never came."""
        return sum(line.state == ItemState.MISSING for line in self.lines)

    @property
    def late(self) -> int:
        """How many documents are late."""
        return sum(line.state == ItemState.LATE for line in self.lines)


def is_open(subject: InspectedSubject) -> bool:
    """Tell whether the subject may still hand something over: the case runs and its minutes are not locked."""
    minutes = getattr(subject, "minutes", None)
    locked = minutes is not None and minutes.is_locked
    return subject.inspection.status == Status.IN_PROGRESS and not locked


def parts_of(requests: Iterable[DocumentRequest], day: date, *, closed: bool) -> list[RequestPart]:
    """Return the requests with how each document stands on the day."""
    return [RequestPart(row, [_line(item, row, day, closed) for item in row.items.all()]) for row in requests]


def _line(item: RequestItem, request: DocumentRequest, day: date, closed: bool) -> ItemLine:
    item.request = request
    return ItemLine(item, item.state_on(day, closed=closed), list(item.files.all()))
