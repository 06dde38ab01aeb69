"""When a role may be delegated while its holder is away (ủy quyền)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from lms.people.models import Agency, Grant, Person, Post
from lms.people.roles import ROLES
from lms.people.rules import may, reach_of_grant


@dataclass(frozen=True)
class Delegation:
    """Which role, to whom, where, and from which day to the day no longer."""

    grant: Grant
    to: Person
    agency: Agency | None
    valid_from: date
    valid_to: date


def may_be_delegated(grant: Grant) -> bool:
    """Tell whether the role is of a kind that is delegated, and held in one's own right."""
    role = ROLES.get(grant.role)
    return role is not None and role.delegable and grant.delegated_from_id is None


def may_end(grant: Grant, by: Person) -> bool:
    """Tell whether somebody may end a delegation: who gave it, who holds it, or who grants roles."""
    source = grant.delegated_from
    concerned = {grant.person.canonical.pk, source.person.canonical.pk if source else None}
    return by.canonical.pk in concerned or may(by, "people.grant")


def problem_with(asked: Delegation, *, by: Person, on: date) -> str:
    """Say why the delegation may not be; empty where nothing speaks against it."""
    grant = asked.grant
    if grant.person.canonical.pk != by.canonical.pk:
        return _("Only a role of one's own can be delegated.")
    if grant.delegated_from_id is not None:
        return _("A delegated role cannot be delegated further.")
    if not may_be_delegated(grant):
        return _("This role cannot be delegated.")
    return _problem_with_days(asked, on) or _problem_with_person(asked, on)


def _problem_with_days(asked: Delegation, on: date) -> str:
    if asked.valid_to <= asked.valid_from:
        return _("The end must come after the start.")
    if asked.valid_from < on:
        return _("A delegation cannot begin in the past.")
    ends = asked.grant.valid_to
    if asked.valid_from < asked.grant.valid_from or (ends is not None and asked.valid_to > ends):
        return _("The delegation must lie within the time for which you hold the role.")
    return ""


def _problem_with_person(asked: Delegation, on: date) -> str:
    to, scope = asked.to.canonical, reach_of_grant(asked.grant, on)
    if to.pk == asked.grant.person.canonical.pk:
        return _("Choose somebody else than yourself.")
    if not to.is_active:
        return _("This person's account is closed.")
    if not scope.everything and (asked.agency is not None and not scope.covers(asked.agency.pk)):
        return _("Your role does not reach this agency.")
    if not scope.everything and not _works_within(to, scope.agency_ids, on):
        return _("This person has no post in the agencies your role reaches.")
    return ""


def _works_within(person: Person, agency_ids: frozenset[int], on: date) -> bool:
    own = Q(person=person) | Q(person__merged_into=person)
    return Post.objects.on(on).filter(own, agency__in=agency_ids).exists()
