"""Lists: search without accents, filters, sorting and pages, read from the address and kept in it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict

from lms.base.keyset import COUNT_LIMIT, KeysetPage, Order, Tiers
from lms.base.vietnamese import fold

ROWS_PER_PAGE = 50
PLACES = ("page", "after", "before")


@dataclass
class Filter:
    """One choice above a list. `apply` narrows the rows; without it `lookup` (or the name) must equal the value."""

    name: str
    label: str
    choices: Iterable[tuple[Any, Any]]
    lookup: str = ""
    apply: Callable[[QuerySet, str], QuerySet] | None = None
    value: str = ""
    empty: str = ""  # what the choice of nothing is called; "All" where it is not said

    def __post_init__(self) -> None:
        self.choices = [(str(value), str(label)) for value, label in self.choices]

    def narrow(self, rows: QuerySet) -> QuerySet:
        """Return the rows that pass; all of them for no choice or one that is not offered."""
        if self.value not in dict(self.choices):
            self.value = ""
        if not self.value:
            return rows
        return (
            self.apply(rows, self.value)
            if self.apply
            else rows.filter(**{self.lookup or self.name: self.value})
        )


class Listing:
    """The rows a reader asked for: `?q=…&sort=-name&page=2` and the filters' own names.

    `search` names lookups on folded columns ("name_folded__contains"): every word must be found in one of them.
    `sorts` gives each sortable name its columns; Vietnamese names sort by their key column.
    With `keyset` the pages are not numbered but go on after a row (`?after=…`, `?before=…`) and counting stops
    at ten thousand: for lists that may hold millions. It needs a `default_sort`, best by an indexed column.
    """

    def __init__(
        self,
        request: HttpRequest,
        rows: QuerySet,
        *,
        search: Sequence[str] = (),
        filters: Sequence[Filter] = (),
        sorts: Mapping[str, Sequence[str]] | None = None,
        default_sort: str = "",
        per_page: int = ROWS_PER_PAGE,
        keyset: bool = False,
    ) -> None:
        self.asked: QueryDict = request.GET
        self.searches, self.filters, self.sorts = search, filters, sorts or {}
        self.words = self.asked.get("q", "").strip()
        self.sort = self._known_sort(self.asked.get("sort", ""), default_sort)
        for choice in filters:
            choice.value = self.asked.get(choice.name, "")
        self.per_page = per_page
        self.keyset = keyset
        if keyset and not self.sort:
            raise ValueError("A list whose pages go on after a row needs a default_sort.")
        self.rows = self._sorted(self.found(rows))

    def _known_sort(self, asked: str, default: str) -> str:
        return asked if asked.removeprefix("-") in self.sorts else default

    def found(self, rows: QuerySet) -> QuerySet:
        """Return the rows that pass the filters and hold the words."""
        for choice in self.filters:
            rows = choice.narrow(rows)
        for word in fold(self.words).split() if self.searches else ():
            rows = rows.filter(Q(*[(lookup, word) for lookup in self.searches], _connector=Q.OR))
        return rows

    def _sorted(self, rows: QuerySet) -> QuerySet:
        if not self.sort:
            return rows
        columns = self.sorts[self.sort.removeprefix("-")]
        back = self.sort.startswith("-")
        if self.keyset:
            return self._order.sort(rows)
        return rows.order_by(*[f"-{column}" if back else column for column in columns], "pk")

    @property
    def _order(self) -> Order:
        return Order.by(self.sorts[self.sort.removeprefix("-")], backwards=self.sort.startswith("-"))

    def tiers(self) -> list[QuerySet]:
        """Return the rows in the tiers they are shown in; a list that prefers some of them overrides this."""
        return [self.rows]

    @cached_property
    def page(self) -> Page[Any] | KeysetPage:
        """The rows of the page asked for; the nearest page where there is none."""
        if not self.keyset:
            return Paginator(self.rows, self.per_page).get_page(self.asked.get("page"))
        after, before = self.asked.get("after", ""), self.asked.get("before", "")
        return Tiers(self.tiers(), self._order).page(after=after, before=before, size=self.per_page)

    @cached_property
    def count(self) -> int:
        """How many rows there are on all pages; where pages go on after a row, counted to the limit."""
        if isinstance(self.page, Page):
            return self.page.paginator.count
        return min(self._counted, COUNT_LIMIT)

    @cached_property
    def _counted(self) -> int:
        return Tiers(self.tiers(), self._order).count_up_to(COUNT_LIMIT)

    @property
    def count_is_capped(self) -> bool:
        """Whether there are more rows than were counted."""
        return self.keyset and self._counted > COUNT_LIMIT

    @property
    def has_pages(self) -> bool:
        """Whether there is more than the page shown."""
        page = self.page
        if isinstance(page, Page):
            return page.has_other_pages()
        return page.has_previous or page.has_next

    @property
    def narrowed(self) -> bool:
        """Whether the reader sees less than everything."""
        return bool(self.words) or any(choice.value for choice in self.filters)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the search form must send along unchanged."""
        own = {"q", *PLACES, *(choice.name for choice in self.filters)}
        return [(name, value) for name, values in self.asked.lists() if name not in own for value in values]

    def query(self, **changes: str) -> str:
        """Return the address's query with changes; an empty value takes the name out."""
        asked = self.asked.copy()
        if "page" in changes:
            changes = dict.fromkeys(PLACES, "") | changes
        for name, value in changes.items():
            asked.pop(name, None)
            if value:
                asked[name] = value
        return asked.urlencode()

    @property
    def widest_query(self) -> str:
        """The query without search and filters."""
        return self.query(q="", page="", **{choice.name: "" for choice in self.filters})

    @property
    def export_query(self) -> str:
        """The query of the whole list, ready for one more name."""
        query = self.query(page="", format="")
        return f"{query}&" if query else ""

    @property
    def previous_query(self) -> str:
        """The query of the page before."""
        if isinstance(self.page, KeysetPage):
            return self.query(page="", before=str(self.page[0].pk) if len(self.page) else "")
        return self.query(page=str(self.page.previous_page_number()))

    @property
    def next_query(self) -> str:
        """The query of the page after."""
        if isinstance(self.page, KeysetPage):
            return self.query(page="", after=str(self.page[-1].pk))
        return self.query(page=str(self.page.next_page_number()))

    @property
    def first_query(self) -> str:
        """The query of the first page."""
        return self.query(page="")

    def direction(self, name: str) -> str:
        """Return how the list is sorted by that name, in the words of `aria-sort`; nothing when it is not."""
        if self.sort.removeprefix("-") != name:
            return ""
        return "descending" if self.sort.startswith("-") else "ascending"

    def sorted_query(self, name: str) -> str:
        """Return the query that sorts by that name, the other way round when it already does."""
        return self.query(sort=f"-{name}" if self.sort == name else name, page="")
