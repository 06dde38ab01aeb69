"""Records of one person: which is kept, and which only lead to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lms.base.importing import Row
from lms.base.importing.journal import Journal
from lms.people.importing.lookups import in_chunks
from lms.people.models import Person


def refuse_circles(rows: list[Row], known: dict[str, Person]) -> None:
    """Refuse a duplicate of nobody known, and duplicates that name each other."""
    _refuse_strangers(rows, known)
    target = {row["person_id"]: row["same_as"] for row in rows if row["same_as"]}
    for row in rows:
        kept = row["same_as"]
        if not kept or row.refused:
            continue
        path = [row["person_id"]]
        while kept in target and kept not in path:
            path.append(kept)
            kept = target[kept]
        if kept in path:
            row.error("same_as", _("the duplicates name each other in a circle"))
    _refuse_strangers(rows, known)


def _refuse_strangers(rows: list[Row], known: dict[str, Person]) -> None:
    """Refuse a duplicate of nobody known; whose own row is refused is nobody to the others."""
    while True:
        there = known.keys() | {row["person_id"] for row in rows if not row.refused}
        strangers = [
            row for row in rows if row["same_as"] and not row.refused and row["same_as"] not in there
        ]
        if not strangers:
            return
        for row in strangers:
            row.error("same_as", _("is not known"))


def write_mergers(merged: list[tuple[Person, Person]], journal: Journal) -> None:
    """Point every duplicate to the record that is kept, also those that pointed to a duplicate."""
    heads = {person.pk: kept for person, kept in merged}
    for person, kept in merged:
        while kept.pk in heads:
            kept = heads[kept.pk]  # noqa: PLW2901 (follows the chain to its head)
        for follower in Person.objects.filter(merged_into=person):
            journal.changed(follower, {"merged_into_id": person.pk})
            follower.merged_into = kept.canonical
            follower.save(update_fields=["merged_into"])
        before = person.merged_into_id
        person.merged_into = kept.canonical
        journal.changed(person, {"merged_into_id": before})
    Person.objects.bulk_update([person for person, _kept in merged], ["merged_into"], batch_size=500)


@dataclass
class Families:
    """Records of one person together: the kept one and its duplicates."""

    heads: dict[str, str]
    records: dict[str, Person]

    def everybody(self) -> list[Person]:
        """Return every record."""
        return list(self.records.values())


def known_duplicates() -> list[tuple[int, int]]:
    """Return every duplicate's key with its kept record's; they are few, but finding them reads all persons."""
    return list(Person.objects.exclude(merged_into=None).values_list("pk", "merged_into_id"))


def families_of(
    persons: dict[str, Person],
    known: dict[str, Person],
    rows: list[Row],
    duplicates: list[tuple[int, int]],
) -> Families:
    """Gather the records of the file's persons, known or new; `heads` leads each code to the kept one's."""
    records = {**known, **persons}
    pks = {person.merged_into_id or person.pk for person in records.values() if person.pk}
    present = {person.pk for person in records.values()}
    relatives = {pk for pk, kept in duplicates if kept in pks} | pks
    for chunk in in_chunks(relatives - present):
        for person in Person.objects.filter(pk__in=chunk):
            records.setdefault(person.code, person)
    by_pk = {person.pk: person.code for person in records.values() if person.pk}
    heads = {
        person.code: by_pk.get(person.merged_into_id, person.code) if person.merged_into_id else person.code
        for person in records.values()
    }
    targets = {row["person_id"]: row["same_as"] for row in rows if row["same_as"]}
    for person_code, kept in targets.items():
        while kept in targets:
            kept = targets[kept]  # noqa: PLW2901 (follows the chain to its head)
        heads[person_code] = heads.get(kept, kept)
    return Families(heads, records)
