"""Holding a register against what is known, and registering what was missing as done on paper."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from inspections.actions.decision import register_paper_inspection
from inspections.actions.parties import Party
from inspections.models import Inspection, Reconciliation, RegisterEntry
from inspections.rules.authority import hands_at
from inspections.rules.reconciling import Known, RegisterLine, is_decision_to_inspect, matched
from inspections.states import Act, Who
from lms.base.actions import record_event
from lms.people.models import Agency, Person


def may_reconcile(person: Person, agency_id: int) -> bool:
    """Tell whether the person keeps the registry of this agency."""
    return Who.CLERK in hands_at(person, agency_id)


@transaction.atomic
def reconcile(
    *, by: Person, agency: Agency, period: tuple[date, date], lines: Sequence[RegisterLine], file_name: str,
    content: bytes,
) -> Reconciliation:  # fmt: skip
    """Compare the register with what is known and keep what was found, both ways."""
    _need_clerk(by, agency.pk)
    cases = Inspection.objects.filter(Inspection.within(frozenset({agency.pk})), is_secret=False)
    known = [Known(*row) for row in cases.values_list("pk", "decision_no", "decided_on", "completed_on")]
    found = matched(lines, known)
    decisions = [line for line in lines if line.row in found or is_decision_to_inspect(line)]
    made = Reconciliation(
        agency=agency,
        period_start=period[0],
        period_end=period[1],
        file_name=file_name[-200:],
        file_sha256=hashlib.sha256(content).hexdigest(),
        rows=len(lines),
        matched=len(found),
        missing=len(decisions) - len(found),
        made_by=by,
        made_by_name=by.full_name,
    )
    made.full_clean()
    made.save()
    RegisterEntry.objects.bulk_create(_entry(made, line, found.get(line.row)) for line in decisions)
    made.unlisted.set(_unlisted(known, set(found.values()), period))
    record_event(
        by=by,
        action="inspections.reconcile",
        target=made,
        new={
            "agency": str(agency), "from": period[0], "to_before": period[1], "sha256": made.file_sha256,
            "rows": made.rows, "matched": made.matched, "missing": made.missing,
            "unlisted": made.unlisted.count(),
        },
    )  # fmt: skip
    return made


def _entry(made: Reconciliation, line: RegisterLine, case: int | None) -> RegisterEntry:
    return RegisterEntry(
        reconciliation=made,
        row=line.row,
        number=line.number,
        signed_on=line.signed_on,
        summary=line.summary,
        completed_on=line.completed_on,
        subject_kind=line.subject_kind,
        subject_id=line.subject_id,
        subject_name=line.subject_name,
        field=line.field,
        was_known=case is not None,
        inspection_id=case,
    )


def _unlisted(known: Sequence[Known], found: set[int], period: tuple[date, date]) -> list[int]:
    """Return the inspections decided in the period that no row of the register names."""
    start, end = period
    days = {case.pk: case.decided_on or case.completed_on for case in known if case.pk not in found}
    inside = [pk for pk, day in days.items() if day and start <= day < end]
    return list(Inspection.objects.filter(pk__in=inside, act=Act.KT).values_list("pk", flat=True))


def _need_clerk(by: Person, agency_id: int) -> None:
    if not may_reconcile(by, agency_id):
        raise PermissionDenied(_("Reconciling is for those who keep the registry of this agency."))


def _open_entry(by: Person, entry: RegisterEntry) -> RegisterEntry:
    """Lock the entry; refuse one that has its answer."""
    fresh = RegisterEntry.objects.select_for_update(of=("self",)).select_related("reconciliation__agency")
    found: RegisterEntry = fresh.get(pk=entry.pk)
    _need_clerk(by, found.reconciliation.agency_id)
    if not found.is_open:
        raise ValidationError(_("This decision was answered already."))
    return found


@transaction.atomic
def register_missing(
    *, by: Person, entry: RegisterEntry, completed_on: date, party: Party, field: str = "",
    result_issued: bool = False,
) -> Inspection:  # fmt: skip
    """Register one decision of the register as an inspection done on paper."""
    entry = _open_entry(by, entry)
    case: Inspection = register_paper_inspection(
        by=by,
        lead=entry.reconciliation.agency,
        decision_no=entry.number,
        decided_on=entry.signed_on,
        completed_on=completed_on,
        parties=[party],
        result_issued=result_issued,
        field=field,
    )
    entry.inspection = case
    entry.save(update_fields=["inspection"])
    new = {"decision_no": entry.number, "case": case.code}
    record_event(by=by, action="inspections.register_missing", target=entry.reconciliation, new=new)
    return case


@transaction.atomic
def register_all_missing(*, by: Person, reconciliation: Reconciliation) -> int:
    """Register every open decision whose row names the day of completion and the subject; return how many."""
    _need_clerk(by, reconciliation.agency_id)
    ready = [entry for entry in reconciliation.entries.all() if entry.is_open and is_ready(entry)]
    for entry in ready:
        if entry.completed_on is not None:
            party = Party(entry.subject_kind, entry.subject_id, entry.subject_name)
            register_missing(
                by=by, entry=entry, completed_on=entry.completed_on, party=party, field=entry.field
            )
    return len(ready)


def is_ready(entry: RegisterEntry) -> bool:
    """Tell whether the register itself says enough to count the inspection."""
    return entry.completed_on is not None and bool(entry.subject_name)


@transaction.atomic
def set_entry_aside(*, by: Person, entry: RegisterEntry, reason: str) -> None:
    """Note why a decision of the register opens no inspection."""
    entry = _open_entry(by, entry)
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    entry.set_aside = reason.strip()
    entry.full_clean()
    entry.save(update_fields=["set_aside"])
    new = {"decision_no": entry.number}
    record_event(
        by=by, action="inspections.set_aside", target=entry.reconciliation, new=new, reason=entry.set_aside
    )
