"""Minutes: a draft anybody of the team writes, locked by the leader for good."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.actions.drawn_signatures import signing_sheet
from inspections.actions.evidence import refuse_after_lock
from inspections.actions.findings import draw_findings
from inspections.actions.gate import log, pass_gate
from inspections.actions.steps import derive_steps
from inspections.documents.content import content_of
from inspections.documents.minutes import as_document, minutes_pdf
from inspections.models import InspectedSubject, Minutes
from inspections.rules import sheet_that_counts
from inspections.states import Event
from lms.base.dates import local_date
from lms.base.documents.word import word_of
from lms.people.models import Person


@transaction.atomic
def write_minutes(
    *, by: Person, subject: InspectedSubject, started_at: datetime, ended_at: datetime, **words: Any
) -> Minutes:
    """Write or rewrite the draft minutes of one subject.

    ``words`` are the fields of Minutes a person fills in: place, representative, opinion, refusal …
    """
    case = pass_gate(Event.RECORD, subject.inspection, by)
    refuse_after_lock(subject)
    if ended_at > timezone.now():
        raise ValidationError({"ended_at": _("This moment has not come yet.")})
    if local_date(started_at) < case.announcement.announced_on:
        raise ValidationError({"started_at": _("Minutes are made after the announcement.")})
    minutes = Minutes.objects.filter(subject=subject).first() or Minutes(subject=subject)
    minutes.started_at, minutes.ended_at = started_at, ended_at
    for name, value in words.items():
        setattr(minutes, name, value)
    minutes.full_clean()
    minutes.save()
    log(Event.RECORD, case, by, minutes=subject.pk)
    return minutes


def preview(minutes: Minutes) -> bytes:
    """Return the draft as it would be locked, with the word draft across it."""
    return minutes_pdf(content_of(minutes, sheet_that_counts(minutes.subject)), draft=True)


def word_draft(minutes: Minutes) -> bytes:
    """Return the draft in Word, to be worked on; what is locked stays as it is."""
    if minutes.is_locked:
        raise ValidationError(_("Only a draft is given out in Word: what was signed stays as it is."))
    return word_of(as_document(content_of(minutes, sheet_that_counts(minutes.subject)), draft=True))


def _signed(by: Person, subject: InspectedSubject, content: dict[str, Any]) -> dict[str, Any]:
    """Return the words with what was drawn under them; refuse where somebody signed other words."""
    sheet = signing_sheet(by, subject, content)
    if sheet.void:
        raise ValidationError(
            _("The minutes were changed after %(names)s signed: let them read and sign again.")
            % {"names": ", ".join(sheet.void)}
        )
    return {**content, "drawn": sheet.drawn} if sheet.drawn else content


@transaction.atomic
def lock_minutes(*, by: Person, subject: InspectedSubject) -> Minutes:
    """Freeze the minutes with their PDF and its hash; only the team leader may (S4)."""
    case = pass_gate(Event.LOCK_MINUTES, subject.inspection, by)
    fresh = InspectedSubject.objects.get(pk=subject.pk)
    refuse_after_lock(fresh)
    minutes = getattr(fresh, "minutes", None)
    if minutes is None:
        raise ValidationError(_("Write the minutes first."))
    record = sheet_that_counts(fresh)
    if record is None:
        raise ValidationError(_("Finalise the checklist first: the minutes are made from its answers."))
    minutes.record = record
    minutes.content = _signed(by, fresh, content_of(minutes, record))
    if not minutes.content["items"]:
        raise ValidationError(_("The checklist answers nothing: minutes are made from its answers."))
    pdf = minutes_pdf(minutes.content)
    minutes.sha256 = hashlib.sha256(pdf).hexdigest()
    minutes.locked_at, minutes.locked_by = timezone.now(), by
    minutes.pdf.save(f"bien-ban-{case.code}-{fresh.pk}.pdf", ContentFile(pdf), save=False)
    minutes.full_clean()
    minutes.save()
    log(Event.LOCK_MINUTES, case, by, subject=str(fresh), sha256=minutes.sha256, sheet=str(record.uuid))
    derive_steps(case)
    draw_findings(by=by, subject=fresh)
    return minutes
