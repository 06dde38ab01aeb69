"""Remedies: asked for by a day, handed in with evidence, accepted or sent back with a reason (Điều 16)."""

from __future__ import annotations

import hashlib
import uuid as uuids
from datetime import date
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from inspections.actions.evidence import checked_content
from inspections.actions.findings import case_in_hand
from inspections.actions.gate import need_reason
from inspections.models import Finding, PartyAccess, Remedy, RemedyEntry, RemedyEvidence, RemedyReminder
from inspections.models.remedy import SOON
from inspections.remedy_states import BY_REMEDY_EVENT, ENTER, JUDGE, RemedyEvent, RemedyState
from inspections.rules.files import true_type
from inspections.states import Status
from lms.base.actions import Actor, record_event
from lms.base.dates import today
from lms.base.vietnamese import nfc
from lms.people.models import Person

STATEMENT = "text/plain"
# After these nothing is asked of a subject any more by this case.
GONE = (Status.CANCELLED, Status.TERMINATED)


@transaction.atomic
def ask_remedy(*, by: Person, finding: Finding, what: str, responsible: str, deadline: date) -> Remedy:
    """Ask for a remedy of a finding by a day to come."""
    case = case_in_hand(finding.subject.inspection, by, JUDGE)
    if case.status in GONE:
        raise ValidationError(_("This inspection was ended without a result: it asks for nothing."))
    if deadline < today():
        raise ValidationError({"deadline": _("The deadline is a day to come.")})
    remedy = Remedy(finding=finding, what=what.strip(), responsible=responsible.strip(), deadline=deadline)
    remedy.full_clean()
    remedy.save()
    _note(RemedyEvent.ASK, remedy, "", by)
    return remedy


@transaction.atomic
def add_remedy_evidence(
    *, by: Person, remedy: Remedy, file: UploadedFile, uuid: uuids.UUID, caption: str = ""
) -> RemedyEvidence:
    """Keep one file the subject brings, with its hash; the same UUID and file again is the row already stored."""
    case_in_hand(remedy.finding.subject.inspection, by, ENTER)
    return keep_remedy_evidence(by=by, remedy=remedy, file=file, uuid=uuid, caption=caption, added_by=by)


def keep_remedy_evidence(
    *,
    by: Actor,
    remedy: Remedy,
    file: UploadedFile,
    uuid: uuids.UUID,
    caption: str,
    added_by: Person | None = None,
    sent_by: PartyAccess | None = None,
) -> RemedyEvidence:
    """Keep one file for whoever has the hand: the caller has asked; its transaction is open."""
    content = checked_content(file)
    digest = hashlib.sha256(content).hexdigest()
    stored = RemedyEvidence.objects.filter(uuid=uuid).first()
    if stored is not None:
        if (stored.remedy_id, stored.sha256) != (remedy.pk, digest):
            raise ValidationError({"file": _("Another file was already sent under this identifier.")})
        return stored
    _need_waiting(_locked(remedy))
    content_type = true_type(content[:16]) or ""
    row = RemedyEvidence(
        uuid=uuid,
        remedy=remedy,
        caption=caption.strip(),
        name=nfc(PurePath(file.name or "").name)[:200] or str(uuid),
        size=len(content),
        sha256=digest,
        content_type=content_type,
        added_by=added_by,
        sent_by=sent_by,
    )
    row.file.save(f"{uuid}.{content_type.rsplit('/', 1)[-1]}", ContentFile(content), save=False)
    row.save(force_insert=True)
    new = {"remedy": remedy.pk, "evidence": row.name, "sha256": digest}
    record_event(by=by, action="inspections.add_remedy_evidence", target=remedy, new=new)
    return row


@transaction.atomic
def state_evidence(*, remedy: Remedy, reference: str, statement: str) -> bool:
    """Keep what another room vouches for; the same reference again changes nothing. Return whether it is new."""
    fresh = _locked(remedy)
    content = statement.encode()
    facts = {
        "statement": statement,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "content_type": STATEMENT,
    }
    row, created = RemedyEvidence.objects.get_or_create(remedy=fresh, reference=reference, defaults=facts)
    if created:
        new = {"evidence": reference, "sha256": row.sha256}
        record_event(by=None, action="inspections.add_remedy_evidence", target=fresh, new=new)
    return created


@transaction.atomic
def hand_in(*, by: Person, remedy: Remedy, reason: str = "") -> Remedy:
    """Hand in what was done; refused without evidence that is newer than the last sending back."""
    case_in_hand(remedy.finding.subject.inspection, by, ENTER)
    return move_in(remedy, by, reason)


@transaction.atomic
def hand_in_stated(*, remedy: Remedy, reason: str) -> Remedy:
    """Hand in for another room that has stated all the evidence it was asked for."""
    return move_in(remedy, None, reason)


def move_in(remedy: Remedy, by: Actor | None, reason: str) -> Remedy:
    """Hand a remedy in for whoever has the hand: the caller has asked; its transaction is open."""
    fresh = _locked(remedy)
    last = fresh.entries.filter(event=RemedyEvent.SEND_BACK).last()
    evidence = fresh.evidence.filter(received_at__gt=last.at) if last else fresh.evidence.all()
    if fresh.state != RemedyState.ACCEPTED and not evidence.exists():
        raise ValidationError(_("Add evidence first: nothing new was brought."))
    return _move(RemedyEvent.HAND_IN, fresh, by, reason.strip())


@transaction.atomic
def send_back(*, by: Person, remedy: Remedy, reason: str) -> Remedy:
    """Send back what was handed in, saying what is missing."""
    case_in_hand(remedy.finding.subject.inspection, by, JUDGE)
    return _move(RemedyEvent.SEND_BACK, _locked(remedy), by, need_reason(reason))


@transaction.atomic
def accept(*, by: Person, remedy: Remedy) -> Remedy:
    """Accept what was handed in: the remedy is closed."""
    case_in_hand(remedy.finding.subject.inspection, by, JUDGE)
    return _move(RemedyEvent.ACCEPT, _locked(remedy), by, "")


def _locked(remedy: Remedy) -> Remedy:
    return Remedy.objects.select_for_update(of=("self",)).get(pk=remedy.pk)


def _need_waiting(remedy: Remedy) -> None:
    if remedy.state not in BY_REMEDY_EVENT[RemedyEvent.HAND_IN].sources:
        raise ValidationError(_("Nothing is added while the remedy is “%(state)s”.") % _said(remedy))


def _said(remedy: Remedy) -> dict[str, str]:
    return {"state": str(remedy.get_state_display())}


def _move(event: RemedyEvent, remedy: Remedy, by: Actor | None, reason: str) -> Remedy:
    row = BY_REMEDY_EVENT[event]
    if remedy.state not in row.sources:
        words = {"event": str(event.label), **_said(remedy)}
        raise ValidationError(_("“%(event)s” is not possible while the remedy is “%(state)s”.") % words)
    source, remedy.state = remedy.state, row.target
    remedy.state_reason = reason if event == RemedyEvent.SEND_BACK else ""
    remedy.full_clean()
    remedy.save()
    _note(event, remedy, source, by, reason)
    return remedy


def _note(event: RemedyEvent, remedy: Remedy, source: str, by: Actor | None, reason: str = "") -> None:
    RemedyEntry.objects.create(
        remedy=remedy,
        event=event,
        source=source,
        target=remedy.state,
        reason=reason,
        by=by if isinstance(by, Person) else None,
        by_name=by.audit_name if by else "",
    )
    new: dict[str, Any] = {"state": remedy.state, "deadline": remedy.deadline}
    record_event(by=by, action=f"inspections.{event.value}_remedy", target=remedy, new=new, reason=reason)


@transaction.atomic
def note_deadlines(*, on: date) -> dict[str, int]:
    """Write of each remedy, once, that its deadline is near, and once that it is over; return how many were new."""
    kinds = RemedyReminder.Kind
    waiting = Remedy.objects.waiting().filter(deadline__lte=on + SOON)
    told = set(RemedyReminder.objects.filter(remedy__in=waiting).values_list("remedy", "kind", "deadline"))
    due = [(row, kinds.OVERDUE if row.deadline < on else kinds.SOON) for row in waiting]
    new = [
        RemedyReminder(remedy=row, kind=kind, deadline=row.deadline, noted_on=on)
        for row, kind in due
        if (row.pk, kind.value, row.deadline) not in told
    ]
    RemedyReminder.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    return {kind.value: sum(row.kind == kind for row in new) for kind in kinds}
