"""What a staff file does to persons and posts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lms.base.dates import today
from lms.base.importing import Plan, Row
from lms.people.importing.described import Fact
from lms.people.importing.full_list import FullList
from lms.people.importing.plain import PlainStaff
from lms.people.models import Person, Post

PERSON_FIELDS = ("full_name", "birth_date", "gender", "email")
POST_FIELDS = ("category", "position", "rank", "is_primary", "valid_to")


@dataclass(frozen=True)
class Ended:
    """A post that the full list does not name, with the end it had before."""

    post: Post
    old: date | None


@dataclass
class StaffPlan(Plan):
    """Persons and posts to write; `added` and `changed` hold rows, for counting and the preview."""

    plain: PlainStaff = field(default_factory=PlainStaff)
    full: FullList | None = None
    new_persons: list[Person] = field(default_factory=list)
    changed_persons: list[tuple[Person, dict[str, Any]]] = field(default_factory=list)
    new_posts: list[tuple[Person, Post]] = field(default_factory=list)
    changed_posts: list[tuple[Post, dict[str, Any]]] = field(default_factory=list)
    merged: list[tuple[Person, Person]] = field(default_factory=list)
    leaving: int = 0
    known_persons: int = 0

    def note(self, row: Row, fact: Fact) -> None:
        """Keep with the row what it changes, for the preview; its person's facts and its post's together."""
        row.values.setdefault("facts", []).append(fact)

    @property
    def renamed(self) -> int:
        """How many known people get another name or birth date."""
        return sum(bool({"full_name", "birth_date"} & old.keys()) for _who, old in self.changed_persons)

    @property
    def named_before(self) -> int:
        """How many known people the file names."""
        return self.known_persons + self.plain.unchanged

    @property
    def agency_ids(self) -> set[int]:
        """The agencies whose posts the plan makes or changes."""
        posts = [post for _person, post in self.new_posts] + [post for post, _old in self.changed_posts]
        return {post.agency_id for post in posts} | self.plain.agency_ids


def note_persons(rows: list[Row], persons: dict[str, Person], plan: StaffPlan) -> None:
    """Keep what happens to each person with the first of their rows."""
    new = {id(person) for person in plan.new_persons}
    changed = {id(person): old for person, old in plan.changed_persons}
    seen: set[str] = set()
    for row in rows:
        person = persons[row["person_id"]]
        if person.code in seen:
            continue
        seen.add(person.code)
        if id(person) in new:
            plan.note(row, Fact(person))
        elif id(person) in changed:
            plan.note(row, Fact(person, changed[id(person)]))
        row.values["merges"] = bool(row["same_as"])


def count(rows: list[Row], plan: StaffPlan) -> None:
    """Sort the rows into added, changed and unchanged."""
    new = {person.code for person in plan.new_persons}
    touched = {person.code for person, _old in plan.changed_persons} | {p.code for p, _kept in plan.merged}
    for row in rows:
        if row.refused:
            continue
        effect = row.values.pop("effect", None)
        if effect == "added" or row["person_id"] in new:
            plan.added.append(row)
        elif effect == "changed" or row["person_id"] in touched:
            plan.changed.append(row)
        else:
            plan.unchanged += 1


def late_corrections(plan: StaffPlan) -> list[str]:
    """Return a sentence where the file changes what held before today."""
    days = [min(_days(post, old)) for post, old in plan.changed_posts]
    past = [day for day in days if day < today()]
    if not past:
        return []
    words = {"count": len(past), "day": min(past).strftime("%d/%m/%Y")}
    return [
        _(
            "%(count)d known posts change for days that are past, the earliest %(day)s: figures of those days"
            " come out otherwise from now on. Reports already frozen stay as they are."
        )
        % words
    ]


def _days(post: Post, old: dict[str, Any]) -> list[date]:
    """Return the first days on which the change shows: another end from the earlier end on, else from the start."""
    if old.keys() == {"valid_to"}:
        return [end for end in (post.valid_to, old["valid_to"]) if end is not None]
    return [post.valid_from]
