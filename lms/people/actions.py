"""What is done to people and agencies, logged."""

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from lms.base.actions import Actor, record_event
from lms.base.dates import today
from lms.people.models import Agency, Grant, OrganisationVersion, Person
from lms.people.roles import ROLES

# Wagtail reads page and snippet permissions from Django groups; these follow the grants.
GROUPS = {"author": "Authors", "administrator": "Administrators"}


def ensure_groups() -> None:
    """Make the Django groups that follow roles."""
    for name in GROUPS.values():
        Group.objects.get_or_create(name=name)


def note_organisation_changed() -> None:
    """Make every process read the tree of agencies again."""
    OrganisationVersion.objects.all().delete()
    OrganisationVersion.objects.create()


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
        defaults={"valid_to": valid_to},
    )
    if created:
        new = {"role": role, "agency": unit, "from": grant.valid_from, "to": valid_to}
        record_event(by=by, action="people.grant_role", target=person, new=new)
    sync_groups(person)
    return grant


@transaction.atomic
def end_grant(*, grant: Grant, on: date, by: Actor | None, reason: str) -> None:
    """End a role from a day on; one that ends before it began is taken back whole."""
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
    held = set(person.grants.on(today()).values_list("role", flat=True))
    for role, name in GROUPS.items():
        group, _created = Group.objects.get_or_create(name=name)
        if role in held:
            person.groups.add(group)
        else:
            person.groups.remove(group)


@transaction.atomic
def set_password(*, people: Sequence[Person], password: str, by: Actor | None) -> None:
    """Give people one password to sign in with, hashed once for all of them."""
    hashed = make_password(password)
    for person in people:
        person.password = hashed
        person.save(update_fields=["password"])
        record_event(by=by, action="people.set_password", target=person)
