"""Electronic signatures on a numbered document: by a key kept here, or made outside and brought back."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.actions.document import held_for
from inspections.models import CaseDocument, PaperSignature, SigningImage
from inspections.paper_states import PaperEvent
from inspections.rules.signed import is_named, latest_file
from lms.base.actions import record_event
from lms.base.dates import today
from lms.base.documents import signatures
from lms.base.documents.signatures import AGENCY, PERSON
from lms.people.models import Person
from lms.people.organisation import Organisation

Way = PaperSignature.Way


@transaction.atomic
def sign_file(*, by: Person, document: CaseDocument) -> CaseDocument:
    """Sign the numbered file with the signer's key kept here."""
    held = held_for(PaperEvent.SIGN_FILE, document, by)
    _refuse_signed(held, PERSON)
    return _signed_here(held, PERSON, f"person-{held.signer.code}", by)


@transaction.atomic
def seal_file(*, by: Person, document: CaseDocument) -> CaseDocument:
    """Sign the file for the agency with its key kept here, after the person."""
    held = held_for(PaperEvent.SEAL_FILE, document, by)
    if not held.signatures.filter(field=PERSON).exists():
        raise ValidationError(str(signatures.Code.WRONG_ORDER.label))
    _refuse_signed(held, AGENCY)
    code = Organisation.on(today()).code(held.agency_id)
    return _signed_here(held, AGENCY, f"agency-{code}", by)


@transaction.atomic
def bring_back(*, by: Person, document: CaseDocument, file: UploadedFile) -> CaseDocument:
    """Take the file that was signed outside: one signature more, or both. Every reason against it is a sentence."""
    held = held_for(PaperEvent.BRING_BACK, document, by)
    taken = set(held.signatures.values_list("field", flat=True))
    if taken == {PERSON, AGENCY}:
        raise ValidationError({"file": str(signatures.Code.ALREADY.label)})
    if file.size is None or file.size > signatures.LARGEST:
        raise ValidationError({"file": str(signatures.Code.TOO_LARGE.label)})
    content: bytes = file.read()
    expected = [PERSON, AGENCY] if PERSON in taken else [PERSON]
    try:
        report = _checked(held, content, expected)
    except ValidationError as refused:
        raise ValidationError({"file": refused.messages}) from refused
    _take(held, content, report, Way.OUTSIDE, by)
    return held


def given_out(document: CaseDocument) -> bytes:
    """Return the file as it stands; refuse one that is no longer what was kept."""
    file, sha256 = latest_file(document)
    try:
        with file.open("rb") as stored:
            content: bytes = stored.read()
    except FileNotFoundError:
        content = b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValidationError(
            _("%(name)s no longer has the hash it was stored with: tell an administrator.")
            % {"name": document}
        )
    return content


def _refuse_signed(document: CaseDocument, field: str) -> None:
    if document.signatures.filter(field=field).exists():
        raise ValidationError(str(signatures.Code.ALREADY.label))


def _signed_here(document: CaseDocument, field: str, key_name: str, by: Person) -> CaseDocument:
    unsigned = given_out(document)
    try:
        key = signatures.filed_key(key_name)
    except signatures.KeyMissing as missing:
        raise ValidationError(str(missing)) from missing
    now = timezone.now()
    content = signatures.sign(
        unsigned,
        key=key,
        field=signatures.fields_of(unsigned)[field],
        appearance=_appearance(document, field, key, now),
        reason=document.get_type_display(),
        location=document.content["place"],
    )
    fields = [PERSON] if field == PERSON else [PERSON, AGENCY]
    _take(document, content, _checked(document, content, fields), Way.KEY, by)
    return document


def _appearance(
    document: CaseDocument, field: str, key: signatures.SigningKey, at: datetime
) -> signatures.Appearance:
    """Return what is seen in the field: the picture kept of signature or seal, else who, for whom and when."""
    images = SigningImage.objects
    image = images.of_person(document.signer_id) if field == PERSON else images.of_agency(document.agency_id)
    agency = document.content["lead"] if field == PERSON else ""
    return signatures.Appearance(key.subject, agency, at, bytes(image.png) if image else b"")


def _checked(document: CaseDocument, content: bytes, expected: list[str]) -> signatures.Report:
    """Return what the file is worth; refuse whatever speaks against it, and a signature of somebody else."""
    try:
        roots = signatures.trust_roots()
    except signatures.KeyMissing as missing:
        raise ValidationError(str(missing)) from missing
    report = signatures.brought_back(
        content, given_out=given_out(document), roots=roots, at=timezone.now(), expected=expected
    )
    if not report.holds:
        raise ValidationError([str(finding) for finding in report.findings])
    names = {PERSON: document.signer.full_name, AGENCY: document.content["lead"]}
    strangers = [
        _("“%(found)s” signed where the document names “%(wanted)s”.")
        % {"found": found.signer, "wanted": names[found.field]}
        for found in report.signatures
        if not is_named(found, names[found.field])
    ]
    if strangers:
        raise ValidationError(strangers)
    return report


def _take(
    document: CaseDocument, content: bytes, report: signatures.Report, way: PaperSignature.Way, by: Person
) -> None:
    """Keep the file and what is new in it."""
    known = set(document.signatures.values_list("field", flat=True))
    name = ""
    for found in report.signatures:
        if found.field in known:
            continue
        row = PaperSignature(
            document=document,
            field=found.field,
            way=way,
            signer=found.signer[:250],
            organisation=found.organisation[:250],
            signed_at=found.signed_at or timezone.now(),
            is_stamped=found.is_stamped,
            sha256=found.sha256,
            key_sha256=found.certificate,
            known_at=timezone.now(),
            taken_by=by,
            file_sha256=hashlib.sha256(content).hexdigest(),
        )
        if name:
            row.pdf.name = name
        else:
            kept = f"{document.type}-{document.inspection.code}-{document.pk}-signed.pdf"
            row.pdf.save(kept, ContentFile(content), save=False)
            name = str(row.pdf.name)
        row.full_clean()
        row.save()
        record_event(
            by=by,
            action="inspections.take_signature",
            target=document.inspection,
            new={
                "document": document.pk,
                "number": document.written_number,
                "place": found.field,
                "signed_by": found.signer,
                "signed_at": found.signed_at,
                "way": str(way),
                "sha256": row.file_sha256,
            },
        )
