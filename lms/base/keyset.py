"""Pages of long lists: each goes on after a row, so that the thousandth page costs what the first one does.

The address names the row by its key alone and its values are read again: a name or a number that the list
is sorted by never stands in an address.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Q, QuerySet

COUNT_LIMIT = 10_000


@dataclass
class KeysetPage:
    """Some rows of a long list, and whether there are more on either side."""

    object_list: list[Any] = field(default_factory=list)
    has_previous: bool = False
    has_next: bool = False

    def __iter__(self) -> Iterator[Any]:
        return iter(self.object_list)

    def __len__(self) -> int:
        return len(self.object_list)

    def __getitem__(self, place: int) -> Any:
        return self.object_list[place]


@dataclass(frozen=True)
class Order:
    """Columns that rows are sorted by, all one way; the primary key comes last and decides between equals.

    Empty values come last, and first the other way round, on both databases.
    """

    columns: tuple[str, ...]
    backwards: bool = False

    @classmethod
    def by(cls, columns: Sequence[str], *, backwards: bool = False) -> "Order":
        """Return the order by the columns and the primary key."""
        own = tuple(column for column in columns if column not in ("pk", "id"))
        return cls((*own, "pk"), backwards)

    def reversed(self) -> "Order":
        """Return the same order from the other end."""
        return Order(self.columns, not self.backwards)

    def sort(self, rows: QuerySet) -> QuerySet:
        """Return the rows in this order."""
        return rows.order_by(*[self._expression(rows, column) for column in self.columns])

    def _expression(self, rows: QuerySet, column: str) -> Any:
        if not _may_be_empty(rows, column):
            return F(column).desc() if self.backwards else F(column).asc()
        return F(column).desc(nulls_first=True) if self.backwards else F(column).asc(nulls_last=True)

    def after(self, rows: QuerySet, values: Sequence[Any]) -> Q:
        """Return the condition that a row comes after these values."""
        later = Q()
        for place in reversed(range(len(self.columns))):
            column, value = self.columns[place], values[place]
            beyond = self._beyond(rows, column, value)
            later = beyond | (Q(**_equals(column, value)) & later) if later else beyond
        return self._bounded(rows, values) & later

    def _beyond(self, rows: QuerySet, column: str, value: Any) -> Q:
        if value is None:
            return Q(**{f"{column}__isnull": False}) if self.backwards else Q(pk__in=[])
        beyond = Q(**{f"{column}__{'lt' if self.backwards else 'gt'}": value})
        if not self.backwards and _may_be_empty(rows, column):
            beyond |= Q(**{f"{column}__isnull": True})
        return beyond

    def _bounded(self, rows: QuerySet, values: Sequence[Any]) -> Q:
        # What follows from the rest of the condition, said alone: only so does a database enter the index there.
        column, value = self.columns[0], values[0]
        if value is None or _may_be_empty(rows, column):
            return Q()
        return Q(**{f"{column}__{'lte' if self.backwards else 'gte'}": value})


def _equals(column: str, value: Any) -> dict[str, Any]:
    return {f"{column}__isnull": True} if value is None else {column: value}


def _may_be_empty(rows: QuerySet, column: str) -> bool:
    model, empty = rows.model, False
    for name in column.split("__"):
        if model is None or name == "pk":
            return empty
        try:
            found = model._meta.get_field(name)
        except FieldDoesNotExist:
            return True  # computed for each row: nothing promises a value
        empty = empty or bool(getattr(found, "null", True))
        model = found.related_model
    return empty


@dataclass(frozen=True)
class Tiers:
    """Rows in tiers, all rows of one before those of the next: exact hits first, then the others.

    A list without a preference is one tier.
    """

    tiers: Sequence[QuerySet]
    order: Order

    def page(self, *, after: str, before: str, size: int) -> KeysetPage:
        """Return the rows next to the row named; the first ones where none is, or where it is gone."""
        if before and (anchor := self._anchor(before)):
            found = self._reading(anchor, size + 1, self.order.reversed())
            return KeysetPage(found[:size][::-1], has_previous=len(found) > size, has_next=True)
        anchor = self._anchor(after) if after else None
        found = self._reading(anchor, size + 1, self.order)
        return KeysetPage(found[:size], has_previous=anchor is not None, has_next=len(found) > size)

    def count_up_to(self, limit: int) -> int:
        """Return how many rows there are, or one more than the limit: counting millions takes seconds."""
        counted = 0
        for rows in self.tiers:
            counted += rows.order_by()[: limit + 1 - counted].count()
            if counted > limit:
                break
        return counted

    def _anchor(self, key: str) -> tuple[int, tuple[Any, ...]] | None:
        for place, rows in enumerate(self.tiers):
            try:
                values = rows.filter(pk=key).order_by().values_list(*self.order.columns).first()
            except (ValueError, OverflowError, ValidationError):
                return None  # somebody made the address up
            if values is not None:
                return place, values
        return None

    def _reading(self, anchor: tuple[int, tuple[Any, ...]] | None, size: int, order: Order) -> list[Any]:
        """Read on from the anchor, through the tiers in this direction."""
        way = -1 if order.backwards != self.order.backwards else 1
        place = anchor[0] if anchor else 0
        found: list[Any] = []
        while 0 <= place < len(self.tiers) and len(found) < size:
            rows = order.sort(self.tiers[place])
            if anchor and place == anchor[0]:
                rows = rows.filter(order.after(rows, anchor[1]))
            found.extend(rows[: size - len(found)])
            place += way
        return found
