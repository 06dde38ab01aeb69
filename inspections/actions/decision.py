"""Opening a case, forming its team, registering one done on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from inspections.actions.gate import log, refuse_future
from inspections.actions.kinds import version_on
from inspections.actions.legal_bases import refuse_expired
from inspections.actions.once_a_year import check_once_a_year, lock_subjects, use_leaves
from inspections.actions.parties import Party
from inspections.actions.planned import check_plan_line
from inspections.actions.search import refresh_search_text
from inspections.actions.steps import derive_steps
from inspections.actions.team import Place, change_team, form_team, title_of
from inspections.models import (
    Decision,
    InspectedSubject,
    Inspection,
    InspectionKind,
    KindVersion,
    PlanLine,
    Subject,
)
from inspections.rules.authority import hands_at
from inspections.states import BY_EVENT, PROTECTED_SUBJECTS, Act, Event, Mark, Method, Origin, Status
from lms.people.models import Agency, Person
from lms.people.organisation import Organisation

__all__ = [
    "Party",
    "Place",
    "change_team",
    "form_team",
    "open_decision",
    "register_paper_inspection",
]


@transaction.atomic
def open_decision(
    *,
    by: Person,
    kind: InspectionKind,
    lead: Agency,
    decision_no: str,
    signed_on: date,
    signer: Person,
    ground: str,
    ground_detail: str,
    content: str,
    days: int,
    parties: Sequence[Party],
    field: str = "",
    method: str = Method.ONSITE,
    visit_reason: str = "",
    period_inspected: str = "",
    members: Sequence[Agency] = (),
    plan_line: PlanLine | None = None,
) -> Inspection:
    """Open a case by its decision (Điều 11 NĐ 217/2025).

    Refused: a business already inspected in the year, unless the signer has leave for it (`YearOverride`);
    a kind whose law, or a ground whose text, is no longer in force on the day of signing.
    """
    _need_hand(by, Event.OPEN, lead)
    refuse_future("signed_on", signed_on)
    version = version_on(kind, signed_on)
    _check_decision(version, lead, days, parties)
    refuse_expired(bases=version.bases.all(), on=signed_on, at="kind")
    refuse_expired(text=ground_detail, on=signed_on, at="ground_detail")
    subjects = lock_subjects(parties)
    if plan_line is not None:
        check_plan_line(plan_line, lead=lead, ground=ground, year=signed_on.year, subjects=subjects)
    leaves = check_once_a_year(subjects, lead=lead, field=field, year=signed_on.year, signer=signer)
    inspection = Inspection(
        code=_next_code(lead, signed_on),
        kind=kind,
        kind_version=version,
        act=Act.KT,
        lead=lead,
        decision_no=decision_no.strip(),
        decided_on=signed_on,
        method=method,
        field=field.strip(),
        needs_announcement=version.requires_announcement,
        needs_result=True,
    )
    inspection.full_clean(exclude=["code"])
    inspection.save()
    inspection.members.set(members)
    decision = Decision(
        inspection=inspection,
        ground=ground,
        ground_detail=ground_detail.strip(),
        plan_line=plan_line,
        content=content.strip(),
        period_inspected=period_inspected.strip(),
        days=days,
        signed_on=signed_on,
        signer=signer,
        signer_name=signer.full_name,
        signer_title=title_of(signer, signed_on),
        visit_reason=visit_reason.strip(),
        clear_signs="\n".join(leave.signs for leave in leaves),
        override_reason="\n".join(leave.reason for leave in leaves),
        opened_by=by,
    )
    decision.full_clean()
    decision.save()
    _name_parties(inspection, parties, subjects)
    use_leaves(leaves, inspection)
    log(
        Event.OPEN,
        inspection,
        by,
        reason=decision.override_reason,
        decision_no=inspection.decision_no,
        clear_signs=decision.clear_signs,
        despite=[code for leave in leaves for code in leave.despite],
        subjects=[str(subject) for subject in subjects],
        plan_line=str(plan_line) if plan_line else "",
    )
    refresh_search_text(inspection)
    derive_steps(inspection)
    return inspection


def _need_hand(by: Person, event: Event, lead: Agency) -> None:
    if BY_EVENT[event].who not in hands_at(by, lead.pk):
        raise PermissionDenied(_("Your roles do not reach this agency."))


def _check_decision(version: KindVersion, lead: Agency, days: int, parties: Sequence[Party]) -> None:
    if not parties:
        raise ValidationError({"subjects": _("A decision names at least one subject.")})
    numbers = [party.identifier for party in parties if party.identifier]
    if len(set(numbers)) != len(numbers):
        raise ValidationError({"subjects": _("A subject stands once in an inspection.")})
    for party in parties:
        if party.kind in PROTECTED_SUBJECTS and not party.identifier.strip():
            raise ValidationError({"subjects": _need_number(party)})
    period = version.periods.filter(level=lead.level).first()
    if period is not None and days > period.days:
        raise ValidationError(
            {
                "days": _("At most %(days)d days for an agency of this level (%(law)s, Điều 13).")
                % {"days": period.days, "law": version.legal_basis}
            }
        )


def _need_number(party: Party) -> str:
    return _("Give the tax code or identification number of %(name)s: once a year is checked by it.") % {
        "name": party.name
    }


def _next_code(lead: Agency, signed_on: date) -> str:
    stem = f"{Organisation.on(signed_on).code(lead.pk)}-{signed_on.year}-"
    number = Inspection.objects.filter(code__startswith=stem).count() + 1
    while Inspection.objects.filter(code=f"{stem}{number:03d}").exists():
        number += 1
    return f"{stem}{number:03d}"


def _name_parties(inspection: Inspection, parties: Sequence[Party], subjects: Sequence[Subject]) -> None:
    for party, subject in zip(parties, subjects, strict=True):
        InspectedSubject.objects.create(
            inspection=inspection,
            subject=subject,
            kind=party.kind,
            identifier=party.identifier,
            name=party.name,
            address=party.address,
        )


@transaction.atomic
def register_paper_inspection(
    *,
    by: Person,
    lead: Agency,
    decision_no: str,
    decided_on: date,
    completed_on: date | None,
    parties: Sequence[Party],
    result_issued: bool = False,
    field: str = "",
    method: str = Method.ONSITE,
    act: str = Act.KT,
) -> Inspection:
    """Register what was done on paper: a completed kiểm tra counts in the denominator of the share.

    A thanh tra is registered too, completed or not: it uses up the year of a business on its field.
    """
    _need_hand(by, Event.REGISTER, lead)
    refuse_future("decided_on", decided_on)
    if completed_on is None and act == Act.KT:
        raise ValidationError({"completed_on": _("Give the day the inspection was completed.")})
    if completed_on is not None:
        refuse_future("completed_on", completed_on)
    if not decision_no.strip():
        raise ValidationError({"decision_no": _("Give the number of the decision.")})
    if not parties:
        raise ValidationError({"subjects": _("A decision names at least one subject.")})
    inspection = Inspection(
        code=_next_code(lead, decided_on),
        act=act,
        lead=lead,
        decision_no=decision_no.strip(),
        decided_on=decided_on,
        completed_on=completed_on,
        status=Status.COMPLETED if completed_on else Status.IN_PROGRESS,
        method=method,
        field=field.strip(),
        origin=Origin.REGISTERED,
        needs_result=result_issued,
    )
    inspection.full_clean(exclude=["code"])
    inspection.save()
    _name_parties(inspection, parties, lock_subjects(parties))
    declared = (
        Mark.PAPER * 4 + (Mark.PAPER if result_issued else Mark.NONE) if completed_on else Mark.NONE * 5
    )
    inspection.subjects.update(steps=declared)
    log(Event.REGISTER, inspection, by, decision_no=inspection.decision_no, steps=declared)
    refresh_search_text(inspection)
    return inspection
