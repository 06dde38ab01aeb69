"""What stands against taking a staff import back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from lms.base.importing import Entry, depends_on
from lms.base.importing.dependence import goes_along
from lms.people.importing.lookups import in_chunks
from lms.people.models import Person, Post

# Who looked at a record that should never have been is told by the audit log's event of the undoing.
goes_along("people.AccessEvent")

Span = tuple[date, date | None, bool]


@depends_on("people.Person")
def signed_in(entries: list[Entry], since: datetime) -> Iterator[tuple[Any, str]]:
    """A new person who has got a password or has signed in since has an account that is in use."""
    made = [entry.pk for entry in entries if entry.kind == "made"]
    for chunk in in_chunks(made):
        for person in Person.objects.filter(pk__in=chunk):
            if person.last_login is not None:
                yield person.pk, _("has signed in since")
            elif person.has_usable_password():
                yield person.pk, _("has an account since")


def posts_in_conflict(entries: list[Entry]) -> Iterator[tuple[str, str]]:
    """Yield who would have two primary posts at a time if the posts were as before."""
    posts = [entry for entry in entries if entry.label == Post._meta.label]
    made = {entry.pk for entry in posts if entry.kind == "made"}
    before = _before([entry for entry in posts if entry.kind == "changed"])
    for chunk in in_chunks(before):
        owners = Post.objects.filter(pk__in=chunk).values("person")
        spans: dict[int, list[tuple[Post, Span, bool]]] = defaultdict(list)
        for post in Post.objects.filter(person__in=owners).select_related("person"):
            if post.pk not in made:
                spans[post.person_id].append((post, _span(post, before.get(post.pk, {})), post.pk in before))
        for held in spans.values():
            yield from _overlaps(held)


def _before(entries: list[Entry]) -> dict[Any, dict[str, Any]]:
    found: dict[Any, dict[str, Any]] = {}
    for entry in reversed(entries):
        found[entry.pk] = {**found.get(entry.pk, {}), **(entry.before or {})}
    return found


def _span(post: Post, before: dict[str, Any]) -> Span:
    end = before.get("valid_to", post.valid_to)
    end = date.fromisoformat(end) if isinstance(end, str) else end
    return (post.valid_from, end, bool(before.get("is_primary", post.is_primary)))


def _overlaps(held: list[tuple[Post, Span, bool]]) -> Iterator[tuple[str, str]]:
    primary = sorted((item for item in held if item[1][2]), key=lambda item: item[1][0])
    for (earlier, (_start, end, _p), one), (later, (start, _end, _q), other) in pairwise(primary):
        if (one or other) and (end is None or start < end):
            day = later.valid_from.strftime("%d/%m/%Y")
            yield (
                f"{Post._meta.verbose_name} {earlier.person.full_name}",
                _("would meet the primary post that began on %(day)s") % {"day": day},
            )
