"""An agency's life: what it was called and where it stood, who led it, what it came from and became."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lms.base.vietnamese import fold
from lms.people.models import Grant, Post, Succession
from lms.people.organisation import History

# The statutory titles of heads, the highest first. A department has inner heads too (a chief of office, heads
# of divisions): the head of the agency is whoever bears the highest title that any of its posts ever bore.
HEADS = (
    ("chu tich ubnd", "chu tich uy ban nhan dan", "chu tich uy ban"),
    ("chu tich",),
    ("giam doc so",),
    ("hieu truong", "vien truong", "tong giam doc"),
    ("chanh thanh tra", "chi cuc truong", "truong ban"),
    ("giam doc",),
    ("chanh van phong",),
    ("truong phong",),
)


@dataclass(frozen=True)
class Span:
    """The agency unchanged from a day to a day: name, code, place and the agency above."""

    start: date
    end: date | None
    code: str
    name: str
    parent_id: int | None
    parent: str


@dataclass(frozen=True)
class Head:
    """Who led the agency, from when to when."""

    name: str
    title: str
    start: date
    end: date | None


def spans_of(history: History, agency_id: int) -> list[Span]:
    """Return the agency's life cut wherever its name, code or parent, or the parent's name, changes."""
    start, end, _level = history.spans[agency_id]
    days = [day for day in history.change_days if start <= day and (end is None or day < end)]
    spans: list[Span] = []
    for place, day in enumerate(days):
        until = days[place + 1] if place + 1 < len(days) else end
        span = _span(history, agency_id, day, until)
        if spans and _facts(spans[-1]) == _facts(span):
            span = Span(spans.pop().start, until, *_facts(span))
        spans.append(span)
    return spans


def _facts(span: Span) -> tuple[str, str, int | None, str]:
    return span.code, span.name, span.parent_id, span.parent


def _span(history: History, agency_id: int, day: date, until: date | None) -> Span:
    tree = history.on(day)
    parent = tree.parent(agency_id)
    return Span(
        day, until, tree.code(agency_id), tree.name(agency_id), parent, tree.name(parent) if parent else ""
    )


def heads_of(agency_id: int) -> list[Head]:
    """Return who led the agency, the latest first.

    Posts say it, because HR keeps them for every year; a role in the system says only who signs here, and
    only since the system runs: it answers where no post bears a head's title.
    """
    # The name of an agency's head is public; nothing else of the person is read.
    posts = Post.scoped.unscoped(reason="heads of agencies are public").filter(
        agency=agency_id, is_primary=True
    )
    rows = posts.order_by("-valid_from", "-pk").values_list(
        "person__full_name", "position", "valid_from", "valid_to"
    )
    return _highest(Head(*row) for row in rows) or _signing(agency_id)


def _highest(found: Iterable[Head]) -> list[Head]:
    ranked = [(rank, head) for head in found if (rank := rank_of(head.title)) is not None]
    highest = min((rank for rank, _head in ranked), default=None)
    return [head for rank, head in ranked if rank == highest]


def rank_of(title: str) -> int | None:
    """Return the rank of a head's title (0 is the highest), None for a deputy or anybody else."""
    folded = fold(title)
    for rank, starts in enumerate(HEADS):
        if any(folded == start or folded.startswith(f"{start} ") for start in starts):
            return rank
    return None


def _signing(agency_id: int) -> list[Head]:
    grants = Grant.objects.own().filter(agency=agency_id, role="agency_head").order_by("-valid_from", "-pk")
    rows = grants.select_related("person")
    return [Head(row.person.full_name, str(row.role_name), row.valid_from, row.valid_to) for row in rows]


def successions_of(agency_id: int) -> tuple[list[Succession], list[Succession]]:
    """Return what the agency came from, and who goes on for it."""
    rows = Succession.objects.order_by("on", "rank", "pk")
    return list(rows.filter(successor=agency_id)), list(rows.filter(predecessor=agency_id))
