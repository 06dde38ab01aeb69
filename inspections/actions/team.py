"""The team: formed before the announcement, changed after it only by the signer with a reason and a paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from inspections.actions.gate import Paper, log, pass_gate
from inspections.models import FormerMember, Inspection, TeamMember
from inspections.rules import problem_with_team
from inspections.states import Duty, Event
from lms.people.models import Person, Post
from lms.people.organisation import Organisation


@dataclass(frozen=True)
class Place:
    """One place in a team."""

    person: Person
    duty: str
    declared_no_conflict: bool = True


@transaction.atomic
def form_team(*, by: Person, inspection: Inspection, places: Sequence[Place]) -> Inspection:
    """Set the team of a case not yet announced; separation of duties is checked here (Điều 12.2)."""
    case = pass_gate(Event.FORM_TEAM, inspection, by)
    _check_team(case, places)
    old = _duties(case)
    case.team.all().delete()
    _seat(case, places)
    log(Event.FORM_TEAM, case, by, old=old, team=_duties(case))
    return case


@transaction.atomic
def change_team(
    *, by: Person, inspection: Inspection, places: Sequence[Place], reason: str, paper: Paper | None = None
) -> Inspection:
    """Change the team of an announced case: who leaves stays on record as they were (Điều 7.2.đ, 12.2)."""
    case = pass_gate(Event.CHANGE_TEAM, inspection, by)
    _check_team(case, places)
    wanted = {(place.person.pk, str(place.duty)) for place in places}
    old = _duties(case)
    leaving = [row for row in case.team.all() if (row.person_id, row.duty) not in wanted]
    staying = {(row.person_id, row.duty) for row in case.team.all()} & wanted
    if not leaving and len(staying) == len(wanted):
        raise ValidationError(_("The team stays as it is: nothing is changed."))
    for row in leaving:
        FormerMember.objects.create(
            inspection=case,
            person_id=row.person_id,
            duty=row.duty,
            name=row.name,
            title=row.title,
            joined_at=row.created_at,
        )
        row.delete()
    _seat(case, [place for place in places if (place.person.pk, str(place.duty)) not in staying])
    log(Event.CHANGE_TEAM, case, by, reason=reason, paper=paper, old=old, team=_duties(case))
    return case


def _duties(case: Inspection) -> dict[str, str]:
    return {row.name: row.duty for row in TeamMember.objects.filter(inspection=case)}


def _seat(case: Inspection, places: Sequence[Place]) -> None:
    for place in places:
        TeamMember.objects.create(
            inspection=case,
            person=place.person,
            duty=place.duty,
            name=place.person.full_name,
            title=title_of(place.person, case.named_on),
            declared_no_conflict=place.declared_no_conflict,
        )


def _check_team(case: Inspection, places: Sequence[Place]) -> None:
    duties = [str(place.duty) for place in places]
    if duties.count(Duty.LEADER) > 1:
        raise ValidationError(_("A team has one leader."))
    if duties.count(Duty.SECRETARY) > 1:
        raise ValidationError(_("A team has one secretary."))
    leaders = [place.person.pk for place in places if place.duty == Duty.LEADER]
    problem = problem_with_team(
        signer_id=case.decision.signer_id,
        leader_id=leaders[0] if leaders else None,
        member_ids=[place.person.pk for place in places if place.duty != Duty.LEADER],
        in_conflict=[place.person.pk for place in places if not place.declared_no_conflict],
    )
    if problem:
        raise ValidationError(str(problem))


def title_of(person: Person, on: date) -> str:
    """Return position and agency of the person's primary post on that day."""
    post = Post.objects.primary_of(person, on)
    if post is None:
        return ""
    tree = Organisation.on(on)
    agency_id = tree.bearer(post.agency_id) or post.agency_id
    return ", ".join(filter(None, [post.position, tree.name(agency_id)]))
