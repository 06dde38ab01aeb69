"""What a party does in its portal: hands files over, answers, gives its opinion, puts right. Audited as the party's."""

from __future__ import annotations

import hashlib
import uuid as uuids
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from inspections.actions.collection import checked_document, keep_received, plain_name
from inspections.actions.minutes import preview
from inspections.actions.remedies import GONE, keep_remedy_evidence, move_in
from inspections.collection_states import FileFormat
from inspections.models import (
    Inspection,
    Minutes,
    PartyAccess,
    PartyStatement,
    ReceivedFile,
    Remedy,
    RemedyEvidence,
    RequestItem,
)
from inspections.rules.collection import is_open
from lms.base.actions import record_event
from lms.base.dates import today

MOST_AT_ONCE, MOST_OF_SUBJECT, MOST_BYTES = 10, 300, 2 * 1024**3
About = PartyStatement.About


@dataclass
class Handed:
    """What became of the files of one sending: each kept one has its receipt, each refused one its reason."""

    receipts: list[ReceivedFile] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def hand_files(
    *, access: PartyAccess, files: Sequence[UploadedFile], key: uuids.UUID, item: RequestItem | None = None
) -> Handed:
    """Take files from the party, each whole or not at all; sent again under the same key they are the same receipts.

    A file that is refused does not take the others with it.
    """
    if not files:
        raise ValidationError({"documents": _("Choose at least one file.")})
    if len(files) > MOST_AT_ONCE:
        raise ValidationError(
            {
                "documents": _("At most %(count)d files at once: send the others afterwards.")
                % {"count": MOST_AT_ONCE}
            }
        )
    done = Handed()
    for file in files:
        try:
            done.receipts.append(_take(access, file, key, item))
        except ValidationError as error:
            done.refused.extend(error.messages)
    return done


@transaction.atomic
def _take(access: PartyAccess, file: UploadedFile, key: uuids.UUID, item: RequestItem | None) -> ReceivedFile:
    case = _case_of(access)
    content = checked_document(file, item.format if item else FileFormat.ANY)
    name = plain_name(file.name)
    uuid = _own_key(key, access, hashlib.sha256(content).hexdigest(), name, item.pk if item else "")
    stored = ReceivedFile.objects.filter(uuid=uuid).first()
    if stored is not None:
        return stored
    _need_open(access, case)
    _need_room(access, len(content))
    row = ReceivedFile(
        uuid=uuid,
        subject=access.subject,
        item=item,
        came_on=today(),
        name=name or str(uuid),
        giver=str(access)[:200],
        sent_by=access,
        taken_by_name="Cổng tiếp nhận trực tuyến",
    )
    return keep_received(row, content, case, access.actor)


def _own_key(key: uuids.UUID, access: PartyAccess, *what: object) -> uuids.UUID:
    """Make a key of what is sent: the same thing again meets itself, another thing or another party never does."""
    return uuids.uuid5(key, "/".join(map(str, (access.subject_id, *what))))


def _need_room(access: PartyAccess, more: int) -> None:
    rows = ReceivedFile.objects.filter(subject=access.subject_id)
    if rows.count() >= MOST_OF_SUBJECT or (rows.aggregate(all=Sum("size"))["all"] or 0) + more > MOST_BYTES:
        raise ValidationError(_("The room for files of this inspection is full: ask the team."))


@transaction.atomic
def state(
    *, access: PartyAccess, about: str, text: str, uuid: uuids.UUID, item: RequestItem | None = None
) -> PartyStatement:
    """Keep what the party says in its own words; the same words under the same UUID are the statement already kept.

    Other words under that UUID (somebody went back and wrote on) are another statement: both are kept.
    """
    case = _case_of(access)
    text = text.strip()
    uuid = _own_key(uuid, access, about, item.pk if item else "", text)
    stored = PartyStatement.objects.filter(uuid=uuid).first()
    if stored is not None:
        return stored
    if not text:
        raise ValidationError({"text": _("Write what you want to say.")})
    if about == About.ITEM:
        _need_open(access, case)
    row = PartyStatement(
        uuid=uuid,
        subject=access.subject,
        access=access,
        about=about,
        item=item,
        text=text,
        read_sha256=_read(access) if about == About.MINUTES else "",
        by_name=str(access),
    )
    row.full_clean(exclude=["uuid"])
    row.save(force_insert=True)
    new = {"subject": str(access.subject), "about": str(row.get_about_display()), "text": row.text}
    record_event(by=access.actor, action="inspections.party_stated", target=case, new=new)
    return row


def _read(access: PartyAccess) -> str:
    """Return the hash of the minutes the party reads; refuse while there is nothing to read."""
    minutes = Minutes.objects.filter(subject=access.subject_id).first()
    if minutes is None or not may_read_minutes(minutes):
        raise ValidationError(_("There are no minutes to read yet."))
    if minutes.is_locked:
        raise ValidationError(_("The minutes are locked: say it as an explanation, the team receives it."))
    return hashlib.sha256(preview(minutes)).hexdigest()


def may_read_minutes(minutes: Minutes | None) -> bool:
    """Tell whether the party may read its minutes: once they are locked, or once the team has shown the draft."""
    return minutes is not None and (minutes.is_locked or hasattr(minutes, "shown"))


@transaction.atomic
def bring_evidence(
    *, access: PartyAccess, remedy: Remedy, file: UploadedFile, uuid: uuids.UUID, caption: str = ""
) -> RemedyEvidence:
    """Keep one file that shows what was put right."""
    _need_asking(access, remedy)
    return keep_remedy_evidence(
        by=access.actor, remedy=remedy, file=file, uuid=uuid, caption=caption, sent_by=access
    )


@transaction.atomic
def hand_remedy_in(*, access: PartyAccess, remedy: Remedy, reason: str = "") -> Remedy:
    """Hand in what was done; the team or the head of the agency decides (Điều 16)."""
    _need_asking(access, remedy)
    return move_in(remedy, access.actor, reason)


def _need_asking(access: PartyAccess, remedy: Remedy) -> None:
    case = _case_of(access)
    if remedy.finding.subject_id != access.subject_id:
        raise ValidationError(_("This remedy is not yours."))
    if case.status in GONE:
        raise ValidationError(_("This inspection was ended without a result: it asks for nothing."))


def _case_of(access: PartyAccess) -> Inspection:
    """Lock the case and return it fresh; refuse an access that was taken back meanwhile."""
    case: Inspection = Inspection.objects.select_for_update(of=("self",)).get(pk=access.subject.inspection_id)
    if not PartyAccess.objects.in_force().filter(pk=access.pk).exists():
        raise ValidationError(_("Your access was taken back: ask the team."))
    return case


def _need_open(access: PartyAccess, case: Inspection) -> None:
    subject = access.subject
    subject.inspection = case
    fresh = type(subject).objects.select_related("inspection", "minutes").get(pk=subject.pk)
    if not is_open(fresh):
        raise ValidationError(
            _(
                "The team no longer collects documents: the inspection does not run, or its minutes are locked."
            )
        )
