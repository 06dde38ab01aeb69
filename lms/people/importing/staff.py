"""Importing staff: persons, their duplicates and their posts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.base.dates import today
from lms.base.importing import Entry, Importer, Plan, Row, Stop, importer
from lms.base.importing.table import Table
from lms.base.models import ImportRun
from lms.people.importing import described
from lms.people.importing.duplicates import families_of, known_duplicates, refuse_circles
from lms.people.importing.effect import effect_of
from lms.people.importing.full_list import FullList
from lms.people.importing.lookups import AgencyCodes
from lms.people.importing.plain import PlainStaff, plain_staff
from lms.people.importing.staff_checks import check_posts, refuse_contradictions
from lms.people.importing.staff_columns import COLUMNS
from lms.people.importing.staff_persons import known_persons, plan_persons
from lms.people.importing.staff_plan import Ended, StaffPlan, count, late_corrections
from lms.people.importing.staff_posts import plan_posts
from lms.people.importing.staff_writing import write_staff
from lms.people.importing.thresholds import (
    CONFIRMED_BY,
    WholeFile,
    ended_stop,
    leaving_stop,
    posts_today,
    renamed_stop,
)
from lms.people.importing.undoing import posts_in_conflict
from lms.people.models import Person
from lms.people.organisation import Organisation, history
from lms.people.rules import Scope, may, scope_of


@importer("staff")
class StaffImporter(Importer):
    """Imports staff; one row a post, a person's own facts the same in each of their rows."""

    title = gettext_lazy("Staff")
    domain = "people"
    takes_full_list = True
    confirmed_by = CONFIRMED_BY
    by_columns = True
    parted_by = ("person_id", "same_as")
    columns = COLUMNS

    @classmethod
    def may_be_used_by(cls, person: Any) -> bool:
        """HR officers."""
        return may(person, "people.import")

    @classmethod
    def full_list_choices(cls, person: Any) -> list[tuple[str, str]]:
        """The agencies of today within the officer's reach, by code."""
        scope, tree = scope_of(person, "people.import"), Organisation.on(today())
        reached = tree.agencies if scope.everything else tree.agencies & scope.agency_ids
        found = [(tree.code(pk), tree.name(pk)) for pk in reached]
        return [(agency_code, f"{agency_code} {name}") for agency_code, name in sorted(found)]

    def plain_rows(self, table: Table) -> PlainStaff:
        """Take the rows of which there is nothing to say; a full list speaks of others too, row by row."""
        if self.full_list:
            return PlainStaff()
        duplicates = {pk for pair in self._duplicates for pk in pair}
        return plain_staff(table, history(), self._scope, duplicates)

    def plan(self, rows: list[Row]) -> StaffPlan:
        """Compare the file with the persons and posts already known."""
        full = FullList.asked(self.full_list, self.list_on, self.by)
        known = known_persons(rows)
        self._agencies = AgencyCodes()
        refuse_contradictions(rows)
        check_posts(rows, self._agencies, self._scope)
        if full is not None:
            full.refuse_outsiders(rows)
        refuse_circles(rows, known)
        plan = StaffPlan(full=full)
        taken = [row for row in rows if not row.refused]
        persons = plan_persons(taken, known, plan)
        families = families_of(persons, known, taken, self._duplicates)
        plan_posts(taken, persons, families, self._agencies.history, plan)
        plan.known_persons = len(known)
        count(rows, plan)
        return plan

    @cached_property
    def _duplicates(self) -> list[tuple[int, int]]:
        """Read once an import: what its own parts merge stays within the part."""
        return known_duplicates()

    @property
    def _scope(self) -> Scope | None:
        return scope_of(self.by, "people.import") if self.by else None

    def heads_by_code(self) -> dict[str, str]:
        """Return the known records that stand for another, by code: the rows of both are planned together."""
        return dict(Person.objects.exclude(merged_into=None).values_list("code", "merged_into__code"))

    def write(self, plan: Plan) -> None:
        """Write persons, then mergers, then ends before beginnings: one open primary post at a time."""
        write_staff(_staff(plan), self.journal)
        self._audit(_staff(plan))

    def _audit(self, plan: StaffPlan) -> None:
        self.record_corrections(
            (person, old, {name: getattr(person, name) for name in old})
            for person, old in plan.changed_persons
        )
        self.record_corrections(
            (post, old, {name: getattr(post, name) for name in old}) for post, old in plan.changed_posts
        )
        self.record_corrections(
            (person, {"merged_into": None}, {"merged_into": kept.code}) for person, kept in plan.merged
        )

    def describe(self, item: Any) -> dict[str, Any]:
        """Show a row: who, and field by field what is new or changes; or a post that the full list ends."""
        if isinstance(item, Ended):
            old, new = described.changed(item.post, {"valid_to": item.old})
            who, where = item.post.person, described.agency_words(item.post.agency_id)
            return {"what": f"{who.full_name} ({who.code}), {where}", "old": old, "new": new}
        old, new = described.facts_in_words(item.values.get("facts", ()), self._agencies.history)
        if item.values.get("merges"):
            new[_("same as")] = item["same_as"]
        return {"what": f"{item['full_name']} ({item['person_id']})", "old": old, "new": new}

    def stops(self, plan: Plan) -> list[Stop]:
        """Stop at ends that the file does not say, at many ends, and at many other names."""
        staff = _staff(plan)
        of = posts_today(staff.agency_ids) if staff.leaving else 0
        stops = [leaving_stop(staff.leaving, of), renamed_stop(staff.renamed, staff.named_before)]
        if staff.ended and staff.full is not None:
            full = staff.full
            stops.insert(0, ended_stop(len(staff.ended), full.agency_ids, full.on, full.code))
        return [stop for stop in stops if stop is not None]

    def begin_parts(self) -> None:
        """Count the posts before the first part is written."""
        self._whole = WholeFile.begin()

    def note_part(self, plan: Plan) -> None:
        """Add the part's ends and other names."""
        staff, whole = _staff(plan), self._whole
        whole.leaving += staff.leaving
        whole.renamed += staff.renamed
        whole.known += staff.named_before
        whole.agency_ids |= staff.agency_ids

    def stops_of_parts(self) -> list[Stop]:
        """Stop as for a file held whole."""
        return self._whole.stops()

    def notes(self, plan: Plan) -> list[str]:
        """Say how far back a file reaches: earlier figures come out otherwise, frozen reports do not."""
        return late_corrections(_staff(plan))

    def effect(self, plan: Plan) -> list[dict[str, Any]]:
        """Compare N, I1 and I2 before and after, on the list's day or today."""
        agency_ids, on = _staff(plan).agency_ids, self.list_on or today()
        return effect_of(agency_ids, on, lambda: self.write(plan))

    def conflicts(self, entries: list[Entry], run: ImportRun) -> Iterable[tuple[str, str]]:
        """A post that would be open again must not meet a primary post that came later."""
        return posts_in_conflict(entries)


def _staff(plan: Plan) -> StaffPlan:
    if not isinstance(plan, StaffPlan):
        raise TypeError("A staff import writes a StaffPlan.")
    return plan
