"""Who may do what, where, on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from lms.base.dates import today
from lms.people import ports
from lms.people.organisation import Organisation, history
from lms.people.roles import ROLES, permissions_of

if TYPE_CHECKING:
    from lms.people.models import Agency, Grant, Person


@dataclass(frozen=True)
class Scope:
    """The agencies a permission reaches: all of them, or these."""

    everything: bool = False
    agency_ids: frozenset[int] = frozenset()

    def covers(self, agency_id: int | None) -> bool:
        """Tell whether the agency is within reach."""
        return self.everything or (agency_id is not None and agency_id in self.agency_ids)

    def __bool__(self) -> bool:
        return self.everything or bool(self.agency_ids)


NOWHERE = Scope()
EVERYWHERE = Scope(everything=True)


def scope_of(
    person: Any,
    permission: str,
    on: date | None = None,
    *,
    tree_of: date | None = None,
    not_from: Person | None = None,
) -> Scope:
    """Return where the person holds the permission on the day (today by default).

    A grant at an agency reaches the agency and all below it in that day's tree. After a mere renaming
    it goes on at the renamed agency; after a merger it ends: nobody's reach widens by a decree. What was
    delegated reaches no further than the role it comes from. `tree_of` asks where the roles of the day would
    reach in the tree of another; `not_from` leaves out what that person delegated.
    """
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return NOWHERE
    day = on or today()
    reached: set[int] = set()
    for grant in _grants(person, day):
        if permission not in permissions_of(grant.role) or _comes_from(grant, not_from):
            continue
        scope = reach_of_grant(grant, tree_of or day)
        if scope.everything:
            return EVERYWHERE
        reached |= scope.agency_ids
    return Scope(agency_ids=frozenset(reached))


def forget_grants(person: Person) -> None:
    """Let the person's roles be read again: some were given or ended."""
    person.__dict__.pop("_grants_by_day", None)


def reach_of_grant(grant: Grant, day: date) -> Scope:
    """Return where one grant reaches on the day."""
    source = grant.delegated_from
    within = EVERYWHERE if source is None else reach_of_grant(source, day)
    if grant.agency_id is None or not ROLES[grant.role].scoped:
        return within
    reached = _reach(grant.agency_id, day)
    return Scope(agency_ids=reached if within.everything else reached & within.agency_ids)


def _comes_from(grant: Grant, giver: Person | None) -> bool:
    source = grant.delegated_from
    return giver is not None and source is not None and source.person.canonical.pk == giver.canonical.pk


def _grants(person: Person, day: date) -> list[Grant]:
    held: dict[date, list[Grant]] = person.__dict__.setdefault("_grants_by_day", {})
    if day not in held:
        held[day] = _read_grants(person, day)
    return held[day]


def _read_grants(person: Person, day: date) -> list[Grant]:
    """Return the roles of the day; givers are asked about only where a role is delegated, which is rare."""
    grants = list(person.grants.on(day))
    if not any(grant.delegated_from_id for grant in grants):
        return grants
    return list(person.grants.held(day).select_related("delegated_from__person__merged_into"))


def _reach(agency_id: int, day: date) -> frozenset[int]:
    known = history()
    while not known.lives(agency_id, day):
        heirs = known.heirs.get(agency_id, [])
        if len(heirs) != 1 or known.forebears[heirs[0].successor_id] != [agency_id]:
            return frozenset()
        agency_id = heirs[0].successor_id
    # A post may still name the agency that was merged into this one, and so may a record of its time.
    tree = Organisation.on(day)
    return tree.with_forerunners(tree.below(agency_id))


def may(person: Any, permission: str, agency: Agency | int | None = None, on: date | None = None) -> bool:
    """Tell whether the person holds the permission: at this agency, or anywhere when none is named."""
    scope = scope_of(person, permission, on)
    if agency is None:
        return bool(scope)
    return scope.covers(agency if isinstance(agency, int) else agency.pk)


def permissions_held(person: Any, on: date | None = None) -> frozenset[str]:
    """Return every permission the person holds anywhere on the day."""
    if not getattr(person, "is_authenticated", False):
        return frozenset()
    return frozenset(
        permission for grant in _grants(person, on or today()) for permission in permissions_of(grant.role)
    )


def may_see_person(actor: Any, permission: str, person: Person) -> bool:
    """Tell whether the actor holds the permission over one of the person's agencies of today."""
    scope = scope_of(actor, permission)
    if scope.everything:
        return True
    from lms.people.models import Post

    kept = person.canonical
    posts = Post.objects.on(today()).filter(agency__in=scope.agency_ids)
    return posts.filter(Q(person=kept) | Q(person__merged_into=kept)).exists()


ports.answer_reach(scope_of)
