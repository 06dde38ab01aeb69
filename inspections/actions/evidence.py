"""Keeping files that prove."""

from __future__ import annotations

import hashlib
import uuid as uuids
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from inspections.actions.gate import log, pass_gate
from inspections.models import ChecklistRecord, Evidence, InspectedSubject, Minutes
from inspections.rules.files import MAX_EVIDENCE, belies, true_type
from inspections.states import Event
from lms.base.vietnamese import nfc
from lms.people.models import Person


@transaction.atomic
def add_evidence(
    *, by: Person, subject: InspectedSubject, file: UploadedFile, uuid: uuids.UUID, caption: str = ""
) -> Evidence:
    """Keep one file with its hash; the same UUID again gives the row already stored.

    Raises ValidationError for a type that is not taken, and for the UUID of another file.
    """
    case = pass_gate(Event.RECORD, subject.inspection, by)
    refuse_after_lock(subject)
    content = checked_content(file)
    stored = Evidence.objects.filter(uuid=uuid).first()
    if stored is not None:
        if (stored.subject_id, stored.sha256) != (subject.pk, hashlib.sha256(content).hexdigest()):
            raise ValidationError({"file": _("Another file was already sent under this identifier.")})
        return stored
    evidence = keep(by=by, subject=subject, name=file.name or "", content=content, uuid=uuid, caption=caption)
    log(Event.RECORD, case, by, evidence=evidence.name, sha256=evidence.sha256)
    return evidence


def refuse_after_lock(subject: InspectedSubject) -> None:
    """Refuse anything new for a subject whose minutes are locked in the database."""
    if Minutes.objects.filter(subject=subject, locked_at__isnull=False).exists():
        raise ValidationError(_("The minutes of this subject are locked: nothing is added any more."))


def checked_content(file: UploadedFile) -> bytes:
    """Return the bytes of an uploaded file that may serve as evidence."""
    if file.size is None or file.size > MAX_EVIDENCE:
        limit = MAX_EVIDENCE // 1024 // 1024
        raise ValidationError(
            {"file": _("%(name)s is larger than %(limit)d MB.") % {"name": file.name, "limit": limit}}
        )
    content: bytes = file.read()
    content_type = true_type(content[:16])
    if content_type is None:
        raise ValidationError(
            {"file": _("%(name)s is neither a photo, a video (MP4) nor a PDF.") % {"name": file.name}}
        )
    if belies(file.name or "", content_type):
        raise ValidationError(
            {
                "file": _("%(name)s is not what its name says: inside it is %(type)s.")
                % {"name": file.name, "type": content_type}
            }
        )
    return content


def keep(
    *,
    by: Person,
    subject: InspectedSubject,
    name: str,
    content: bytes,
    uuid: uuids.UUID,
    caption: str = "",
    record: ChecklistRecord | None = None,
    question: str = "",
) -> Evidence:
    """Store the row and its file under a name of ours; the caller's transaction is open."""
    content_type = true_type(content[:16])
    if content_type is None:
        raise ValueError("the caller checks the type")
    row = Evidence(
        uuid=uuid,
        subject=subject,
        record=record,
        question=question,
        caption=caption.strip(),
        name=nfc(PurePath(name).name)[:200] or str(uuid),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content_type=content_type,
        added_by=by,
    )
    row.file.save(f"{uuid}{_ending(content_type)}", ContentFile(content), save=False)
    row.save(force_insert=True)
    return row


def _ending(content_type: str) -> str:
    endings: dict[str, Any] = {"image/jpeg": ".jpg", "application/pdf": ".pdf"}
    return str(endings.get(content_type, f".{content_type.rsplit('/', 1)[-1]}"))
