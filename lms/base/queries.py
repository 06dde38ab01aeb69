"""Sets of the floor's rows."""

from datetime import date, datetime
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

Row = TypeVar("Row", bound=models.Model)


class DatedQuerySet(models.QuerySet[Row]):
    """Rows with half-open validity."""

    def on(self, day: date) -> Self:
        """Keep the rows valid on that day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)

    def overlapping(self, start: date, end: date | None) -> Self:
        """Keep the rows valid on any day of [start, end)."""
        kept = self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=start))
        return kept if end is None else kept.filter(valid_from__lt=end)


class JobQuerySet(models.QuerySet[Row]):
    """The work table, seen by what is to be done."""

    def due(self, now: datetime) -> Self:
        """Keep what waits and whose time has come, and what a dead worker left behind."""
        waiting = Q(state="waiting", run_after__lte=now)
        abandoned = Q(state="running", lease_until__lt=now)
        return self.filter(waiting | abandoned).order_by("run_after", "pk")
