"""What is done to agencies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lms.base.actions import Actor, record_event
from lms.base.importing.lock import prepare_lock, take_lock
from lms.people.actions.organisation_rows import drifted, restore_rows, write_rows
from lms.people.changes.built import built_on
from lms.people.changes.jobs import is_on_its_way
from lms.people.changes.plan import Plan
from lms.people.changes.request import Request
from lms.people.changes.staff import planned
from lms.people.changes.words import title_of
from lms.people.models import OrganisationChange, OrganisationVersion
from lms.people.organisation import history

State = OrganisationChange.State
DOMAIN = "people"  # imports of agencies, staff and leave hold it too
PATIENCE_SECONDS = 10


class ChangeRefused(Exception):
    """The change is not carried out, or not undone; each sentence says why."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class ChangeWaits(ChangeRefused):
    """Another change or import of people is being written just now."""


def note_organisation_changed() -> None:
    """Make every process read the tree of agencies again."""
    OrganisationVersion.objects.all().delete()
    OrganisationVersion.objects.create()


@transaction.atomic
def prepare_change(*, request: Request, by: Actor) -> OrganisationChange:
    """Keep what a decree asks for, to be previewed; nothing of the organisation changes."""
    with translation.override(settings.LANGUAGE_CODE):  # kept for searching; pages word it anew
        title = title_of(request, history())
    change = OrganisationChange.objects.create(
        kind=request.kind,
        on=request.on,
        decree=request.decree,
        title=title,
        request=request.as_json(),
        prepared_by_id=str(by.pk),
        prepared_by_name=by.audit_name,
    )
    record_event(by=by, action="people.prepare_change", target=change, new={"kind": request.kind})
    return change


@transaction.atomic
def place_staff(*, change: OrganisationChange, staff: Mapping[int, int], by: Actor) -> None:
    """Keep where each post of a split agency goes."""
    held = locked_change(change, State.PREPARED)
    _refuse_on_its_way(held)
    request = replace(Request.from_json(held.request), staff=dict(staff))
    held.request = request.as_json()
    held.save(update_fields=["request"])
    record_event(by=by, action="people.place_staff", target=held, new={"posts": len(staff)})


@transaction.atomic
def discard_change(*, change: OrganisationChange, by: Actor) -> None:
    """Throw a prepared change away."""
    held = locked_change(change, State.PREPARED)
    _refuse_on_its_way(held)
    record_event(by=by, action="people.discard_change", target=held, old={"kind": held.kind})
    held.delete()


def one_at_a_time() -> None:
    """Wait until no other change or import of people is being written: who comes second plans by what the
    first has left. After a while say so instead; the transaction is open.

    The row of the version cannot be the lock: each change replaces it, and of two who wait for it neither
    would wait for the other.
    """
    prepare_lock(DOMAIN)
    try:
        with transaction.atomic():
            take_lock(DOMAIN, on_wait=_with_patience)
    except OperationalError as error:
        raise ChangeWaits(
            [
                _(
                    "Another change or an import of people is being written just now. Nothing was done: try"
                    " again in a moment."
                )
            ]
        ) from error


def _with_patience() -> None:
    with connection.cursor() as cursor:  # PostgreSQL: SQLite has one write transaction and does not ask
        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE_SECONDS}s'")


@transaction.atomic
def apply_change(*, change: OrganisationChange, fingerprint: str = "", by: Actor) -> OrganisationChange:
    """Carry the change out; raise ChangeRefused with the sentences where it cannot be.

    `fingerprint` is that of the plan which was previewed: another plan is not carried out unseen.
    """
    one_at_a_time()
    held = locked_change(change, State.PREPARED)
    plan = planned(Request.from_json(held.request))
    if plan.refusals:
        raise ChangeRefused(plan.refusals)
    if fingerprint and fingerprint != plan.fingerprint:
        raise ChangeRefused(
            [_("The staff or the agencies have changed since the preview: look at it again.")]
        )
    _carry_out(held, plan, by)
    record_event(
        by=by,
        action="people.apply_change",
        target=held,
        new={"kind": held.kind, "on": held.on, "decree": held.decree, "rows": len(held.record["rows"])},
        reason=held.decree,
    )
    return held


def _carry_out(change: OrganisationChange, plan: Plan, by: Actor) -> None:
    journal = write_rows(plan)
    parents = sorted(map(journal.real, plan.parents))
    change.record = {**journal.as_json(), "parents": parents}
    change.state, change.applied_at, change.applied_by_name = State.APPLIED, timezone.now(), by.audit_name
    change.applied_by_id = str(by.pk)
    change.save()
    change.agencies.set(map(journal.real, plan.touched))
    note_organisation_changed()


def obstacles(change: OrganisationChange) -> list[str]:
    """Return what speaks against undoing the change; nothing where nothing rests on it."""
    return built_on(change, len(drifted(change.record["rows"])))


@transaction.atomic
def reverse_change(*, change: OrganisationChange, reason: str, by: Actor) -> OrganisationChange:
    """Undo a change exactly; raise ChangeRefused where something has been built on it."""
    one_at_a_time()
    held = locked_change(change, State.APPLIED)
    if sentences := obstacles(held):
        raise ChangeRefused(sentences)
    kept = _names_kept(held)
    try:
        with transaction.atomic():
            restore_rows(held.record["rows"])
    except ProtectedError as error:
        kinds = sorted({str(row._meta.verbose_name_plural) for row in error.protected_objects})
        raise ChangeRefused(
            [_("Other records rest on it: %(kinds)s.") % {"kinds": ", ".join(kinds)}]
        ) from error
    held.state, held.reversed_at = State.REVERSED, timezone.now()
    held.reversed_by_name, held.reversal_reason = by.audit_name, reason
    held.save()
    note_organisation_changed()
    record_event(by=by, action="people.reverse_change", target=held, old=kept, reason=reason)
    return held


def _refuse_on_its_way(change: OrganisationChange) -> None:
    if is_on_its_way(change):
        raise ChangeRefused([_("This change is being carried out just now.")])


def _names_kept(change: OrganisationChange) -> dict[str, Any]:
    return {"kind": change.kind, "on": change.on, "decree": change.decree, "rows": len(change.record["rows"])}


def locked_change(change: OrganisationChange, state: OrganisationChange.State) -> OrganisationChange:
    """Return the row as it stands now, locked; refuse what somebody else has done meanwhile."""
    held = OrganisationChange.objects.select_for_update().filter(pk=change.pk).first()
    if held is None:
        raise ChangeRefused([_("This change is no longer there: somebody has thrown it away.")])
    if held.state != state:
        raise ChangeRefused([_("This change is already “%(state)s”.") % {"state": held.get_state_display()}])
    return held
