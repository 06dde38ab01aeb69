"""Documents in Word, and the templates agencies send for them."""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from inspections.documents.templates import CASE_WORDS, document_word
from inspections.models import CaseDocument, InspectionKind, WordTemplate
from inspections.paper_states import PaperState
from lms.base.actions import record_event
from lms.base.dates import today
from lms.base.documents.word import LARGEST_TEMPLATE, template_faults
from lms.base.vietnamese import nfc
from lms.people.models import Agency, Person
from lms.people.organisation import Organisation


@transaction.atomic
def add_word_template(
    *, by: Person, agency: Agency, type: str, file: UploadedFile, kind: InspectionKind | None = None
) -> WordTemplate:
    """Keep a template as the next version for the agency's document. Refused: whatever it could not print."""
    if file.size is None or file.size > LARGEST_TEMPLATE:
        limit = LARGEST_TEMPLATE // 1024 // 1024
        raise ValidationError({"file": _("The template is larger than %(limit)d MB.") % {"limit": limit}})
    content: bytes = file.read()
    if faults := template_faults(content, CASE_WORDS):
        raise ValidationError({"file": faults})
    # Two who send at once wait here for one another, and get two numbers.
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    series = WordTemplate.objects.of_series(agency.pk, kind.pk if kind else None, type)
    row = WordTemplate(
        agency=agency,
        kind=kind,
        type=type,
        number=(series.aggregate(last=Max("number"))["last"] or 0) + 1,
        name=nfc(PurePath(file.name or "").name)[:200] or f"{type}.docx",
        sha256=hashlib.sha256(content).hexdigest(),
        added_by=by,
    )
    row.file.save(f"{type}-{row.number}.docx", ContentFile(content), save=False)
    row.full_clean()
    row.save()
    record_event(
        by=by,
        action="inspections.add_word_template",
        target=agency,
        new={"type": type, "kind": kind.code if kind else "", "version": row.number, "sha256": row.sha256},
    )
    return row


def template_for(document: CaseDocument) -> WordTemplate | None:
    """Return the agency's own template for the document, else that of the nearest agency above."""
    case = document.inspection
    chain = [document.agency_id, *Organisation.on(today()).ancestors(document.agency_id)]
    return WordTemplate.objects.best_for(chain, case.kind_id, document.type)


def word_draft(document: CaseDocument) -> bytes:
    """Return the draft in Word, to be worked on; what is signed is given out as it was signed."""
    if document.state != PaperState.DRAFT:
        raise ValidationError(_("Only a draft is given out in Word: what was signed stays as it is."))
    own = template_for(document)
    content = None
    if own is not None:
        with own.file.open("rb") as stored:
            content = stored.read()
    return document_word(document.template_code, document.content, content)
