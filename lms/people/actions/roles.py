"""Roles given and ended."""

from datetime import date

from django.contrib.auth.models import Group
from django.db import transaction

from lms.base.actions import Actor, record_event
from lms.base.dates import today
from lms.people.models import Agency, Grant, Person
from lms.people.roles import ROLES
from lms.people.rules import forget_grants

# Wagtail reads page and snippet permissions from Django groups; these follow the grants.
GROUPS = {"author": "Authors", "administrator": "Administrators"}


def ensure_groups() -> None:
    """Make the Django groups that follow roles."""
    for name in GROUPS.values():
        Group.objects.get_or_create(name=name)


@transaction.atomic
def grant_role(
    *,
    person: Person,
    role: str,
    agency: Agency | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    by: Actor | None,
) -> Grant:
    """Give a role; the same grant again changes nothing. Raises KeyError for an unknown role."""
    unit = agency if ROLES[role].scoped else None
    grant, created = Grant.objects.get_or_create(
        person=person,
        role=role,
        agency=unit,
        valid_from=valid_from or today(),
        delegated_from=None,
        defaults={"valid_to": valid_to},
    )
    if created:
        new = {"role": role, "agency": unit, "from": grant.valid_from, "to": valid_to}
        record_event(by=by, action="people.grant_role", target=person, new=new)
    sync_groups(person)
    return grant


@transaction.atomic
def end_grant(*, grant: Grant, on: date, by: Actor | None, reason: str) -> None:
    """End a role from a day on, and what was delegated of it; one that ends before it began is taken back whole."""
    for delegated in grant.delegations.overlapping(on, None).select_related("person"):
        end_grant(grant=delegated, on=on, by=by, reason=reason)
    old = {"role": grant.role, "agency": grant.agency_id, "to": grant.valid_to}
    if on <= grant.valid_from:
        grant.delete()
    else:
        grant.valid_to = on
        grant.save(update_fields=["valid_to"])
    record_event(
        by=by, action="people.end_grant", target=grant.person, old=old, new={"to": on}, reason=reason
    )
    sync_groups(grant.person)


def sync_groups(person: Person) -> None:
    """Make the person's Django groups follow the roles held today; done at every sign-in."""
    forget_grants(person)
    held = set(person.grants.held(today()).values_list("role", flat=True))
    for role, name in GROUPS.items():
        group, _created = Group.objects.get_or_create(name=name)
        if role in held:
            person.groups.add(group)
        else:
            person.groups.remove(group)
