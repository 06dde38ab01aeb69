"""The persons a file names, with their posts, read in a few queries however long the file is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from lms.base.dates import covers, today
from lms.base.importing import Row
from lms.people.importing.lookups import in_chunks, persons_by_code
from lms.people.models import Person, Post
from lms.people.rules import EVERYWHERE, scope_of


class PeopleKnown:
    """Who the file speaks of, where they stood on any day, and what the officer may say of them."""

    def __init__(self, rows: Sequence[Row], by: Any) -> None:
        self._by_code = persons_by_code(row["person_id"] for row in rows)
        self.record_ids = {person.pk for person in self._by_code.values()}
        self._posts = self._load_posts()
        self._import_scope = scope_of(by, "training.import") if by else EVERYWHERE
        self._verify_scope = scope_of(by, "training.verify") if by else EVERYWHERE

    def _load_posts(self) -> dict[int, list[Post]]:
        kept = {person.merged_into_id or person.pk for person in self._by_code.values()}
        posts: dict[int, list[Post]] = defaultdict(list)
        for chunk in in_chunks(kept):
            found = Post.objects.filter(person__in=chunk) | Post.objects.filter(person__merged_into__in=chunk)
            whose = found.annotate(kept_id=Coalesce("person__merged_into_id", "person_id"))
            for post in whose.order_by("-is_primary", "-valid_from", "pk"):
                posts[getattr(post, "kept_id")].append(post)  # noqa: B009 (an annotation)
        return posts

    def admits(self, row: Row) -> bool:
        """Say whether the row's person is known and within the officer's reach; refuse the row otherwise."""
        person = self._by_code.get(row["person_id"])
        if person is None:
            row.error("person_id", _("is not known"))
        elif not self._is_within(self._import_scope, person):
            row.error("person_id", _("is not in your agencies"))
        return not row.refused

    def of(self, row: Row) -> Person:
        """Return the record the row's code belongs to."""
        return self._by_code[row["person_id"]]

    def may_verify(self, row: Row) -> bool:
        """Say whether the officer's word verifies the row's training."""
        return self._is_within(self._verify_scope, self.of(row))

    def post_on(self, person: Person, on: date) -> Post | None:
        """Return the post held on a day, the primary one first."""
        held = self._posts.get(person.merged_into_id or person.pk, ())
        return next((post for post in held if covers(post.valid_from, post.valid_to, on)), None)

    def _is_within(self, scope: Any, person: Person) -> bool:
        if scope.everything:
            return True
        held = self._posts.get(person.merged_into_id or person.pk, ())
        return any(
            scope.covers(post.agency_id) for post in held if covers(post.valid_from, post.valid_to, today())
        )
