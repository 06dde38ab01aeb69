"""Opening a case, forming its team, registering one done on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from inspections.actions.gate import log, pass_gate, refuse_future
from inspections.actions.search import refresh_search_text
from inspections.actions.steps import derive_steps
from inspections.models import Decision, InspectedSubject, Inspection, InspectionKind, Subject, TeamMember
from inspections.rules import Earlier, Ruling, once_a_year, problem_with_team
from inspections.rules.authority import hands_at
from inspections.states import BY_EVENT, Act, Duty, Event, Mark, Method, Origin, Status
from lms.people.models import Agency, Person, Post
from lms.people.organisation import Organisation


@dataclass(frozen=True)
class Party:
    """One subject a decision names."""

    kind: str
    identifier: str
    name: str
    address: str = ""


@dataclass(frozen=True)
class Place:
    """One place in a team."""

    person: Person
    duty: str
    declared_no_conflict: bool = True


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
    clear_signs: str = "",
    override_reason: str = "",
) -> Inspection:
    """Open a case by its decision (Điều 11 NĐ 217/2025), refusing a second one in a year without clear signs."""
    _need_hand(by, Event.OPEN, lead)
    refuse_future("signed_on", signed_on)
    _check_decision(kind, lead, days, parties)
    subjects = _lock_subjects(parties)
    overridden = _check_once_a_year(parties, field, signed_on.year, bool(clear_signs.strip()))
    inspection = Inspection(
        code=_next_code(lead, signed_on),
        kind=kind,
        act=Act.KT,
        lead=lead,
        decision_no=decision_no.strip(),
        decided_on=signed_on,
        method=method,
        field=field.strip(),
        needs_announcement=kind.requires_announcement,
        needs_result=True,
    )
    inspection.full_clean(exclude=["code"])
    inspection.save()
    inspection.members.set(members)
    decision = Decision(
        inspection=inspection,
        ground=ground,
        ground_detail=ground_detail.strip(),
        content=content.strip(),
        period_inspected=period_inspected.strip(),
        days=days,
        signed_on=signed_on,
        signer=signer,
        signer_name=signer.full_name,
        signer_title=title_of(signer, signed_on),
        visit_reason=visit_reason.strip(),
        clear_signs=clear_signs.strip() if overridden else "",
        override_reason=override_reason.strip() if overridden else "",
        opened_by=by,
    )
    decision.full_clean()
    decision.save()
    _name_parties(inspection, parties, subjects)
    log(
        Event.OPEN,
        inspection,
        by,
        reason=decision.override_reason,
        decision_no=inspection.decision_no,
        clear_signs=decision.clear_signs,
        despite=overridden,
        subjects=[party.identifier or party.name for party in parties],
    )
    refresh_search_text(inspection)
    derive_steps(inspection)
    return inspection


def _need_hand(by: Person, event: Event, lead: Agency) -> None:
    if BY_EVENT[event].who not in hands_at(by, lead.pk):
        raise PermissionDenied(_("Your roles do not reach this agency."))


def _check_decision(kind: InspectionKind, lead: Agency, days: int, parties: Sequence[Party]) -> None:
    if not parties:
        raise ValidationError({"subjects": _("A decision names at least one subject.")})
    numbers = [party.identifier for party in parties if party.identifier]
    if len(set(numbers)) != len(numbers):
        raise ValidationError({"subjects": _("A subject stands once in an inspection.")})
    period = kind.periods.filter(level=lead.level).first()
    if period is not None and days > period.days:
        raise ValidationError(
            {
                "days": _("At most %(days)d days for an agency of this level (%(law)s, Điều 13).")
                % {"days": period.days, "law": kind.legal_basis}
            }
        )


def _check_once_a_year(parties: Sequence[Party], field: str, year: int, clear_signs: bool) -> list[str]:
    """Refuse a blocked subject; return the codes of the cases that recorded signs override."""
    in_the_way: list[str] = []
    for party in parties:
        past = list(
            InspectedSubject.objects.using_up_the_year([party.identifier], year).select_related("inspection")
        )
        history = [Earlier(row.inspection.act, row.inspection.field, row.inspection.year) for row in past]
        ruling = once_a_year(
            subject_kind=party.kind,
            act=Act.KT,
            field=field,
            year=year,
            clear_signs=clear_signs,
            history=history,
        )
        if ruling == Ruling.BLOCK:
            raise ValidationError({"clear_signs": _blocked(party, past, year)})
        if ruling == Ruling.ALLOW_WITH_REASON:
            in_the_way += [row.inspection.code for row in past]
    return in_the_way


def _blocked(party: Party, past: Sequence[InspectedSubject], year: int) -> str:
    tree = Organisation.on(past[0].inspection.named_on)
    cases = ", ".join(f"{row.inspection.code} ({tree.name(row.inspection.lead_id)})" for row in past)
    return _(
        "%(name)s was already inspected in %(year)d: %(cases)s. A second inspection in a year needs recorded"
        " clear signs of violation (NQ 198/2025/QH15, Điều 4)."
    ) % {"name": party.name or party.identifier, "year": year, "cases": cases}


def _next_code(lead: Agency, signed_on: date) -> str:
    stem = f"{Organisation.on(signed_on).code(lead.pk)}-{signed_on.year}-"
    number = Inspection.objects.filter(code__startswith=stem).count() + 1
    while Inspection.objects.filter(code=f"{stem}{number:03d}").exists():
        number += 1
    return f"{stem}{number:03d}"


def _lock_subjects(parties: Sequence[Party]) -> list[Subject]:
    """Return the subjects by number, each held until the transaction ends.

    Two agencies deciding on one business at the same moment take turns here: the second one sees
    the first one's decision when it asks whether the year is used up.
    """
    found = []
    for party in parties:
        facts = {"kind": party.kind, "name": party.name, "address": party.address}
        Subject(identifier=party.identifier, **facts).clean_fields()
        if party.identifier:
            Subject.objects.get_or_create(identifier=party.identifier, defaults=facts)
            found.append(Subject.objects.select_for_update().get(identifier=party.identifier))
        else:
            found.append(Subject.objects.create(**facts))
    return found


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


def title_of(person: Person, on: date) -> str:
    """Return position and agency of the person's primary post on that day."""
    post = Post.objects.primary_of(person, on)
    if post is None:
        return ""
    tree = Organisation.on(on)
    agency_id = tree.bearer(post.agency_id) or post.agency_id
    return ", ".join(filter(None, [post.position, tree.name(agency_id)]))


@transaction.atomic
def form_team(*, by: Person, inspection: Inspection, places: Sequence[Place]) -> Inspection:
    """Set the team of a case not yet announced; separation of duties is checked here (Điều 12.2)."""
    case = pass_gate(Event.FORM_TEAM, inspection, by)
    _check_team(case, places)
    old = {place.name: place.duty for place in case.team.all()}
    case.team.all().delete()
    for place in places:
        TeamMember.objects.create(
            inspection=case,
            person=place.person,
            duty=place.duty,
            name=place.person.full_name,
            title=title_of(place.person, case.named_on),
            declared_no_conflict=place.declared_no_conflict,
        )
    new = {place.person.full_name: str(place.duty) for place in places}
    log(Event.FORM_TEAM, case, by, old=old, team=new)
    return case


def _check_team(case: Inspection, places: Sequence[Place]) -> None:
    leaders = [place.person.pk for place in places if place.duty == Duty.LEADER]
    if len(leaders) > 1:
        raise ValidationError(_("A team has one leader."))
    problem = problem_with_team(
        signer_id=case.decision.signer_id,
        leader_id=leaders[0] if leaders else None,
        member_ids=[place.person.pk for place in places if place.duty != Duty.LEADER],
        in_conflict=[place.person.pk for place in places if not place.declared_no_conflict],
    )
    if problem:
        raise ValidationError(str(problem))


@transaction.atomic
def register_paper_inspection(
    *,
    by: Person,
    lead: Agency,
    decision_no: str,
    decided_on: date,
    completed_on: date,
    parties: Sequence[Party],
    result_issued: bool,
    field: str = "",
    method: str = Method.ONSITE,
) -> Inspection:
    """Register a completed inspection that was done on paper: it counts in the denominator of the share."""
    _need_hand(by, Event.REGISTER, lead)
    refuse_future("completed_on", completed_on)
    if not decision_no.strip():
        raise ValidationError({"decision_no": _("Give the number of the decision.")})
    if not parties:
        raise ValidationError({"subjects": _("A decision names at least one subject.")})
    inspection = Inspection(
        code=_next_code(lead, decided_on),
        act=Act.KT,
        lead=lead,
        decision_no=decision_no.strip(),
        decided_on=decided_on,
        completed_on=completed_on,
        status=Status.COMPLETED,
        method=method,
        field=field.strip(),
        origin=Origin.REGISTERED,
        needs_result=result_issued,
    )
    inspection.full_clean(exclude=["code"])
    inspection.save()
    _name_parties(inspection, parties, _lock_subjects(parties))
    declared = Mark.PAPER * 4 + (Mark.PAPER if result_issued else Mark.NONE)
    inspection.subjects.update(steps=declared)
    log(Event.REGISTER, inspection, by, decision_no=inspection.decision_no, steps=declared)
    refresh_search_text(inspection)
    return inspection
