"""Deciding by two about a completion: recognise it, refuse it, correct its periods."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses import signals
from courses.actions.completions import nudge
from courses.models import Completion, Decision, Revocation
from courses.ports import papers_of
from courses.rules import Refusal, Refused, refuse_decision, refuse_evidence
from courses.states import DecisionKind
from lms.base.actions import record_event
from lms.base.dates import local_date, today
from lms.people.actions.approvals import propose
from lms.people.models import Approval, Person, Post
from lms.people.organisation import history
from lms.people.records import same_person
from lms.people.rules import may

DECISION, PERMISSION = "courses.decide", "training.verify"


@dataclass(frozen=True)
class Asked:
    """What is to be decided: of what kind, on what evidence, and for a correction how many periods."""

    kind: str
    reference: str = ""
    hours: Decimal | None = None
    file: UploadedFile | None = None


def agency_of(completion: Completion) -> int | None:
    """Return the agency that answers today for a completion: its own, else that of the person's last post.

    Whoever left keeps what they completed, and the agency of that day goes on answering for it.
    """
    if completion.agency_id is not None:
        return history().bearer(completion.agency_id, today()) or completion.agency_id
    posts = Post.objects.filter(same_person(completion.person)).order_by("-valid_from", "-pk")
    last = posts.values_list("agency", flat=True).first()
    return (history().bearer(last, today()) or last) if last else None


def may_decide(person: Person, completion: Completion) -> bool:
    """Say whether somebody may propose a decision about a completion, or be the second."""
    agency = agency_of(completion)
    return agency is not None and may(person, PERMISSION, agency)


@transaction.atomic
def propose_decision(*, completion: Completion, asked: Asked, reason: str, by: Person) -> Approval:
    """Propose a decision with its evidence. Raises PermissionDenied, ValidationError or Refused."""
    agency = agency_of(completion)
    if agency is None or not may(by, PERMISSION, agency):
        raise PermissionDenied(_("Your roles do not include this decision at this agency."))
    refusal = _refusal(completion, asked.kind, asked.hours) or refuse_evidence(
        reference=asked.reference, has_file=asked.file is not None
    )
    if refusal:
        raise Refused(refusal)
    payload: dict[str, Any] = {
        "decision": asked.kind,
        "hours": str(asked.hours) if asked.hours is not None else "",
        "reference": asked.reference.strip(),
        **_stored(asked.file),
    }
    return propose(kind=DECISION, target=completion, agency=agency, payload=payload, reason=reason, by=by)


@transaction.atomic
def decide(*, approval: Approval, by: Person, at: datetime | None = None) -> Decision:
    """Write what two persons decided and let the completion follow it. Raises Refused where it no longer fits."""
    completion = Completion.objects.select_for_update(of=("self",)).get(pk=approval.target_id)
    said, now = approval.payload, at or timezone.now()
    hours = Decimal(said["hours"]) if said["hours"] else None
    if refusal := _refusal(completion, said["decision"], hours):
        raise Refused(refusal)
    decision = Decision.objects.create(
        kind=said["decision"],
        completion=completion,
        decided_on=local_date(now),
        decided_at=now,
        hours=hours,
        reason=approval.reason,
        reference=said["reference"],
        file_name=said["file_name"],
        file_sha256=said["file_sha256"],
        approval=approval,
        proposed_by=approval.proposed_by,
        approved_by=by,
    )
    old, new = _follow(completion, decision)
    record_event(by=by, action="courses.decide", target=completion, old=old, new=new, reason=approval.reason)
    if decision.kind == DecisionKind.RECOGNISE:
        completion.refresh_from_db()
        nudge(signals.completed, completion=completion)
    return decision


def _refusal(completion: Completion, kind: str, hours: Decimal | None) -> Refusal | None:
    return refuse_decision(
        completion,
        kind=kind,
        hours=hours,
        is_revoked=Revocation.objects.filter(completion=completion).exists(),
        has_paper=completion.pk in papers_of([completion.pk]),
    )


def _follow(completion: Completion, decision: Decision) -> tuple[dict[str, Any], dict[str, Any]]:
    """Bring what is stored to what the decision says; the database lets nothing else through."""
    rows = Completion.objects.filter(pk=completion.pk)
    match decision.kind:
        case DecisionKind.RECOGNISE:
            rows.correct(verified_on=decision.decided_on)
            return {"verified_on": None}, {"decision": decision.kind, "verified_on": decision.decided_on}
        case DecisionKind.HOURS:
            rows.correct(hours=decision.hours)
            return {"hours": completion.hours}, {"decision": decision.kind, "hours": decision.hours}
        case _:
            return {}, {"decision": decision.kind}


def _stored(file: UploadedFile | None) -> dict[str, str]:
    if file is None:
        return {"file_name": "", "file_sha256": ""}
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    suffix = (file.name or "").rpartition(".")[2]
    name = storages["private"].save(f"decisions/{uuid.uuid4()}.{suffix}", file)
    return {"file_name": name, "file_sha256": digest}
