"""I1 and I2: the staff on a day, counted by agency and rolled up the tree."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from lms.base.dates import today
from lms.people.models import Post
from lms.people.organisation import History, Organisation
from lms.targets.figures.layout import AmbiguousSplit, covered, first_named, forward, gone, nobody_knows
from lms.targets.figures.question import Question
from lms.targets.queries import Staff, StaffRow
from lms.targets.rules import (
    DATA_ANALYSIS_HOURS,
    DIGITAL_SKILLS_HOURS,
    LONG_LEAVE_DAYS,
    categories,
    counted_since,
)
from lms.targets.states import OrgView, Variant


@dataclass
class Count:
    """How many people, and how many of them on each side."""

    staff: int = 0
    skilled: int = 0
    analysts: int = 0

    def __sub__(self, other: Count) -> Count:
        return Count(self.staff - other.staff, self.skilled - other.skilled, self.analysts - other.analysts)

    def add(self, staff: int, skilled: int, analysts: int) -> None:
        self.staff += staff
        self.skilled += skilled
        self.analysts += analysts


@dataclass
class Tally:
    """Counts by agency in one tree; `None` in the scope means everything."""

    tree: Organisation
    by_agency: dict[int, Count] = field(default_factory=lambda: defaultdict(Count))

    def of(self, agency_ids: Iterable[int]) -> Count:
        """Return the count of the agencies and all below them, of everything where none is named."""
        scope = tuple(agency_ids)
        inside = covered(self.tree, scope) if scope else self.by_agency.keys()
        total = Count()
        for pk in inside:
            if found := self.by_agency.get(pk):
                total.add(found.staff, found.skilled, found.analysts)
        return total


class Training:
    """The staff of one question, laid out in one tree."""

    def __init__(self, question: Question, history: History) -> None:
        self.question = question
        self.history = history
        self.tree = history.on(question.tree_day)
        self.staff = Staff(
            on=question.as_of,
            known_at=question.known_at,
            categories=categories(question.variant),
            ds_needed=DIGITAL_SKILLS_HOURS,
            da_needed=DATA_ANALYSIS_HOURS,
            since=counted_since(question.variant, question.as_of),
            long_leave_days=LONG_LEAVE_DAYS if question.variant == Variant.ADJUSTED else None,
            gone=gone(history, question.as_of),
        )

    def tally(self) -> Tally:
        """Count everybody by the agency they belong to."""
        tally = Tally(self.tree)
        split: set[int] = set()
        for agency_id, *counts in self.staff.per_agency():
            try:
                tally.by_agency[self._home(agency_id)].add(*counts)
            except AmbiguousSplit:
                split.add(agency_id)
        for row in self.staff.people(frozenset(split)) if split else ():
            tally.by_agency[self.home_of(row)].add(1, row.is_skilled, row.is_analyst)
        return tally

    def listed(self, side: str) -> QuerySet[Post]:
        """Return the posts of the people on one side of the question's scope: a row a person."""
        return self.staff.listed(side, *self._places())

    def first_missing(self, limit: int) -> list[Post]:
        """Return the first who lack digital skills, in the order of a Vietnamese list.

        Among the first few names there are nearly always enough, so the periods of all are seldom added up.
        """
        names = ("person__name_key", "pk")
        people = self.staff.counting(*self._places()).select_related("person", "person__merged_into")
        first = list(people.order_by(*names)[: limit * 10])
        periods = self.detailed(first)
        missing = [post for post in first if not periods[post.pk].is_skilled]
        if len(missing) < limit and len(first) == limit * 10:
            later = self.listed("i1-missing").select_related("person", "person__merged_into")
            return list(later.order_by(*names)[:limit])
        return missing[:limit]

    def _places(self) -> tuple[frozenset[int] | None, frozenset[int]]:
        """The agencies whose posts are in scope (None: all), and single posts of agencies that were split."""
        if not self.question.agency_ids:
            return None, frozenset()
        inside = covered(self.tree, self.question.agency_ids)
        plain, split = set(), set()
        for agency_id in self.history.spans:
            try:
                if self._home(agency_id) in inside:
                    plain.add(agency_id)
            except AmbiguousSplit:
                split.add(agency_id)
        rows = self.staff.people(frozenset(split)) if split else ()
        return frozenset(plain), frozenset(row.post_id for row in rows if self.home_of(row) in inside)

    def detailed(self, posts: Sequence[Post] | None = None) -> dict[int, StaffRow]:
        """Return the periods and the agency of each person by their post: of these posts, or of everybody."""
        if posts is not None and not posts:
            return {}
        staff = self.staff if posts is None else replace(self.staff, only=frozenset(map(_kept, posts)))
        return {row.post_id: row._replace(agency_id=self.home_of(row)) for row in staff.people()}

    def home_of(self, row: StaffRow) -> int:
        """Return the agency a person belongs to: after a split, where their own next post is."""
        try:
            return self._home(row.agency_id)
        except AmbiguousSplit:
            return self._follow(row)

    def _home(self, agency_id: int) -> int:
        then = self.history.bearer(agency_id, self.question.as_of) or agency_id
        if self.question.org_view == OrgView.HISTORIC:
            return then
        return forward(self.history, then, today(), nobody_knows) or then

    def _follow(self, row: StaffRow) -> int:
        def own_next_post(agency_id: int, successors: list[int], on: date) -> int:
            later = self._later_posts.get(row.person_id, [])
            place = bisect_left(later, (on, 0))
            following = later[place][1] if place < len(later) else None
            return following if following in successors else first_named(agency_id, successors, on)

        then = self.history.bearer(row.agency_id, self.question.as_of) or row.agency_id
        return forward(self.history, then, today(), own_next_post) or then

    @cached_property
    def _later_posts(self) -> dict[int, list[tuple[date, int]]]:
        """Primary posts begun after the day, by person, in order."""
        posts = Post.objects.primary().filter(valid_from__gt=self.question.as_of)
        found: dict[int, list[tuple[date, int]]] = defaultdict(list)
        rows = posts.order_by("valid_from", "pk").values_list(
            "person_id", "person__merged_into_id", "valid_from", "agency_id"
        )
        for person, kept, start, agency in rows:
            found[kept or person].append((start, agency))
        return {person: sorted(later) for person, later in found.items()}


def _kept(post: Post) -> int:
    return post.person.merged_into_id or post.person_id
