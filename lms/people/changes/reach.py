"""Who may carry out which change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from lms.base.dates import today
from lms.people.changes.request import Request
from lms.people.models import OrganisationChange
from lms.people.roles import permissions_of
from lms.people.rules import Scope, scope_of

PERMISSION = "agencies.change"


def may_change(person: Any, request: Request) -> bool:
    """Tell whether every agency that changes, goes on or stands above is within the person's reach.

    What stands under nobody is a province: founding one, or lifting an agency there, takes the whole reach.
    """
    return _covers(scope_of(person, PERMISSION), request)


def may_undo(person: Any, change: OrganisationChange, request: Request) -> bool:
    """Tell whether the person may look at a change once carried out, and undo it.

    Who carried it out may, even where the change has ended the agency at which their role sits: the roles
    they hold today are asked where they reached on its eve. Nobody else acts by a role at what has ended.
    """
    if may_change(person, request):
        return True
    if not change.applied_by_id or change.applied_by_id != str(person.pk):
        return False
    eve = change.on - timedelta(days=1)
    return _covers(scope_of(person, PERMISSION, tree_of=eve), request)


def own_role_ends(person: Any, ended: Iterable[int]) -> bool:
    """Tell whether a role by which the person carries out changes sits at one of the agencies that end."""
    grants = person.grants.on(today()).filter(agency__in=list(ended))
    return any(PERMISSION in permissions_of(grant.role) for grant in grants)


def _covers(scope: Scope, request: Request) -> bool:
    named = {*request.agencies, *request.existing_successors, *request.named_parents}
    founded = {-number for number in range(1, len(request.founded) + 1)}
    return scope.everything or all(scope.covers(pk) for pk in named - founded)
