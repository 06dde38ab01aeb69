"""The rule of two as something every room can use: a room registers what needs a second person.

    needs_two(Kind("certificates.revoke", name=…, permission="certificates.revoke", execute=…, show=…))
    propose(kind="certificates.revoke", target=certificate, agency=issuer, payload={…}, reason="…", by=person)

The second person holds the same permission at the same agency, is not the proposer, and does not hold it by the
proposer's delegation. `execute` runs in the transaction of the approval.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lms.people.models import Approval, Person
from lms.people.rules import may, scope_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class NotPossible(Exception):
    """What was approved can no longer be done; the sentence says why. Nothing is written."""


@dataclass(frozen=True)
class Kind:
    """What needs a second person: its name, its permission, how it is done and shown."""

    key: str
    name: Promise | _StrPromise
    permission: str
    execute: Callable[[Approval, Person], object]
    show: Callable[[Mapping[str, Any]], list[tuple[str, str]]]
    url: Callable[[Approval], str] | None = None


_kinds: dict[str, Kind] = {}


def needs_two(kind: Kind) -> None:
    """Register what needs a second person; the room's receivers do."""
    _kinds[kind.key] = kind


def kind_of(approval: Approval) -> Kind:
    """Return the kind of a proposal."""
    return _kinds[approval.kind]


def kind_named(key: str) -> Kind:
    """Return the kind by its key; raise KeyError where no room has registered it."""
    return _kinds[key]


def kinds() -> list[Kind]:
    """Return everything that needs a second person."""
    return list(_kinds.values())


def refuse_second(approval: Approval, by: Person, at: datetime) -> str:
    """Say why this person cannot be the second; empty where nothing speaks against it."""
    if approval.state != Approval.State.PENDING:
        return _("This was already decided: %(state)s.") % {"state": approval.get_state_display()}
    if approval.expires_at <= at:
        return _("This proposal has lapsed.")
    proposer = approval.proposed_by
    if proposer.canonical.pk == by.canonical.pk:
        return _("The second person must be somebody else.")
    permission = kind_of(approval).permission
    if scope_of(by, permission, not_from=proposer).covers(approval.agency_id):
        return ""
    if may(by, permission, approval.agency_id):
        return _("You hold this right by delegation of the one who proposed: somebody else must decide.")
    return _("Your roles do not include this decision at this agency.")
