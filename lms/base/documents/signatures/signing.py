"""Signing a document with our own key: PAdES (ETSI EN 319 142-1), B-B, or B-T where a time stamp server is set."""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from lms.base.documents.signatures.appearance import Appearance, appearance_pdf, stamp_of
from lms.base.documents.signatures.fields import Field
from lms.base.documents.signatures.keys import SigningKey, StampMissing
from lms.base.documents.signatures.loops import apart

DIGEST = "sha256"


def sign(
    pdf: bytes,
    *,
    key: SigningKey,
    field: Field,
    appearance: Appearance | None = None,
    reason: str = "",
    location: str = "",
) -> bytes:
    """Return the document signed in the field, as an incremental update: what was there stays byte for byte.

    A field already reserved under that name is filled where it stands. Raises StampMissing.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.timestamps import TimestampRequestError

    target = io.BytesIO(pdf)
    writer = IncrementalPdfFileWriter(target)
    reserved = field.name in _empty_fields(writer)
    meta = PdfSignatureMetadata(
        field_name=field.name,
        md_algorithm=DIGEST,
        reason=reason or None,
        location=location or None,
        subfilter=SigSeedSubFilter.PADES,
    )
    signer = PdfSigner(
        meta,
        signer=key.signer,
        timestamper=_timestamper(),
        stamp_style=_stamp(appearance, field),
        new_field_spec=None
        if reserved
        else SigFieldSpec(
            field.name,
            on_page=field.page,
            box=tuple(round(edge) for edge in field.box),  # type: ignore[arg-type]
            readable_field_name=field.label or None,
        ),
    )
    try:
        apart(lambda: signer.sign_pdf(writer, existing_fields_only=reserved, in_place=True))
    except TimestampRequestError as error:
        raise StampMissing(
            _("The time stamp server %(url)s (SIGNING_TSA_URL) gives no time stamp.")
            % {"url": settings.SIGNING_TSA_URL}
        ) from error
    return target.getvalue()


def _empty_fields(writer: Any) -> set[str]:
    from pyhanko.sign.fields import enumerate_sig_fields

    return {name for name, _value, _reference in enumerate_sig_fields(writer, filled_status=False)}


def _stamp(appearance: Appearance | None, field: Field) -> Any:
    left, bottom, right, top = (round(edge) for edge in field.box)
    return stamp_of(appearance_pdf(appearance or Appearance(""), right - left, top - bottom))


def _timestamper() -> Any:
    if not settings.SIGNING_TSA_URL:
        return None
    from pyhanko.sign.timestamps import HTTPTimeStamper

    return HTTPTimeStamper(settings.SIGNING_TSA_URL, timeout=10)
