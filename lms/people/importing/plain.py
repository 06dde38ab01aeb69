"""Rows of a staff file of which there is nothing to say: taken by columns, without making a Row of each.

Such a row is its person's only one and names no duplicate; every cell reads well; its agency bore the code on the day,
is within reach and goes on; number, sex and birth date agree; and the person is either new, or known with exactly
this one post as the row has it. Nothing another row says can change what such a row does, so it needs no comparing
with others: `StaffImporter.plan` does that for all the rest. A row of which one of these is not sure is never plain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models.functions import Cast

from lms.base.dates import today
from lms.base.importing import Row
from lms.base.importing.outcome import Plain
from lms.base.importing.table import Table
from lms.people.importing.described import Fact
from lms.people.importing.lookups import in_chunks
from lms.people.importing.personal_numbers import doubts
from lms.people.importing.timelines import goes_on_alone
from lms.people.models import Person, Post
from lms.people.organisation import History
from lms.people.rules import Scope

PERSON_COLUMNS = ("full_name", "birth_date", "gender", "email")
POST_COLUMNS = ("category", "position", "rank", "primary", "post_to")
# Days are compared as text and yes or no as 1 or 0: to make dates of them again would cost as much as reading them.
STORED = (
    "full_name",
    Cast("birth_date", models.CharField()),
    "gender",
    "email",
    Cast("posts__valid_from", models.CharField()),
    "posts__category",
    "posts__position",
    "posts__rank",
    Cast("posts__is_primary", models.IntegerField()),
    Cast("posts__valid_to", models.CharField()),
)
DAYS = {"birth_date", "post_from", "post_to"}
Said = tuple[Any, ...]
NOTHING: Said = ()


@dataclass
class PlainStaff(Plain):
    """Plain rows of staff: `new` are the places in the table of those who are added, `homes` their agencies."""

    table: Table | None = None
    new: list[int] = field(default_factory=list)
    homes: list[int] = field(default_factory=list)

    @property
    def agency_ids(self) -> set[int]:
        """The agencies into which somebody comes."""
        return set(self.homes)

    def column(self, name: str) -> list[Any]:
        """Return a column of the new ones."""
        values = self.table.column(name) if self.table is not None else []
        return [values[place] for place in self.new]


@dataclass
class NewRows(Sequence[Row]):
    """The rows of those who are added, each made with its facts when the preview asks for it."""

    plain: PlainStaff

    def __len__(self) -> int:
        return len(self.plain.new)

    def __getitem__(self, number: Any) -> Any:
        place, home = self.plain.new[number], self.plain.homes[number]
        return _told(self.plain.table[place], home) if self.plain.table is not None else None


def plain_staff(table: Table, history: History, scope: Scope | None, duplicates: set[int]) -> PlainStaff:
    """Return the plain rows; `duplicates` are the keys of known records that have another or are one."""
    places = [place for place in range(len(table)) if place not in table.doubtful]
    for choose in (_alone, _dated, _undoubted):
        places = choose(table, places)
    homes = _homes(table, places, history, scope)
    codes = table.column("person_id")
    known = _known([codes[place] for place in homes], duplicates)
    said = _said(table) if known else []
    plain = PlainStaff(table=table)
    for place, home in homes.items():
        at, stored = known.get(codes[place], (None, None))
        if stored is None:
            plain.new.append(place)
            plain.homes.append(home)
        elif at == home and (stored == said[place] or _says_the_same(said[place], stored, table.given)):
            plain.unchanged += 1
        else:
            continue
        plain.places.add(place)
    plain.added = NewRows(plain)
    return plain


def _alone(table: Table, places: list[int]) -> list[int]:
    """Return the rows that are their person's only one, where no row names a duplicate of that person."""
    codes, kept = table.column("person_id"), table.column("same_as")
    times, tied = Counter(codes), set(kept)
    if tied == {None} and len(times) == len(codes):
        return places
    return [
        place
        for place in places
        if times[codes[place]] == 1 and kept[place] is None and codes[place] not in tied
    ]


def _dated(table: Table, places: list[int]) -> list[int]:
    """Return the rows with a whole post that has begun, and ends after it began."""
    starts, ends = table.column("post_from"), table.column("post_to")
    agencies, categories = table.column("agency_code"), table.column("category")
    now = today()
    return [
        place
        for place in places
        if agencies[place]
        and categories[place]
        and (start := starts[place]) is not None
        and start <= now
        and ((end := ends[place]) is None or end > start)
    ]


def _undoubted(table: Table, places: list[int]) -> list[int]:
    """Return the rows whose number agrees with birth date and sex."""
    codes, births, genders = (table.column(name) for name in ("person_id", "birth_date", "gender"))
    return [
        place
        for place in places
        if not _is_doubted(
            codes[place][3:6] if len(codes[place]) == 12 else "", births[place], genders[place]
        )
        or not codes[place].isdecimal()
    ]


@lru_cache(maxsize=65_536)
def _is_doubted(century_sex_and_year: str, birth_date: date | None, gender: str | None) -> bool:
    """Tell whether a number with these digits in its middle is doubted: no other digit of it says anything."""
    if not century_sex_and_year.isdecimal():
        return False
    return any(doubts(f"000{century_sex_and_year}000000", birth_date, gender))


def _homes(table: Table, places: list[int], history: History, scope: Scope | None) -> dict[int, int]:
    """Return the agency of each row, by the code on the day; only those within reach, and that go on alone."""
    codes, starts = table.column("agency_code"), table.column("post_from")
    bearers: dict[tuple[str, date], int | None] = {}
    for pair in {(codes[place], starts[place]) for place in places}:
        found = history.code_bearer(*pair)
        sure = found is not None and (scope is None or scope.covers(found)) and goes_on_alone(found, history)
        bearers[pair] = found if sure else None
    homes = ((place, bearers[codes[place], starts[place]]) for place in places)
    return {place: home for place, home in homes if home is not None}


def _said(table: Table) -> list[Said]:
    """Return what each row says, in the order of STORED; of a person a blank cell is as an empty column."""
    persons = [[value or None for value in _compared(table, name)] for name in PERSON_COLUMNS]
    posts = [_compared(table, name) for name in ("post_from", *POST_COLUMNS)]
    return list(zip(*persons, *posts, strict=True))


def _compared(table: Table, name: str) -> list[Any]:
    """Return a column as STORED has it."""
    values = table.column(name)
    return [value and str(value) for value in values] if name in DAYS else list(values)


def _known(codes: list[str], duplicates: set[int]) -> dict[str, tuple[int | None, Said]]:
    """Return what is stored of those already known, by code: at which agency, and the rest.

    Of whom there are several posts or records it is nowhere and nothing: no row says just that.
    """
    found: dict[str, tuple[int | None, Said]] = {}
    for persons in _persons(codes):
        rows = persons.values_list("code", "pk", "posts__agency_id", *STORED)
        for code, pk, home, name, born, gender, email, *post in rows:
            if code in found or pk in duplicates:
                found[code] = (None, NOTHING)
            else:
                found[code] = (home, (name, born, gender or None, email or None, *post))
    return found


def _persons(codes: list[str]) -> Iterator[models.QuerySet[Person]]:
    """Yield the persons by their codes; a file that names half of all reads them all, in half the time."""
    everybody = Person.objects.order_by()
    if not everybody.values("pk")[2 * len(codes) :].exists():
        yield everybody
        return
    for chunk in in_chunks(codes):
        yield everybody.filter(code__in=chunk)


def _says_the_same(said: Said, stored: Said, given: frozenset[str]) -> bool:
    """Tell whether the row says nothing but what is stored.

    A blank cell says nothing of a person; a column that the file does not have says nothing at all.
    """
    columns = (*PERSON_COLUMNS, "post_from", *POST_COLUMNS)
    for column, new, old in zip(columns, said, stored, strict=True):
        silent = (column in PERSON_COLUMNS and new is None) or column not in given
        if not silent and new != old:
            return False
    return True


def _told(row: Row, agency_id: int) -> Row:
    """Return the row of somebody new with its facts, as `plan` leaves one."""
    said = {name: row[name] for name in PERSON_COLUMNS if row[name]}
    post = Post(
        agency_id=agency_id,
        valid_from=row["post_from"],
        category=row["category"],
        position=row["position"] or "",
        rank=row["rank"] or "",
        is_primary=row["primary"],
        valid_to=row["post_to"],
    )
    row.values |= {"agency_id": agency_id, "merges": False}
    row.values["facts"] = [Fact(Person(code=row["person_id"], **said)), Fact(post)]
    return row


def new_persons(plain: PlainStaff) -> dict[str, list[Any]]:
    """Return the columns of the persons to insert, by field."""
    columns = {"code": plain.column("person_id"), **{name: plain.column(name) for name in PERSON_COLUMNS}}
    return {
        **columns,
        "gender": [value or "" for value in columns["gender"]],
        "email": [value or "" for value in columns["email"]],
    }


def new_posts(plain: PlainStaff) -> Iterator[tuple[str, list[Any]]]:
    """Yield the columns of the posts to insert, by field, but whose they are."""
    yield "agency_id", plain.homes
    yield "valid_from", plain.column("post_from")
    yield "category", plain.column("category")
    yield "position", [value or "" for value in plain.column("position")]
    yield "rank", [value or "" for value in plain.column("rank")]
    yield "is_primary", plain.column("primary")
    yield "valid_to", plain.column("post_to")
