"""Proposing, approving, refusing: the rule of two."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.base.actions import record_event
from lms.people.approvals import kind_named, kind_of, refuse_second
from lms.people.models import Agency, Approval, Person
from lms.people.models.approval import STAYS_OPEN
from lms.people.rules import may

State = Approval.State


@transaction.atomic
def propose(
    *,
    kind: str,
    target: models.Model,
    agency: Agency | int,
    payload: Mapping[str, Any],
    reason: str,
    by: Person,
) -> Approval:
    """Propose what needs a second person. Raises PermissionDenied or ValidationError; nothing is done yet."""
    agency_id = agency if isinstance(agency, int) else agency.pk
    if not may(by, kind_named(kind).permission, agency_id):
        raise PermissionDenied(_("Your roles do not include this at this agency."))
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    now = timezone.now()
    expire_proposals(at=now)
    if Approval.objects.filter(kind=kind, target_id=str(target.pk), state=State.PENDING).exists():
        raise ValidationError(_("This was already proposed and waits for the second person."))
    approval = Approval.objects.create(
        kind=kind,
        target_id=str(target.pk),
        target_label=str(target)[:300],
        agency_id=agency_id,
        payload=dict(payload),
        reason=reason.strip(),
        proposed_by=by,
        proposed_at=now,
        expires_at=now + STAYS_OPEN,
    )
    record_event(
        by=by, action="people.propose", target=approval, new={"kind": kind, **payload}, reason=reason
    )
    return approval


@transaction.atomic
def approve(*, approval: Approval, by: Person) -> Approval:
    """Approve and do it, in one transaction. Raises PermissionDenied, or NotPossible of the room."""
    held = _as_second(approval, by)
    _decide(held, State.APPROVED, by)
    record_event(by=by, action="people.approve", target=held, new={"kind": held.kind}, reason=held.reason)
    kind_of(held).execute(held, by)
    return held


@transaction.atomic
def refuse(*, approval: Approval, reason: str, by: Person) -> Approval:
    """Refuse, with a reason. Raises PermissionDenied or ValidationError."""
    held = _as_second(approval, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Refusing needs a reason.")})
    held.decision_reason = reason.strip()
    _decide(held, State.REFUSED, by)
    record_event(by=by, action="people.refuse", target=held, new={"kind": held.kind}, reason=reason)
    return held


@transaction.atomic
def withdraw_proposal(*, approval: Approval, by: Person) -> Approval:
    """Take one's own proposal back. Raises PermissionDenied."""
    held = _locked(approval)
    if held.proposed_by.canonical.pk != by.canonical.pk or held.state != State.PENDING:
        raise PermissionDenied(_("Only who proposed may take an open proposal back."))
    _decide(held, State.WITHDRAWN, by)
    record_event(by=by, action="people.withdraw_proposal", target=held, old={"kind": held.kind})
    return held


@transaction.atomic
def expire_proposals(*, at: datetime | None = None) -> int:
    """Let the proposals lapse that nobody decided in time; return how many."""
    now = at or timezone.now()
    rows = Approval.objects.select_for_update(of=("self",))
    late = list(rows.filter(state=State.PENDING, expires_at__lte=now))
    for approval in late:
        approval.state, approval.decided_at = State.EXPIRED, now
        approval.save(update_fields=["state", "decided_at"])
        record_event(by=None, action="people.expire_approval", target=approval, old={"kind": approval.kind})
    return len(late)


def _as_second(approval: Approval, by: Person) -> Approval:
    held = _locked(approval)
    if sentence := refuse_second(held, by, timezone.now()):
        raise PermissionDenied(sentence)
    return held


def _locked(approval: Approval) -> Approval:
    rows = Approval.objects.select_for_update(of=("self",)).select_related("proposed_by__merged_into")
    return rows.get(pk=approval.pk)


def _decide(approval: Approval, state: str, by: Person) -> None:
    approval.state, approval.decided_by, approval.decided_at = state, by, timezone.now()
    approval.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
