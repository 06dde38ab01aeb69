"""The fields a document reserves for its signatures: the person first, the agency last (NĐ 30/2020, domain order)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from lms.base.documents.measures import Place

MM = 72 / 25.4
# Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7c and II.8: the signature in the middle between post and name, the
# agency's seal in its real size over about a third of it, to its left.
SIGNATURE_WIDTH = 48 * MM
SEAL_OVER_SIGNATURE = 1 / 3
SEAL_DIAMETER = 36.0  # millimetres

PERSON, AGENCY = "NguoiKy", "CoQuan"
ORDER = (PERSON, AGENCY)


@dataclass(frozen=True)
class Field:
    """A place on a page (points from the lower left corner) that one signature may fill."""

    name: str
    box: tuple[float, float, float, float]
    page: int = -1
    label: str = ""


def fields_at(place: Place, *, seal_mm: float = SEAL_DIAMETER) -> list[Field]:
    """Return where the person and the agency sign at a place kept between post and name."""
    left, bottom, right, top = place.box
    centre, middle = (left + right) / 2, (bottom + top) / 2
    half = min(SIGNATURE_WIDTH, right - left) / 2
    person = (centre - half, bottom, centre + half, top)
    seal_right = centre - half + 2 * half * SEAL_OVER_SIGNATURE
    side = seal_mm * MM
    agency = (seal_right - side, middle - side / 2, seal_right, middle + side / 2)
    return [
        Field(PERSON, person, place.page, "Người ký"),
        Field(AGENCY, agency, place.page, "Cơ quan"),
    ]


def fields_of(pdf: bytes) -> dict[str, Field]:
    """Return the empty fields of a document of ours, with the page and box each was reserved on."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import enumerate_sig_fields

    reader = PdfFileReader(io.BytesIO(pdf))
    found = {}
    for name, _value, reference in enumerate_sig_fields(reader, filled_status=False):
        field = reference.get_object()
        widget = field if "/Rect" in field else field["/Kids"][0].get_object()
        left, bottom, right, top = (float(edge) for edge in widget["/Rect"])
        found[name] = Field(name, (left, bottom, right, top))
    return found


def reserve(pdf: bytes, fields: Sequence[Field]) -> bytes:
    """Return the document with empty signature fields, written as an incremental update."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    target = io.BytesIO(pdf)
    writer = IncrementalPdfFileWriter(target)
    for field in fields:
        append_signature_field(
            writer,
            SigFieldSpec(
                field.name,
                on_page=field.page,
                box=tuple(round(edge) for edge in field.box),  # type: ignore[arg-type]
                readable_field_name=field.label or None,
            ),
        )
    writer.write_in_place()
    return target.getvalue()
