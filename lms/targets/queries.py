"""The sets of rows behind the figures: staff with their periods, and inspections.

One statement gives a row a person; the figure counts that statement and the list reads it, so
that the list has exactly as many rows as the figure says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.db.models import Case, DecimalField, Exists, F, Max, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from courses.models import Completion
from lms.base.queries import DatedQuerySet
from lms.people.models import Leave, Post

if TYPE_CHECKING:
    from lms.targets.models import Threshold  # noqa: F401 (named in a base class)
    from lms.targets.rules import Period

Sql = tuple[str, tuple[Any, ...]]

# The kind of act that the share is of, and the status by which it counts.
KIEM_TRA, COMPLETED = "KT", "COMPLETED"
STILL_OPEN = ("PLANNED", "IN_PROGRESS", "SUSPENDED")


# The people behind each number, as conditions on the one statement.
SIDES = {
    "all": "1 = 1",
    "i1": "is_skilled = 1",
    "i1-missing": "is_skilled = 0",
    "i2": "is_analyst = 1",
    "i2-missing": "is_analyst = 0",
}


class ThresholdQuerySet(DatedQuerySet["Threshold"]):
    """Targets over time."""

    def percents_on(self, day: date) -> dict[str, int]:
        """Return the percent in force on the day for each indicator."""
        return dict(self.on(day).order_by("valid_from").values_list("indicator", "percent"))


class AgencyCount(NamedTuple):
    """How many people of one agency count, and on which sides."""

    agency_id: int
    staff: int
    skilled: int
    analysts: int


class StaffRow(NamedTuple):
    """One person who counts, the post that makes them count, and their periods."""

    post_id: int
    person_id: int
    agency_id: int
    ds_hours: Decimal
    da_hours: Decimal
    is_skilled: bool
    is_analyst: bool


@dataclass(frozen=True)
class Staff:
    """The people who count on a day, with the periods that count for them as known on `known_at`.

    `gone` are the agencies that ended with nobody in their place: a post there does not count.
    """

    on: date
    known_at: date
    categories: tuple[str, ...]
    ds_needed: int
    da_needed: int
    since: date | None = None
    long_leave_days: int | None = None
    gone: frozenset[int] = field(default_factory=frozenset)
    only: frozenset[int] | None = None  # these persons (kept records) and nobody else

    def per_agency(self) -> list[AgencyCount]:
        """Count by the agency of the post, in one statement."""
        rows, params = self.rows()
        sql = (
            "SELECT agency_id, COUNT(*), SUM(is_skilled), SUM(is_analyst) "  # noqa: S608 (no value is spliced in)
            f"FROM ({rows}) AS counted GROUP BY agency_id"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return [AgencyCount(*row) for row in cursor.fetchall()]

    def people(self, agency_ids: frozenset[int] | None = None) -> Iterator[StaffRow]:
        """Yield a row a person, of those whose post is in the agencies where some are named."""
        rows, params = self.rows()
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM ({rows}) AS counted", params)  # noqa: S608 (no value is spliced in)
            for post, person, agency, ds, da, skilled, analyst in cursor.fetchall():
                if agency_ids is None or agency in agency_ids:
                    yield StaffRow(post, person, agency, _hours(ds), _hours(da), bool(skilled), bool(analyst))

    def listed(
        self, side: str, agency_ids: frozenset[int] | None, also: frozenset[int] = frozenset()
    ) -> QuerySet[Post]:
        """Return the posts on one side: those in the agencies (None: anywhere), and `also` these posts."""
        rows, params = self.rows()
        sql = f"SELECT post_id FROM ({rows}) AS counted WHERE {SIDES[side]}"  # noqa: S608 (words of ours)
        if agency_ids is not None:
            sql += f" AND (agency_id IN ({_marks(agency_ids)}) OR post_id IN ({_marks(also)}))"
        places = () if agency_ids is None else (*sorted(agency_ids), *sorted(also))
        return Post.objects.filter(pk__in=RawSQL(sql, (*params, *places)))  # noqa: S611 (values are parameters)

    def counting(
        self, agency_ids: frozenset[int] | None, also: frozenset[int] = frozenset()
    ) -> QuerySet[Post]:
        """Return the posts of all who count: those in the agencies (None: anywhere), and `also` these posts."""
        posts = Post.objects.filter(pk__in=self.posts().values("pk"))
        return posts if agency_ids is None else posts.filter(Q(agency__in=agency_ids) | Q(pk__in=also))

    def rows(self) -> Sql:
        """Return the statement with one row a person."""
        posts, post_params = self.posts().query.sql_with_params()
        hours, hour_params = self.hours().query.sql_with_params()
        # Posts and courses are stacked and grouped, not joined: no planner can choose a nested loop.
        # Hundredths of a period are rounded after adding: SQLite keeps decimals as floats.
        sql = f"""
            SELECT post_id, person_id, agency_id, ds, da,
                   CASE WHEN ds >= %s THEN 1 ELSE 0 END AS is_skilled,
                   CASE WHEN ds >= %s AND da >= %s THEN 1 ELSE 0 END AS is_analyst
            FROM (
                SELECT MAX(post_id) AS post_id, kept_id AS person_id, MAX(agency_id) AS agency_id,
                       ROUND(SUM(ds) * 100) AS ds, ROUND(SUM(da) * 100) AS da
                FROM (
                    SELECT kept_id, id AS post_id, agency_id, 0 AS ds, 0 AS da FROM ({posts}) AS post
                    UNION ALL
                    SELECT kept_id, NULL, NULL, ds, da FROM ({hours}) AS course
                ) AS fact GROUP BY kept_id HAVING MAX(post_id) IS NOT NULL
            ) AS person"""  # noqa: S608 (no value is spliced in)
        ds, da = self.ds_needed * 100, self.da_needed * 100
        return sql, (ds, ds, da, *post_params, *hour_params)

    def posts(self) -> QuerySet[Post, Any]:
        """Return the one post a person counts by: `id`, `kept_id`, `agency_id`."""
        posts = self._active(Post.objects.all()).filter(category__in=self.categories)
        posts = self._of_only(posts.exclude(pk__in=self._outdone()))
        if self.long_leave_days is not None:
            posts = posts.exclude(Exists(self._long_leave()))
        return posts.order_by().values("id", "agency_id", kept_id=_kept())

    def hours(self) -> QuerySet[Completion, Any]:
        """Return the most periods a person has from each course: the same course twice counts once."""
        completions = Completion.objects.counting_on(self.on, self.known_at).filter(
            Q(is_ds=True) | Q(is_da=True)
        )
        completions = self._of_only(completions)
        if self.since:
            completions = completions.filter(completed_on__gte=self.since)
        by_course = completions.order_by().values("course_code", kept_id=_kept())
        return by_course.annotate(ds=_most_hours(is_ds=True), da=_most_hours(is_da=True))

    def _of_only(self, rows: Any) -> Any:
        if self.only is None:
            return rows
        return rows.filter(Q(person__in=self.only) | Q(person__merged_into__in=self.only))

    def _active(self, posts: Any) -> Any:
        return posts.on(self.on).primary().exclude(agency__in=self.gone)

    def _outdone(self) -> Any:
        """The posts of duplicate records beside which another post of the same human being prevails.

        The kept record's own prevails; between two duplicates the code decides, so that the order of
        import does not.
        """
        kept = OuterRef("person__merged_into")
        posts = self._active(Post.objects.all())
        own = Exists(posts.filter(person=kept))
        of_twin = Exists(posts.filter(person__merged_into=kept, person__code__lt=OuterRef("person__code")))
        of_duplicates = self._active(Post.objects.filter(person__merged_into__isnull=False))
        return of_duplicates.filter(own | of_twin).values("pk")

    def _long_leave(self) -> Any:
        """Leave of the person, under any of their records, that is long and covers the day."""
        kept = Coalesce(OuterRef("person__merged_into_id"), OuterRef("person_id"))
        long = Q(valid_to=None) | Q(valid_to__gt=F("valid_from") + timedelta(days=self.long_leave_days or 0))
        same = Q(person=kept) | Q(person__merged_into=kept)
        return Leave.objects.on(self.on).filter(long, same)


def completed_within(inspections: QuerySet[Any], period: Period) -> QuerySet[Any]:
    """Keep the inspections in the rate: kiểm tra, completed in the period, not a state secret."""
    return _within(inspections, period).filter(act=KIEM_TRA, status=COMPLETED, is_secret=False)


def beside_the_rate(inspections: QuerySet[Any], period: Period) -> QuerySet[Any]:
    """Keep those listed beside it: of another kind, secret, stopped in the period, or still open at its end."""
    counted = completed_within(inspections, period).values("pk")
    undated = Q(completed_on=None)
    decided = Q(decided_on=None) | Q(decided_on__gte=period.start, decided_on__lt=period.end)
    running = Q(status__in=STILL_OPEN, decided_on__lt=period.end)
    ended = Q(completed_on__gte=period.start, completed_on__lt=period.end)
    return inspections.filter(ended | undated & (decided | running)).exclude(pk__in=counted)


def _within(inspections: QuerySet[Any], period: Period) -> QuerySet[Any]:
    return inspections.filter(completed_on__gte=period.start, completed_on__lt=period.end)


def _marks(values: frozenset[int]) -> str:
    return ", ".join(["%s"] * len(values)) or "NULL"


def _kept() -> Coalesce:
    return Coalesce("person__merged_into_id", "person_id")


def _most_hours(**tag: bool) -> Max:
    hours = DecimalField(max_digits=6, decimal_places=2)
    return Max(Case(When(**tag, then=F("hours")), default=Value(Decimal(0)), output_field=hours))


def _hours(hundredths: Any) -> Decimal:
    return Decimal(int(hundredths)).scaleb(-2)
