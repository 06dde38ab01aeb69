"""Writing imported cases, their member agencies, subjects and parties, each noted so that it can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from inspections.importing.case import CASE_FIELDS, SUBJECT_FIELDS, Case, Item
from inspections.models import InspectedSubject, Inspection, Subject
from lms.base.importing import Journal
from lms.people.importing.lookups import in_chunks

Membership = Inspection.members.through


def write_case(case: Case, journal: Journal) -> None:
    """Add or correct a case and its member agencies; of one that became secret nothing else is kept anywhere."""
    inspection = case.inspection
    inspection.save()
    if case.is_new:
        journal.made([inspection], CASE_FIELDS)
    elif inspection.is_secret and not case.old["is_secret"]:
        journal.changed(inspection, {"is_secret": False})
    else:
        before = {name: case.old[name] for name in CASE_FIELDS if case.old[name] != case.new[name]}
        journal.changed(inspection, before)
    if inspection.is_secret:
        inspection.subjects.all().delete()
        inspection.members.clear()
    elif case.member_ids is not None:
        _write_members(inspection, case.member_ids, journal)


def _write_members(inspection: Inspection, agency_ids: set[int], journal: Journal) -> None:
    rows = Membership.objects.filter(inspection=inspection)
    gone = rows.exclude(agency__in=agency_ids)
    journal.deleted(gone)
    gone.delete()
    known = set(rows.values_list("agency_id", flat=True))
    fresh = [
        Membership(inspection_id=inspection.pk, agency_id=pk) for pk in sorted(agency_ids) if pk not in known
    ]
    Membership.objects.bulk_create(fresh)
    journal.made(fresh, ("inspection_id", "agency_id"))


def write_subjects(items: Sequence[Item], journal: Journal) -> None:
    """Add and correct the subjects of the cases, and make the parties not yet known."""
    parties = _parties([item.subject for item in items if item.subject is not None], journal)
    for item in items:
        subject = item.subject
        if subject is None:
            continue
        is_new, party = subject.pk is None, parties.get(subject.identifier)
        before = {name: value for name, value in (item.old or {}).items() if value != getattr(subject, name)}
        if subject.subject_id != (party.pk if party else None):
            before["subject_id"] = subject.subject_id
        subject.inspection, subject.subject = item.case.inspection, party
        subject.save()
        if is_new:
            journal.made([subject], ("inspection_id", "subject_id", *SUBJECT_FIELDS))
        else:
            journal.changed(subject, before)


def _parties(subjects: Iterable[InspectedSubject], journal: Journal) -> dict[str, Subject]:
    """Return the inspected parties by number, making those not yet known."""
    wanted = {subject.identifier: subject for subject in subjects if subject.identifier}
    found: dict[str, Subject] = {}
    for chunk in in_chunks(set(wanted)):
        found.update({party.identifier: party for party in Subject.objects.filter(identifier__in=chunk)})
    for identifier, subject in wanted.items():
        if identifier not in found:
            found[identifier] = Subject.objects.create(
                identifier=identifier, kind=subject.kind, name=subject.name
            )
            journal.made([found[identifier]], ("identifier", "kind", "name"))
    return found
