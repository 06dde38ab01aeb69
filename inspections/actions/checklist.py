"""Checklists: new versions of the form, and the sheets that come in."""

from __future__ import annotations

import hashlib
import uuid as uuids
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from inspections.actions.evidence import checked_content, keep, refuse_after_lock
from inspections.actions.gate import log, pass_gate
from inspections.actions.legal_bases import expired
from inspections.actions.steps import derive_steps
from inspections.checklists.instance import Instance, InstanceRefused, read_instance
from inspections.checklists.xlsform import SheetRefused, convert
from inspections.models import (
    ChecklistConflict,
    ChecklistRecord,
    ChecklistTemplate,
    ChecklistVersion,
    Evidence,
    InspectedSubject,
)
from inspections.states import Event
from lms.base.actions import record_event
from lms.base.dates import local_date, today
from lms.people.models import Person

FILE_TYPES = ("photo", "image", "audio", "video", "file")


@transaction.atomic
def publish_version(*, by: Person | None, template: ChecklistTemplate, sheet: bytes) -> ChecklistVersion:
    """Add a version of a checklist from its XLSX; the same sheet again is the version it already made."""
    digest = hashlib.sha256(sheet).hexdigest()
    known = template.versions.filter(sheet_sha256=digest).first()
    if known is not None:
        return known
    try:
        form = convert(sheet)
    except SheetRefused as refusal:
        raise ValidationError({"sheet": str(refusal)}) from None
    if by is not None:  # what is shipped was checked when it was written, and must install on any later day
        _refuse_expired_questions(form.questions, on=today())
    number = 1 + (template.versions.order_by("-number").values_list("number", flat=True).first() or 0)
    version = ChecklistVersion(
        template=template, number=number, sheet_sha256=digest, xform=form.xform, questions=form.questions
    )
    version.sheet.save(f"{template.code}-v{number}.xlsx", ContentFile(sheet), save=False)
    version.save()
    record_event(by=by, action="inspections.publish_version", target=version, new={"sha256": digest})
    return version


def _refuse_expired_questions(questions: list[dict[str, Any]], *, on: date) -> None:
    """Refuse a sheet that cites a text no longer in force; each question concerned is named."""
    problems = [
        f"{question['name']}: {problem}"
        for question in questions
        for problem in expired(text=_all_words(question), on=on)
    ]
    if problems:
        raise ValidationError({"sheet": problems})


def _all_words(question: dict[str, Any]) -> str:
    return "\n".join([question["label"], question["hint"], question["group"], *question["choices"].values()])


@transaction.atomic
def add_checklist(*, by: Person, code: str, name: str, field: str, sheet: bytes) -> ChecklistVersion:
    """Add a checklist with its first version; nothing of it stays when the sheet is refused."""
    template = ChecklistTemplate.objects.create(code=code, name=name.strip(), field=field.strip())
    record_event(by=by, action="inspections.add_checklist", target=template, new={"name": template.name})
    return publish_version(by=by, template=template, sheet=sheet)


@dataclass(frozen=True)
class Receipt:
    """What the device is told: stored now, stored before, or in conflict; with the hashes of all files."""

    state: Literal["created", "same", "conflict"]
    record: ChecklistRecord

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "state": self.state,
            "uuid": str(self.record.uuid),
            "sha256": self.record.content_sha256,
            "received_at": self.record.received_at.isoformat(),
            "files": self.record.manifest,
        }


@transaction.atomic
def receive_sheet(
    *,
    by: Person,
    subject: InspectedSubject,
    version: ChecklistVersion,
    xml: str,
    files: Mapping[str, UploadedFile],
    started_at: datetime | None,
    finalised_at: datetime,
) -> Receipt:
    """Take one finalised sheet with its files, all or nothing.

    Same UUID and content: the stored receipt. Other content: both are kept and the receipt says
    conflict. Raises ValidationError when the sheet or a file it names is missing or unfit.
    """
    case = pass_gate(Event.RECORD, subject.inspection, by)
    instance = _read(xml, version)
    contents = {name: checked_content(file) for name, file in files.items()}
    digest = _digest(xml, contents)
    stored = ChecklistRecord.objects.filter(uuid=instance.uuid).first()
    if stored is not None:
        return _known(stored, subject, xml, digest, by)
    refuse_after_lock(subject)
    photos = _named_files(instance, version, contents)
    record = ChecklistRecord.objects.create(
        uuid=instance.uuid,
        subject=subject,
        version=version,
        corrects=subject.records.last(),
        examined_on=_examined_on(instance, finalised_at, case.announcement.announced_on),
        instance=xml,
        answers=instance.answers,
        content_sha256=digest,
        manifest=_manifest(contents),
        started_at=started_at if started_at and started_at <= finalised_at else None,
        finalised_at=finalised_at,
        filled_by=by,
    )
    for question, name in photos.items():
        keep(
            by=by,
            subject=subject,
            name=name,
            content=contents[name],
            uuid=uuids.uuid5(record.uuid, question),
            record=record,
            question=question,
        )
    log(Event.RECORD, case, by, sheet=str(record.uuid), sha256=digest, version=str(version))
    derive_steps(case)
    return Receipt("created", record)


def _read(xml: str, version: ChecklistVersion) -> Instance:
    try:
        instance = read_instance(xml)
    except InstanceRefused as refusal:
        raise ValidationError(str(refusal)) from None
    names = {question["name"] for question in version.questions}
    if not set(instance.answers) <= names:
        raise ValidationError(
            _("The sheet answers questions that this version of the checklist does not have.")
        )
    return instance


def _digest(xml: str, contents: Mapping[str, bytes]) -> str:
    whole = hashlib.sha256(xml.encode())
    for name in sorted(contents):
        whole.update(f"\n{name} {hashlib.sha256(contents[name]).hexdigest()}".encode())
    return whole.hexdigest()


def _known(stored: ChecklistRecord, subject: InspectedSubject, xml: str, digest: str, by: Person) -> Receipt:
    if stored.subject_id != subject.pk:
        # Its receipt would tell about a case that may not be the sender's to see.
        raise ValidationError(_("This identifier was already used for another sheet."))
    if stored.content_sha256 == digest:
        return Receipt("same", stored)
    ChecklistConflict.objects.get_or_create(
        record=stored, content_sha256=digest, defaults={"instance": xml, "sent_by": by}
    )
    return Receipt("conflict", stored)


def _named_files(
    instance: Instance, version: ChecklistVersion, contents: Mapping[str, bytes]
) -> dict[str, str]:
    """Return the file each photo question names; refuse a name without its file."""
    asked = {question["name"] for question in version.questions if question["type"] in FILE_TYPES}
    named = {name: value for name, value in instance.answers.items() if name in asked}
    missing = sorted(set(named.values()) - set(contents))
    if missing:
        raise ValidationError(_("These files did not arrive: %(names)s") % {"names": ", ".join(missing)})
    return named


def _examined_on(instance: Instance, finalised_at: datetime, announced_on: date) -> date:
    """Return the day of examination the sheet itself gives, else the day it was finalised."""
    try:
        examined = date.fromisoformat(instance.answers["examined_on"][:10])
    except (KeyError, ValueError):
        examined = local_date(finalised_at)
    if not announced_on <= examined <= today():
        raise ValidationError(_("The day of examination lies between the announcement and today."))
    return examined


def _manifest(contents: Mapping[str, bytes]) -> list[dict[str, Any]]:
    return [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in sorted(contents.items())
    ]


def files_of(record: ChecklistRecord) -> dict[str, list[Evidence]]:
    """Return the stored files of a sheet by the question they answer."""
    found: dict[str, list[Evidence]] = {}
    for evidence in record.evidence.all():
        found.setdefault(evidence.question, []).append(evidence)
    return found
