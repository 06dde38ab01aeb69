"""Once a year across all agencies (NQ 198/2025/QH15 Điều 4): the block, and the leave that opens it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.actions.evidence import checked_content
from inspections.actions.parties import Party
from inspections.models import InspectedSubject, Inspection, Subject, YearOverride
from inspections.rules import Earlier, Ruling, once_a_year, stands_in_the_way
from inspections.states import PROTECTED_SUBJECTS, Act, SubjectKind
from lms.base.actions import record_event
from lms.base.vietnamese import fold, nfc
from lms.people.actions.approvals import propose
from lms.people.models import Agency, Person
from lms.people.organisation import Organisation
from lms.people.rules import may

SECOND_INSPECTION = "inspections.second_in_year"
PERMISSION = "inspections.sign"


def lock_subjects(parties: Sequence[Party]) -> list[Subject]:
    """Return the subjects by number, each held until the transaction ends.

    Two agencies deciding on one business at the same moment take turns here: the second one sees
    the first one's decision when it asks whether the year is used up. They are held in one order,
    so that two decisions with the same subjects do not wait for each other.
    """
    found = {
        party: _found(party) for party in sorted(set(parties), key=lambda one: (one.identifier, one.name))
    }
    heads = sorted({subject.merged_into_id or subject.pk for subject in found.values()})
    list(Subject.objects.select_for_update().filter(pk__in=heads).order_by("pk"))
    return [found[party] for party in parties]


def _found(party: Party) -> Subject:
    """Return the row of the register: by its number, without one by kind and name; new where there is none."""
    facts = {"kind": party.kind, "name": party.name, "address": party.address}
    Subject(identifier=party.identifier, **facts).clean_fields(exclude=["merged_into"])
    if not party.identifier:
        same = Subject.objects.kept().filter(kind=party.kind, identifier="", name_folded=fold(party.name))
        return same.first() or Subject.objects.create(**facts)
    subject, _created = Subject.objects.get_or_create(identifier=party.identifier, defaults=facts)
    if subject.kind == SubjectKind.OTHER and party.kind != SubjectKind.OTHER:
        # An import of the past may not have told what it is.
        subject.kind = party.kind
        subject.save()
    return subject


def in_the_way(subject: Subject, *, field: str, year: int) -> list[InspectedSubject]:
    """Return the inspections of all agencies that use up the subject's year for this field."""
    rows = list(Subject.objects.same_as(subject).values_list("pk", flat=True))
    past = InspectedSubject.objects.using_up_the_year(rows, year).select_related("inspection")
    return [row for row in past.order_by("pk") if stands_in_the_way(_earlier(row), field=field, year=year)]


def _earlier(row: InspectedSubject) -> Earlier:
    case = row.inspection
    return Earlier(case.act, case.field, case.year)


def protected_kind(subject: Subject) -> str:
    """Return the kind the rule looks at: a duplicate's own word does not take the protection away."""
    head = subject.merged_into or subject
    return head.kind if head.kind in PROTECTED_SUBJECTS else subject.kind


def check_once_a_year(
    subjects: Iterable[Subject], *, lead: Agency, field: str, year: int, signer: Person
) -> list[YearOverride]:
    """Refuse a blocked subject; return the leaves of the signer that open the blocked ones."""
    leaves: list[YearOverride] = []
    for subject in subjects:
        past = in_the_way(subject, field=field, year=year)
        leave = _leave(subject, lead=lead, field=field, year=year, signer=signer) if past else None
        ruling = once_a_year(
            subject_kind=protected_kind(subject),
            act=Act.KT,
            field=field,
            year=year,
            clear_signs=leave is not None,
            history=[_earlier(row) for row in past],
        )
        if ruling == Ruling.BLOCK:
            raise ValidationError({"subjects": blocked(subject, past, year)})
        if ruling == Ruling.ALLOW_WITH_REASON and leave is not None:
            leaves.append(leave)
    return leaves


def _leave(subject: Subject, *, lead: Agency, field: str, year: int, signer: Person) -> YearOverride | None:
    """Return the unused leave that two persons gave this agency for the subject, field and year."""
    rows = YearOverride.objects.usable().select_for_update(of=("self",))
    same = Subject.objects.same_as(subject).values("pk")
    found = rows.filter(lead=lead, year=year, subject__in=same, asked_by=signer).order_by("pk")
    return next((leave for leave in found if fold(leave.field) == fold(field)), None)


def blocked(subject: Subject, past: Sequence[InspectedSubject], year: int) -> str:
    """Say which cases of which agencies stand in the way, and what opens it."""
    tree = Organisation.on(past[0].inspection.named_on)
    cases = ", ".join(f"{row.inspection.code} ({tree.name(row.inspection.lead_id)})" for row in past)
    return _(
        "%(name)s was already inspected in %(year)d: %(cases)s. A second inspection in a year needs recorded"
        " clear signs of violation with evidence, asked by the signer and approved by a second person"
        " (NQ 198/2025/QH15, Điều 4)."
    ) % {"name": subject, "year": year, "cases": cases}


def use_leaves(leaves: Iterable[YearOverride], inspection: Inspection) -> None:
    """Note the case each leave was used for: it opens nothing more."""
    for leave in leaves:
        leave.inspection = inspection
        leave.save(update_fields=["inspection"])


@transaction.atomic
def ask_second_inspection(
    *,
    by: Person,
    subject: Subject,
    lead: Agency,
    field: str,
    year: int,
    signs: str,
    reason: str,
    evidence: UploadedFile,
) -> YearOverride:
    """Ask, as the signer, for leave to inspect a business again in a year; a second person decides."""
    if not may(by, PERMISSION, lead.pk):
        raise PermissionDenied(_("Only who signs decisions of this agency may ask for a second inspection."))
    past = in_the_way(subject, field=field, year=year)
    if not past or protected_kind(subject) not in PROTECTED_SUBJECTS:
        raise ValidationError({"subject": _("Nothing stands in the way: no leave is needed.")})
    if not signs.strip():
        raise ValidationError({"signs": _("Record the clear signs of violation.")})
    content = checked_content(evidence)
    digest = hashlib.sha256(content).hexdigest()
    row = YearOverride(
        subject=subject,
        lead=lead,
        field=field.strip(),
        year=year,
        signs=signs.strip(),
        reason=reason.strip(),
        evidence_name=nfc(PurePath(evidence.name or "").name)[:200],
        evidence_sha256=digest,
        despite=[one.inspection.code for one in past],
        asked_by=by,
    )
    row.evidence.save(
        f"{digest[:16]}{PurePath(evidence.name or '').suffix[:10]}", ContentFile(content), save=False
    )
    row.full_clean()
    row.save()
    new = {"subject": subject.pk, "year": year, "despite": row.despite, "sha256": digest}
    record_event(by=by, action="inspections.ask_second", target=row, new=new, reason=reason)
    payload = {"subject": str(subject), "field": row.field, "year": year, "signs": row.signs}
    propose(kind=SECOND_INSPECTION, target=row, agency=lead, payload=payload, reason=reason, by=by)
    return row


def grant_second_inspection(*, by: Person, override: YearOverride) -> YearOverride:
    """Give the leave, as the second person; the approval's transaction is open."""
    override.approved_by, override.approved_at = by, timezone.now()
    override.full_clean()
    override.save()
    record_event(by=by, action="inspections.grant_second", target=override, new={"despite": override.despite})
    return override
