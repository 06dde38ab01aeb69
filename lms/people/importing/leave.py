"""Importing approved leave."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.base.dates import today
from lms.base.importing import Column, Importer, Plan, Row, code, day, importer, last_of_each, text
from lms.people.importing import described
from lms.people.importing.lookups import in_chunks, persons_by_code
from lms.people.models import Leave, Person, Post
from lms.people.rules import may, scope_of


@dataclass
class LeaveItem:
    """One leave to add or correct."""

    row: Row
    leave: Leave
    old: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.row['person_id']} {self.leave.valid_from}"


@importer("leave")
class LeaveImporter(Importer):
    """Imports leave; key = person + first day."""

    title = gettext_lazy("Leave")
    domain = "people"
    columns = (
        Column(
            "person_id", code(), required=True, aliases=("số định danh", "mã cán bộ", "mã nhân viên", "CCCD")
        ),
        Column("leave_from", day, required=True, aliases=("nghỉ từ ngày", "từ ngày")),
        Column(
            "leave_to",
            day,
            aliases=("đi làm lại ngày",),
            last_day_aliases=("đến hết ngày", "đến ngày", "nghỉ đến ngày"),
        ),
        Column("kind", text(60), aliases=("loại nghỉ", "lý do"), default=""),
    )

    @classmethod
    def may_be_used_by(cls, person: Any) -> bool:
        """HR officers."""
        return may(person, "people.import")

    def plan(self, rows: list[Row]) -> Plan:
        """Compare with the leaves already known."""
        persons = persons_by_code(row["person_id"] for row in rows)
        known = _leaves_of(persons.values())
        reachable = self._reachable(persons.values())
        plan = Plan()
        for row in last_of_each(rows, lambda row: (row["person_id"], row["leave_from"]), "leave_from"):
            person = persons.get(row["person_id"])
            if person is None:
                row.error("person_id", _("is not known"))
            elif reachable is not None and person.pk not in reachable:
                row.error("person_id", _("is not in your agencies"))
            elif _is_sound(row):
                self._plan_row(row, person, known.get((person.pk, row["leave_from"])), plan)
        self._warn_outside_posts([row for row in rows if not row.refused], persons)
        return plan

    @staticmethod
    def _plan_row(row: Row, person: Person, leave: Leave | None, plan: Plan) -> None:
        if leave is None:
            fresh = Leave(
                person=person, valid_from=row["leave_from"], valid_to=row["leave_to"], kind=row["kind"] or ""
            )
            plan.added.append(LeaveItem(row, fresh, {}))
            return
        new = {"valid_to": row.said("leave_to", leave.valid_to), "kind": row.said("kind", leave.kind) or ""}
        old = {name: getattr(leave, name) for name in new if getattr(leave, name) != new[name]}
        if not old:
            plan.unchanged += 1
            return
        leave.valid_to, leave.kind = new["valid_to"], new["kind"]
        plan.changed.append(LeaveItem(row, leave, old))

    def _reachable(self, persons: Any) -> set[int] | None:
        scope = scope_of(self.by, "people.import") if self.by else None
        if scope is None or scope.everything:
            return None
        posts = Post.objects.on(today()).filter(agency__in=scope.agency_ids)
        return set(posts.values_list("person_id", flat=True))

    @staticmethod
    def _warn_outside_posts(rows: list[Row], persons: dict[str, Person]) -> None:
        spans: dict[int, list[tuple[date, date | None]]] = {}
        for chunk in in_chunks({person.pk for person in persons.values()}):
            for pk, start, end in Post.objects.filter(person__in=chunk).values_list(
                "person_id", "valid_from", "valid_to"
            ):
                spans.setdefault(pk, []).append((start, end))
        for row in rows:
            held = spans.get(persons[row["person_id"]].pk, [])
            if not any(
                start <= row["leave_from"] and (end is None or row["leave_from"] < end) for start, end in held
            ):
                row.warning("leave_from", _("lies outside every post of this person"))

    def describe(self, item: LeaveItem) -> dict[str, Any]:
        """Show whose leave it is, and what is new or changes."""
        what = f"{item.leave.person.full_name} ({item.row['person_id']})"
        if item.old:
            old, new = described.changed(item.leave, item.old)
            return {"what": what, "old": old, "new": new}
        facts = {name: getattr(item.leave, name) for name in ("valid_from", "valid_to", "kind")}
        return {"what": what, "new": described.said(item.leave, facts)}

    def write(self, plan: Plan) -> None:
        """Add and correct."""
        fresh = [item.leave for item in plan.added]
        Leave.objects.bulk_create(fresh, batch_size=1000)
        self.journal.made(fresh, ("person_id", "valid_from", "valid_to", "kind"))
        Leave.objects.bulk_update([item.leave for item in plan.changed], ["valid_to", "kind"], batch_size=500)
        for item in plan.changed:
            self.journal.changed(item.leave, item.old)
        self.record_corrections(
            (item.leave, item.old, {name: getattr(item.leave, name) for name in item.old})
            for item in plan.changed
        )


def _leaves_of(persons: Any) -> dict[tuple[int, date], Leave]:
    found, leaves = {}, Leave.objects.select_related("person")
    for chunk in in_chunks({person.pk for person in persons}):
        found.update(
            {(leave.person_id, leave.valid_from): leave for leave in leaves.filter(person__in=chunk)}
        )
    return found


def _is_sound(row: Row) -> bool:
    if row["leave_to"] and row["leave_to"] <= row["leave_from"]:
        row.error("leave_to", _("the end is not after the start"))
        return False
    if row["leave_from"] > today():
        row.warning("leave_from", _("lies in the future"))
    return True
