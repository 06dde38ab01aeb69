"""One case as a file tells it, compared with what is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from inspections.models import InspectedSubject, Inspection
from inspections.states import Act, Mark, Method, Origin, Status
from lms.base.dates import today
from lms.base.importing import Plan, Row
from lms.base.vietnamese import fold
from lms.people.importing.lookups import AgencyCodes

CASE_FIELDS = ("act", "lead_id", "status", "completed_on", "method", "field", "decision_no", "is_secret")
SUBJECT_FIELDS = ("kind", "name", "steps")
ENDED = (Status.COMPLETED, Status.TERMINATED, Status.CANCELLED)
# Without a word about its steps, a completed case counts as done on paper.
ALL_PAPER, NOT_YET = Mark.PAPER * 5, Mark.NONE * 5


@dataclass
class Case:
    """One case as the file has it, over all its rows."""

    first: Row
    inspection: Inspection
    is_new: bool
    member_ids: set[int] | None = None
    old: dict[str, Any] = field(default_factory=dict)
    new: dict[str, Any] = field(default_factory=dict)

    @property
    def is_changed(self) -> bool:
        return not self.is_new and self.old != self.new


@dataclass
class Item:
    """One row: a case and, unless secret, a subject of it."""

    row: Row
    case: Case
    subject: InspectedSubject | None
    old: dict[str, Any] | None = None

    def __str__(self) -> str:
        return f"{self.case.inspection.code} {self.subject or ''}".rstrip()


def bearer(codes: AgencyCodes, agency_code: str, on: date | None) -> int | None:
    """Return who bears the code on the row's own date; without a date today, else whoever bore it last."""
    if on is not None:
        return codes.bearer(agency_code, on)
    return codes.bearer(agency_code, today()) or codes.history.last_bearer(agency_code)


def subjects_of(inspection: Inspection | None) -> list[InspectedSubject]:
    """Return the subjects already known of a case."""
    return [] if inspection is None or inspection.pk is None else list(inspection.subjects.all())


def subject_key(subject: InspectedSubject) -> tuple[str, str]:
    """Return what makes a subject the same within its case: its number, else its name."""
    return (subject.identifier, "" if subject.identifier else fold(subject.name))


def _value(group: list[Row], column: str, otherwise: Any) -> Any:
    """Return what the rows of a case say: the first that fills the cell, else the default or what is known."""
    for row in group:
        if row.raw.get(column):
            return row[column]
    return group[0].said(column, otherwise)


def case_of(group: list[Row], known: Inspection | None, codes: AgencyCodes) -> Case:
    """Return the case of these rows, its record already carrying what they say."""
    inspection = known or Inspection(
        code=group[0]["inspection_code"], origin=Origin.REGISTERED, method=Method.ONSITE
    )
    old = _facts(inspection)
    status = group[0]["status"]
    on = _value(group, "completed_on", inspection.completed_on)
    inspection.lead_id = _lead(group[0], inspection, on, codes)
    inspection.status = status
    inspection.completed_on = on if status in ENDED else None
    inspection.is_secret = any(row["secret"] for row in group) or (
        inspection.is_secret and "secret" not in group[0].columns
    )
    if inspection.is_secret:
        inspection.act, inspection.method, inspection.field, inspection.decision_no = Act.KT, "", "", ""
        inspection.decided_on = None
        return Case(group[0], inspection, known is None, None, old, _facts(inspection))
    inspection.act = _value(group, "kind", inspection.act)
    inspection.method = _value(group, "method", inspection.method) or Method.ONSITE
    inspection.field = _value(group, "field", inspection.field)
    inspection.decision_no = _value(group, "decision_no", inspection.decision_no)
    member_ids = _member_ids(group, known, on, codes)
    old["members"] = sorted(agency.pk for agency in known.members.all()) if known else []
    return Case(
        group[0],
        inspection,
        known is None,
        member_ids,
        old,
        {**_facts(inspection), "members": sorted(member_ids)},
    )


def _lead(row: Row, inspection: Inspection, on: date | None, codes: AgencyCodes) -> int:
    if on is None and inspection.pk is not None:
        # An undated case stays with the agency that led it when it was first told of.
        bore = codes.history.periods.get(inspection.lead_id, [])
        if any(period.code == row["lead_code"] for period in bore):
            return inspection.lead_id
    found = bearer(codes, row["lead_code"], row["completed_on"])
    if found is None:
        raise ValueError("the lead was checked before")
    return found


def _member_ids(group: list[Row], known: Inspection | None, on: date | None, codes: AgencyCodes) -> set[int]:
    if "member_codes" not in group[0].columns:
        return {agency.pk for agency in known.members.all()} if known else set()
    found = {bearer(codes, member, on) for row in group for member in row["member_codes"]}
    return {pk for pk in found if pk is not None}


def _facts(inspection: Inspection) -> dict[str, Any]:
    return {name: getattr(inspection, name) for name in CASE_FIELDS}


def plan_subject(row: Row, case: Case, known: InspectedSubject | None, plan: Plan) -> None:
    """Sort one row into the plan: its subject is new, corrected or as known."""
    completed = case.inspection.status == Status.COMPLETED
    if known is None:
        if not (row["subject_id"] or row["subject_name"] or row["steps"] or completed):
            sort_in(plan, Item(row, case, None), changed=case.is_changed)
            return
        fresh = InspectedSubject(
            kind=row["subject_kind"],
            identifier=row["subject_id"],
            name=row["subject_name"],
            steps=row["steps"] or (ALL_PAPER if completed else NOT_YET),
        )
        target = plan.added if case.is_new else plan.changed
        target.append(Item(row, case, fresh, None if case.is_new else {}))
        return
    old = {name: getattr(known, name) for name in SUBJECT_FIELDS}
    known.kind = row.said("subject_kind", known.kind)
    known.name = row.said("subject_name", known.name)
    known.steps = row["steps"] or (ALL_PAPER if completed and "steps" in row.columns else known.steps)
    differs = old != {name: getattr(known, name) for name in SUBJECT_FIELDS}
    sort_in(plan, Item(row, case, known, old if differs else None), changed=differs or case.is_changed)


def sort_in(plan: Plan, item: Item, *, changed: bool) -> None:
    """Put an item where it belongs."""
    if item.case.is_new:
        plan.added.append(item)
    elif changed:
        plan.changed.append(item)
    else:
        plan.unchanged += 1
