"""What the floor writes for every room above it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from lms.base.models import AuditEvent, Job
from lms.base.origin import current_origin


class Actor(Protocol):
    """Somebody who acts: what the audit log copies of them."""

    pk: Any

    @property
    def audit_name(self) -> str: ...

    @property
    def audit_roles(self) -> str: ...

    @property
    def audit_agency(self) -> str: ...


def _event(
    by: Actor | None,
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
    )
    if by is not None:
        event.actor_id = str(by.pk)
        event.actor_name = by.audit_name
        event.actor_roles = by.audit_roles[:200]
        event.actor_agency = by.audit_agency[:200]
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
    event = _event(by, action, target, old, new, reason)
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
    events = [_event(by, action, target, old, new) for target, old, new in changes]
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


def _ring() -> None:
    # The bell may be lost (Redis away, huey's file locked): the sweeper finds the work anyway.
    from lms.base.bell import ring

    ring()
