"""Keeping the picture of one's signature, and of an agency's seal."""

from __future__ import annotations

import hashlib

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from inspections.models import SigningImage
from inspections.rules.authority import Reach
from lms.base.actions import record_event
from lms.base.documents import signatures
from lms.people.models import Agency, Person


@transaction.atomic
def keep_signature(*, by: Person, file: UploadedFile) -> SigningImage:
    """Keep the picture of the person's own signature, in blue; the one before stays for what was signed with it."""
    row = SigningImage(person=by, **_picture(file, signatures.BLUE), made_by=by)
    return _kept(row, by, by)


@transaction.atomic
def keep_seal(*, by: Person, agency: Agency, diameter_mm: int, file: UploadedFile) -> SigningImage:
    """Keep the picture of an agency's seal, in red; whoever keeps its registry may."""
    if not Reach.of(by).registers.covers(agency.pk):
        raise PermissionDenied(_("The seal of an agency is kept by its registry clerk."))
    row = SigningImage(agency=agency, diameter_mm=diameter_mm, **_picture(file, signatures.RED), made_by=by)
    return _kept(row, by, agency)


def _picture(file: UploadedFile, colour: tuple[int, int, int]) -> dict[str, object]:
    try:
        png = signatures.ink_picture(file.read(), colour)
    except signatures.NoPicture as refused:
        raise ValidationError({"file": str(refused)}) from refused
    return {"png": png, "sha256": hashlib.sha256(png).hexdigest()}


def _kept(row: SigningImage, by: Person, target: Person | Agency) -> SigningImage:
    row.full_clean()
    row.save()
    record_event(by=by, action="inspections.keep_signing_image", target=target, new={"sha256": row.sha256})
    return row
