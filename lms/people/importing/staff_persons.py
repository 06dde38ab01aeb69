"""Planning the persons of a staff file: new ones, corrected ones, and duplicates."""

from __future__ import annotations

from collections import defaultdict
from secrets import token_urlsafe
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from lms.base.importing import Row
from lms.people.importing.lookups import persons_by_code
from lms.people.importing.personal_numbers import doubts
from lms.people.importing.staff_plan import PERSON_FIELDS, StaffPlan, note_persons
from lms.people.models import Person


def known_persons(rows: list[Row]) -> dict[str, Person]:
    """Return the known persons whom the rows name, by code."""
    codes = {row["person_id"] for row in rows} | {row["same_as"] for row in rows if row["same_as"]}
    return persons_by_code(codes)


def plan_persons(rows: list[Row], known: dict[str, Person], plan: StaffPlan) -> dict[str, Person]:
    """Plan what the rows say of persons; return the persons by code, as they will be."""
    persons: dict[str, Person] = {}
    facts: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in rows:
        facts[row["person_id"]].update(_person_facts(row))
        for doubt in doubts(row["person_id"], row["birth_date"], row["gender"]):
            row.warning("person_id", doubt)
    for person_code, said in facts.items():
        persons[person_code] = _plan_person(person_code, said, known.get(person_code), plan)
    note_persons(rows, persons, plan)
    for row in rows:
        if row["same_as"]:
            kept = persons.get(row["same_as"]) or known[row["same_as"]]
            _plan_merge(persons[row["person_id"]], kept, plan)
    return persons


def _person_facts(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in PERSON_FIELDS if name in row.columns and row[name]}


def _plan_person(person_code: str, said: dict[str, Any], person: Person | None, plan: StaffPlan) -> Person:
    if person is None:
        person = Person(code=person_code, **said)
        person.password = no_password()
        person.derive_name_forms()
        plan.new_persons.append(person)
        return person
    old = {name: getattr(person, name) for name, value in said.items() if getattr(person, name) != value}
    if old:
        for name in old:
            setattr(person, name, said[name])
        person.derive_name_forms()
        plan.changed_persons.append((person, old))
    return person


def _plan_merge(person: Person, kept: Person, plan: StaffPlan) -> None:
    already = person.merged_into_id is not None and person.merged_into_id == (kept.merged_into_id or kept.pk)
    if not already and all(person is not planned for planned, _kept in plan.merged):
        plan.merged.append((person, kept))


def no_password() -> str:
    """Return what stands for no password.

    Forty random characters drawn one by one, as Django does, would cost more than all else of a row.
    """
    return UNUSABLE_PASSWORD_PREFIX + token_urlsafe(30)
