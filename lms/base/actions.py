"""What the floor writes for every room above it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from lms.base.models import AuditEvent, Job
from lms.base.origin import current_origin
from lms.base.vietnamese import fold


class Actor(Protocol):
    """Somebody who acts: what the audit log copies of them."""

    pk: Any

    @property
    def audit_name(self) -> str: ...

    @property
    def audit_authority(self) -> tuple[str, str]:
        """Roles held, and those for whom some of them are held."""

    @property
    def audit_place(self) -> tuple[str, int | None]:
        """Agency by name and by key."""


def _facts_of(by: Actor | None) -> dict[str, Any]:
    """Return what an event copies of its actor; asked once for all events of an action."""
    if by is None:
        return {}
    roles, acting_for = by.audit_authority
    agency, agency_id = by.audit_place
    return {
        "actor_id": str(by.pk),
        "actor_name": by.audit_name,
        "actor_roles": roles[:200],
        "acting_for": acting_for[:300],
        "actor_agency": agency[:200],
        "actor_agency_id": agency_id,
    }


def _event(
    actor: Mapping[str, Any],
    action: str,
    target: models.Model,
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
    reason: str = "",
) -> AuditEvent:
    origin = current_origin()
    event = AuditEvent(
        happened_at=timezone.now(),
        action=action,
        target_type=target._meta.label,
        target_id=str(target.pk),
        target_label=str(target)[:300],
        old=_as_json(old),
        new=_as_json(new),
        reason=reason,
        channel=origin.channel,
        address=origin.address,
        **actor,
    )
    event.search_text = fold(
        " ".join((event.actor_name, event.acting_for, event.actor_agency, event.target_label, reason))
    )
    return event


def _as_json(values: Mapping[str, Any] | None) -> dict[str, Any]:
    encoder = DjangoJSONEncoder()
    plain = (bool, int, float, type(None))
    return {
        key: value if isinstance(value, plain) else _text(encoder, value)
        for key, value in (values or {}).items()
    }


def _text(encoder: DjangoJSONEncoder, value: Any) -> Any:
    if isinstance(value, str | list | dict):
        return value
    if isinstance(value, models.Model):
        return str(value.pk)
    return encoder.default(value)


def record_event(
    *,
    by: Actor | None,
    action: str,
    target: models.Model,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    reason: str = "",
) -> AuditEvent:
    """Write one audit event; the caller's transaction must be open.

    ``by`` is None for what the system does by itself (a job, a migration).
    """
    _require_transaction()
    event = _event(_facts_of(by), action, target, old, new, reason)
    event.save(force_insert=True)
    return event


def record_events(
    *,
    by: Actor | None,
    action: str,
    changes: list[tuple[models.Model, Mapping[str, Any] | None, Mapping[str, Any] | None]],
) -> None:
    """Write one audit event a change ``(target, old, new)`` in bulk, for imports."""
    _require_transaction()
    actor = _facts_of(by) if changes else {}
    events = [_event(actor, action, target, old, new) for target, old, new in changes]
    AuditEvent.objects.bulk_create(events, batch_size=1000)


def _require_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "An audit event belongs to the transaction of its action: open transaction.atomic() first."
        )


def enqueue(
    *,
    kind: str,
    key: str,
    payload: Mapping[str, Any] | None = None,
    run_after: datetime | None = None,
    by: Actor | None = None,
) -> Job:
    """Promise work in the caller's transaction; the same kind and key again is the same promise."""
    _require_transaction()
    job, _created = Job.objects.get_or_create(
        kind=kind,
        key=key,
        defaults={
            "payload": dict(payload or {}),
            "run_after": run_after or timezone.now(),
            "asked_by_id": str(by.pk) if by else "",
        },
    )
    transaction.on_commit(_ring, robust=True)
    return job


@transaction.atomic
def restart_job(*, job: Job, by: Actor) -> bool:
    """Give a failed job its tries again; return False for one that has not failed."""
    restarted = Job.objects.filter(pk=job.pk, state=Job.State.FAILED).update(
        state=Job.State.WAITING, attempts=0, run_after=timezone.now(), progress_done=0
    )
    if restarted:
        record_event(by=by, action="base.restart_job", target=job, old={"error": job.last_error})
        transaction.on_commit(_ring, robust=True)
    return bool(restarted)


def _ring() -> None:
    # The bell may be lost (Redis away, huey's file locked): the sweeper finds the work anyway.
    from lms.base.bell import ring

    ring()
