"""Importing inspections done on paper or in another system; several rows make one case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspections.actions.search import refresh_search_text
from inspections.importing.case import (
    SUBJECT_FIELDS,
    Case,
    Item,
    bearer,
    case_of,
    plan_subject,
    sort_in,
    subject_key,
    subjects_of,
)
from inspections.importing.columns import CASE_COLUMNS, COLUMNS
from inspections.importing.preview import item_in_words
from inspections.importing.undoing import became_secret, cases_of
from inspections.importing.writing import write_case, write_subjects
from inspections.models import Inspection
from inspections.states import Mark, Status
from lms.base.dates import today
from lms.base.importing import Entry, Importer, Plan, Row, importer
from lms.base.models import ImportRun
from lms.base.vietnamese import fold, nfc
from lms.people.importing.lookups import AgencyCodes, in_chunks
from lms.people.rules import may, scope_of


@importer("inspections")
class InspectionImporter(Importer):
    """Imports inspections; key = inspection_code, and subject_id within it."""

    title = gettext_lazy("Inspections")
    columns = COLUMNS

    @classmethod
    def may_be_used_by(cls, person: Any) -> bool:
        """Inspectors and registry clerks."""
        return may(person, "inspections.import")

    def plan(self, rows: list[Row]) -> Plan:
        """Compare with the cases already known."""
        self.codes, self.reach = AgencyCodes(), self._reach()
        known = _known_cases(row["inspection_code"] for row in rows)
        groups: dict[str, list[Row]] = {}
        for row in rows:
            groups.setdefault(nfc(row["inspection_code"]), []).append(row)
        plan = Plan()
        for case_code, group in groups.items():
            self._plan_case(known.get(case_code), group, plan)
        return plan

    def _plan_case(self, inspection: Inspection | None, group: list[Row], plan: Plan) -> None:
        if inspection is not None and inspection.is_run_here:
            for row in group:
                row.error("inspection_code", _("is run in this system: its own records count, not a file"))
            return
        for row in group:
            _check_agreement(row, group[0])
            self._check_row(row)
        if any(row.refused for row in group):
            return
        case = case_of(group, inspection, self.codes)
        if case.inspection.is_secret:
            self._plan_secret(case, group, plan)
            return
        seen: dict[tuple[str, str], Row] = {}
        subjects = {subject_key(subject): subject for subject in subjects_of(inspection)}
        for row in group:
            key = (row["subject_id"], "" if row["subject_id"] else fold(row["subject_name"]))
            if _is_first(row, seen.setdefault(key, row)):
                plan_subject(row, case, subjects.get(key), plan)

    @staticmethod
    def _plan_secret(case: Case, group: list[Row], plan: Plan) -> None:
        had_content = not case.is_new and bool(subjects_of(case.inspection))
        sort_in(plan, Item(group[0], case, None), changed=case.is_changed or had_content)

    def _check_row(self, row: Row) -> None:
        on = row["completed_on"]
        if row["status"] == Status.COMPLETED and on is None:
            row.error("completed_on", _("is missing: a completed inspection has the day it was completed"))
        self._check_lead(row)
        if not row["secret"]:
            self._check_members(row)
            _warn_of_oddities(row)

    def _reach(self) -> frozenset[int] | None:
        """Return the agencies the officer may import for; None for all."""
        scope = scope_of(self.by, "inspections.import") if self.by else None
        return None if scope is None or scope.everything else scope.agency_ids

    def _check_lead(self, row: Row) -> None:
        lead = bearer(self.codes, row["lead_code"], row["completed_on"])
        if lead is None:
            row.error("lead_code", _("no agency bears this code on the day of the inspection"))
        elif self.reach is not None and self.codes.history.bearer(lead, today()) not in self.reach:
            row.error("lead_code", _("is not one of your agencies"))

    def _check_members(self, row: Row) -> None:
        on = row["completed_on"]
        unknown = [member for member in row["member_codes"] if bearer(self.codes, member, on) is None]
        if unknown:
            row.error("member_codes", _("not known on that day: %(codes)s") % {"codes": ", ".join(unknown)})

    def describe(self, item: Any) -> dict[str, Any]:
        """Return the row for the preview."""
        old, new = item_in_words(item)
        return {"what": str(item), "old": old, "new": new}

    def write(self, plan: Plan) -> None:
        """Add and correct cases and their subjects."""
        items: list[Item] = [*plan.added, *plan.changed]
        cases = {id(item.case): item.case for item in items}
        for case in cases.values():
            write_case(case, self.journal)
        write_subjects(items, self.journal)
        for case in cases.values():
            refresh_search_text(case.inspection)
        self.record_corrections(_corrections(plan.changed))

    def conflicts(self, entries: list[Entry], run: ImportRun) -> Iterable[tuple[str, str]]:
        """What a case held before it became secret was not kept, not even here."""
        return became_secret(entries)

    def after_undo(self, entries: list[Entry]) -> None:
        """Let the search find the cases by what they say again."""
        for inspection in cases_of(entries):
            refresh_search_text(inspection)


def _known_cases(codes_in_file: Iterable[str]) -> dict[str, Inspection]:
    found: dict[str, Inspection] = {}
    for chunk in in_chunks(set(codes_in_file)):
        rows = Inspection.objects.filter(code__in=chunk).prefetch_related("subjects", "members")
        found.update({row.code: row for row in rows})
    return found


def _check_agreement(row: Row, first: Row) -> None:
    for column in CASE_COLUMNS:
        said, before = row.raw.get(column), first.raw.get(column)
        if said and before and row[column] != first[column]:
            row.error(
                column, _("says otherwise than row %(row)d about the same inspection") % {"row": first.number}
            )


def _warn_of_oddities(row: Row) -> None:
    on, is_completed = row["completed_on"], row["status"] == Status.COMPLETED
    if on and on > today():
        row.warning("completed_on", _("lies in the future"))
    if on and row["status"] in (Status.PLANNED, Status.IN_PROGRESS, Status.SUSPENDED):
        row.warning("completed_on", _("is not kept: the inspection has not ended"))
    if is_completed and row["steps"] is None:
        row.warning("steps", _("is empty: the inspection counts as done on paper"))
    elif is_completed and Mark.NONE in (row["steps"][0], row["steps"][2], row["steps"][3]):
        row.warning("steps", _("S1, S3 and S4 are always required: N does not count there"))


def _is_first(row: Row, first: Row) -> bool:
    if row is first:
        return True
    if row.values != first.values:
        row.error(
            "subject_id", _("says otherwise than row %(row)d about the same subject") % {"row": first.number}
        )
    return False


def _corrections(changed: list[Item]) -> list[tuple[Any, dict[str, Any], dict[str, Any]]]:
    """List what the audit log keeps; of a case that became secret, only that it did."""
    found: dict[int, tuple[Any, dict[str, Any], dict[str, Any]]] = {}
    for item in changed:
        case = item.case
        if case.inspection.is_secret:
            found[id(case)] = (case.inspection, {"is_secret": case.old["is_secret"]}, {"is_secret": True})
        elif case.is_changed:
            found[id(case)] = (case.inspection, case.old, case.new)
        if item.subject is not None and item.old is not None:
            new = {name: getattr(item.subject, name) for name in SUBJECT_FIELDS}
            found[id(item)] = (item.subject, item.old, new)
    return list(found.values())
