"""Which rooms of the product a visitor is shown. Each room asks again at its own door."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SIGNED_IN = "signed in"


@dataclass(frozen=True)
class Room:
    """A part of the product: its name, its address, and the permissions of which one opens it (none: everybody)."""

    label: Promise
    url: str
    opened_by: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Door:
    """The first question of a role, and where it is answered."""

    question: Promise
    words: Promise
    url: str
    opened_by: frozenset[str]


ROOMS = (
    Room(_("My learning"), "/learn/", frozenset({SIGNED_IN})),
    Room(_("Courses"), "/courses/"),
    Room(_("Inspections"), "/inspections/", frozenset({"inspections.view"})),
    Room(_("Directory"), "/people/", frozenset({"people.view"})),
    Room(_("Training results"), "/training/", frozenset({"targets.lists"})),
    Room(_("Targets"), "/targets/", frozenset({"targets.view"})),
    Room(_("Certificates"), "/certificates/", frozenset({"certificates.view"})),
    Room(_("Exams"), "/examining/", frozenset({"courses.examine"})),
    Room(
        _("Imports"),
        "/imports/",
        frozenset({"people.import", "agencies.import", "training.import", "inspections.import"}),
    ),
    Room(_("Administration"), "/admin/", frozenset({"courses.author", "system.run"})),
)

ACCOUNT_ROOMS = (
    Room(_("Messages"), "/notices/", frozenset({SIGNED_IN})),
    Room(_("My results"), "/learn/results/", frozenset({SIGNED_IN})),
    Room(_("My certificates"), "/learn/certificates/", frozenset({SIGNED_IN})),
    Room(_("Organisation"), "/people/organisation/", frozenset({SIGNED_IN})),
    Room(_("Kinds of inspection"), "/inspections/kinds/", frozenset({"system.run"})),
    Room(_("Jobs"), "/jobs/", frozenset({"system.run"})),
    Room(_("My data"), "/my/data/", frozenset({SIGNED_IN})),
    Room(_("Corrections asked for"), "/people/corrections/", frozenset({"people.import"})),
    Room(_("Past retention"), "/people/erasures/", frozenset({"people.erase"})),
    Room(_("Roles"), "/people/roles/", frozenset({"people.grant"})),
    Room(_("Delegations"), "/people/delegations/", frozenset({SIGNED_IN})),
    Room(
        _("Second person"),
        "/approvals/",
        frozenset({"certificates.revoke", "courses.examine", "inspections.sign", "training.verify"}),
    ),
    Room(
        _("Differences from the facts"),
        "/training/drift/",
        frozenset({"system.run", "audit.view", "training.verify"}),
    ),
    Room(_("Audit log"), "/audit/", frozenset({"audit.view"})),
    Room(_("Duplicate records"), "/people/duplicates/", frozenset({"people.import"})),
    Room(_("National HR database"), "/national-hr/", frozenset({"training.import"})),
    Room(_("Accounts of staff"), "/people/accounts/", frozenset({"people.import"})),
    Room(_("Locked accounts"), "/people/accounts/locked/", frozenset({"people.import", "system.run"})),
    Room(_("Sign-in and security"), "/accounts/2fa/", frozenset({SIGNED_IN})),
)

PUBLIC_ROOMS = (Room(_("Verify a certificate"), "/verify/"),)

# What somebody is there for comes before what everybody does.
DOORS = (
    Door(
        _("Who is missing?"),
        _("Staff of your units who have not met the training targets yet."),
        "/targets/",
        frozenset({"people.import"}),
    ),
    Door(
        _("What is due?"),
        _("Your inspections, the next step of each and its deadline."),
        "/inspections/",
        frozenset({"inspections.run", "inspections.register"}),
    ),
    Door(
        _("Where are we?"),
        _("The three figures of your agency against their thresholds, down to each list."),
        "/targets/",
        frozenset({"inspections.sign", "audit.view"}),
    ),
    Door(
        _("What do I examine?"),
        _("Exams of your agency's courses: who sits them, what to look at, what waits for you."),
        "/examining/",
        frozenset({"courses.train"}),
    ),
    Door(
        _("What do I teach?"),
        _("Your courses and lessons: write, preview, publish."),
        "/admin/",
        frozenset({"courses.author"}),
    ),
    Door(
        _("What next?"),
        _("Your courses, the lesson you stopped at, your certificates."),
        "/learn/",
        frozenset({SIGNED_IN}),
    ),
)


def keys(*, signed_in: bool, permissions: Iterable[str]) -> frozenset[str]:
    """Return what the visitor can open doors with."""
    return frozenset({SIGNED_IN, *permissions}) if signed_in else frozenset()


def rooms_for(held: frozenset[str], *, of_account: bool = False) -> list[Room]:
    """Return the rooms to show in the main navigation, or under the visitor's name; strangers may verify."""
    rooms = [
        room
        for room in (ACCOUNT_ROOMS if of_account else ROOMS)
        if not room.opened_by or room.opened_by & held
    ]
    return rooms if held else [*rooms, *PUBLIC_ROOMS]


def doors_for(held: frozenset[str]) -> list[Door]:
    """Return the first questions of the visitor's roles."""
    return [door for door in DOORS if door.opened_by & held]


def current_mark(url: str, here: str) -> str:
    """Return what `aria-current` says of a link: this page, above this page, or nothing.

    >>> current_mark("/courses/", "/courses/"), current_mark("/courses/", "/courses/a/"), current_mark("/", "/x/")
    ('page', 'true', '')
    """
    if url == here:
        return "page"
    return "true" if url != "/" and here.startswith(url) else ""
