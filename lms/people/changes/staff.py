"""The posts that a change concerns, read for the planner."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from lms.people.changes.plan import Holder, Kind, Plan
from lms.people.changes.planning import plan_change
from lms.people.changes.request import Request
from lms.people.models import Post
from lms.people.organisation import History, history

ENDS = (Kind.MERGE, Kind.SPLIT, Kind.ABOLISH)


def planned(request: Request, *, staff_later: bool = False) -> Plan:
    """Return the plan of a request by the organisation and the posts as they stand now.

    `staff_later`: who of a split agency goes where is not asked yet.
    """
    known = history()
    holders = [_holder(post) for post in posts_of(request, known).select_related("person")]
    return plan_change(request, known, holders, _taken(request), staff_later=staff_later)


def posts_of(request: Request, known: History) -> QuerySet[Post, Any]:
    """Return the posts at the agencies that end, open on the day or later, by name.

    A post may still name an agency that was merged into one of these: it goes on with it.
    """
    if request.kind not in ENDS:
        return Post.objects.none()
    eve = known.on(request.on)
    alive = frozenset(pk for pk in request.agencies if pk in known.spans)
    agencies = eve.with_forerunners(alive)
    open_then = Q(valid_to=None) | Q(valid_to__gt=request.on)
    posts: QuerySet[Post, Any] = Post.scoped.unscoped(reason="planning a change of the organisation")
    return posts.filter(open_then, agency__in=agencies).order_by("person__name_key", "pk")


def posts_touched(request: Request) -> int:
    """Return how many posts move, end, or go on at an agency that is renamed or moved."""
    known = history()
    if request.kind in ENDS:
        return posts_of(request, known).count()
    return posts_at(request.agencies, known, request.on)


def posts_at(agency_ids: Iterable[int], known: History, on: date) -> int:
    """Return how many posts are open on the day at agencies that go on."""
    agencies = known.on(on).with_forerunners(frozenset(agency_ids))
    return Post.objects.on(on).filter(agency__in=agencies).count()


def _holder(post: Post) -> Holder:
    return Holder(
        post_id=post.pk,
        person_id=post.person_id,
        kept_id=post.person.merged_into_id or post.person_id,
        code=post.person.code,
        name=post.person.full_name,
        position=post.position,
        agency_id=post.agency_id,
        valid_from=post.valid_from,
        valid_to=post.valid_to,
    )


def _taken(request: Request) -> frozenset[tuple[int, int, date]]:
    if request.kind != Kind.SPLIT:
        return frozenset()
    there = Post.objects.filter(agency__in=request.existing_successors, valid_from__gte=request.on)
    return frozenset(there.values_list("person_id", "agency_id", "valid_from"))
