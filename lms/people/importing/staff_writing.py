"""Writing a staff plan, and telling the journal."""

from __future__ import annotations

from typing import Any

from lms.base.bulk import insert_columns, insert_rows
from lms.base.importing.journal import Journal
from lms.base.vietnamese import fold, name_sort_key
from lms.people.importing.duplicates import write_mergers
from lms.people.importing.plain import PlainStaff, new_persons, new_posts
from lms.people.importing.staff_persons import no_password
from lms.people.importing.staff_plan import PERSON_FIELDS, POST_FIELDS, StaffPlan
from lms.people.models import Person, Post

# What an import gives a person; the forms of the name follow from it.
NAME_FORMS = ("name_folded", "name_key")
WRITTEN_OF_A_PERSON = ("code", *PERSON_FIELDS, *NAME_FORMS)
WRITTEN_OF_A_POST = ("person_id", "agency_id", "valid_from", *POST_FIELDS)


def write_staff(plan: StaffPlan, journal: Journal) -> None:
    """Write persons, then mergers, then ends before beginnings: one open primary post at a time."""
    _write_persons(plan, journal)
    write_mergers(plan.merged, journal)
    closing = [pair for pair in plan.changed_posts if pair[0].valid_to or not pair[0].is_primary]
    opening = [pair for pair in plan.changed_posts if not pair[0].valid_to and pair[0].is_primary]
    for pairs in (closing, opening):
        Post.objects.bulk_update([post for post, _old in pairs], POST_FIELDS, batch_size=300)
        for post, old in pairs:
            journal.changed(post, old)
    for person, post in plan.new_posts:
        post.person = person
    posts = [post for _person, post in plan.new_posts]
    insert_rows(posts)
    journal.made(posts, WRITTEN_OF_A_POST)
    _write_plain(plan.plain, journal)


def _write_plain(plain: PlainStaff, journal: Journal) -> None:
    """Write those who are added by columns, each with the one post."""
    persons = new_persons(plain)
    names = persons["full_name"]
    forms = {name: (fold(name), name_sort_key(name)) for name in set(names)}
    persons["name_folded"] = [forms[name][0] for name in names]
    persons["name_key"] = [forms[name][1] for name in names]
    passwords = [no_password() for _name in names]
    keys = insert_columns(Person, len(names), {**persons, "password": passwords})
    journal.made_of_columns(Person, keys, persons)
    posts = {"person_id": keys, **dict(new_posts(plain))}
    journal.made_of_columns(Post, insert_columns(Post, len(keys), posts), posts)


def _write_persons(plan: StaffPlan, journal: Journal) -> None:
    insert_rows(plan.new_persons)
    journal.made(plan.new_persons, WRITTEN_OF_A_PERSON)
    Person.objects.bulk_update(
        [person for person, _old in plan.changed_persons], [*PERSON_FIELDS, *NAME_FORMS], batch_size=300
    )
    for person, old in plan.changed_persons:
        journal.changed(person, {**old, **_name_forms(old)})


def _name_forms(old: dict[str, Any]) -> dict[str, str]:
    """Return the search and sort forms of an old name, which come back with it."""
    if "full_name" not in old:
        return {}
    return {"name_folded": fold(old["full_name"]), "name_key": name_sort_key(old["full_name"])}
