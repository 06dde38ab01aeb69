"""Who should get in, computed from the roles and the places alone: the law, not the code under test.

An actor holds a role at a place. What is asked about stands at the unit ("own"). A grant reaches its agency and
all below it: so "own" and "parent" reach the unit; "child", "sibling", "foreign" and "nobody" (who held the role
until yesterday) do not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from lms.people.roles import ROLES

PLACES = ("own", "parent", "child", "sibling", "foreign", "nobody")
REACHING = ("own", "parent")
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Actor:
    """Somebody who asks: a role at a place, or one of the three without a role."""

    role: str  # a role, or "anonymous", "learner", "owner", "party" (comes in by the portal of inspected parties)
    place: str = ""

    def holds(self, permission: str) -> bool:
        """Tell whether the actor holds the permission anywhere."""
        return self.role in ROLES and self.place != "nobody" and permission in ROLES[self.role].permissions

    def reaches(self, permission: str) -> bool:
        """Tell whether the actor holds the permission at the unit."""
        return self.holds(permission) and (not ROLES[self.role].scoped or self.place in REACHING)

    def __str__(self) -> str:
        return f"{self.role} at {self.place}" if self.place else self.role


ACTORS = (
    Actor("anonymous"),
    Actor("learner"),
    Actor("owner"),
    Actor("party", "own"),
    Actor("party", "beside"),  # another party of the same case
    *(Actor(role, place) for role in ROLES for place in PLACES),
)

Access = Callable[[Actor], bool]


def signed_in(actor: Actor) -> bool:
    """Let in everybody of ours who is signed in; an inspected party is nobody of ours."""
    return actor.role not in ("anonymous", "party")


def own(actor: Actor) -> bool:
    """Let in the one whose things they are."""
    return actor.role == "owner"


def any_party(actor: Actor) -> bool:
    """Let in whoever has a session of the portal of inspected parties."""
    return actor.role == "party"


def only(role: str, place: str) -> Access:
    """Let in the one actor whose thing it is, where a role is needed besides."""
    return lambda actor: actor == Actor(role, place)


def holds(*permissions: str) -> Access:
    """Let in who holds one of the permissions anywhere."""
    return lambda actor: any(actor.holds(permission) for permission in permissions)


def reaches(*permissions: str) -> Access:
    """Let in who holds one of the permissions at the unit."""
    return lambda actor: any(actor.reaches(permission) for permission in permissions)


def either(*ways: Access) -> Access:
    """Let in who gets in by one of the ways."""
    return lambda actor: any(way(actor) for way in ways)


@dataclass(frozen=True)
class Url:
    """What one address asks of whom: an access for each method it offers, and the objects in its address."""

    get: Access | None = None
    post: Access | None = None
    query: str = ""  # {unit} is the unit's code
    data: dict[str, Any] = field(default_factory=dict)
    shows: tuple[str, Access] | None = None  # a text of the unit's that only these may read on the page
    public: str = ""  # why anybody may come
    fill: dict[str, str] = field(default_factory=dict)

    def offered(self, method: str) -> Access | None:
        """Return the access of a method, None where it is not offered."""
        return {"get": self.get, "post": self.post}.get(method)

    def open_to(self, actor: Actor) -> bool:
        """Tell whether the actor may come by any method."""
        return any(way is not None and way(actor) for way in (self.get, self.post))


def url(
    get: Access | None = None,
    post: Access | None = None,
    *,
    query: str = "",
    data: dict[str, Any] | None = None,
    shows: tuple[str, Access] | None = None,
    **fill: str,
) -> Url:
    """Classify an address; `fill` names the world's object for each part of the address (pk="case")."""
    return Url(get, post, query, data or {}, shows, "", fill)


def public(why: str, **fill: str) -> Url:
    """Classify an address as open to anybody, and say why."""
    return Url(public=why, fill=fill)
