"""What can be done to a signed PDF, each kind with the names by which it must be called."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from lms.base.documents import Document, DocumentHead, Paragraph, render_pdf
from lms.base.documents.signatures import AGENCY, PERSON, Appearance, Code, Field, reserve, sign, verify
from tests.factories import signing

PERSON_FIELD = Field(PERSON, (320, 60, 540, 120), label="Người ký")
AGENCY_FIELD = Field(AGENCY, (60, 60, 280, 120), label="Cơ quan")


@dataclass(frozen=True)
class Mutation:
    name: str
    apply: Callable[[bytes], bytes]
    codes: frozenset[Code]


MUTATIONS: list[Mutation] = []


def mutation(*codes: Code) -> Callable[[Callable[[bytes], bytes]], Callable[[bytes], bytes]]:
    def register(apply: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
        MUTATIONS.append(Mutation(apply.__name__, apply, frozenset(codes)))
        return apply

    return register


def document(text: str = "Chứng nhận bà Nguyễn Thị Ngọc Quỳnh đã hoàn thành khóa học.") -> bytes:
    return render_pdf(
        Document(
            letterhead=None, head=DocumentHead("Giấy chứng nhận", "hoàn thành"), body=(Paragraph(text),) * 3
        )
    )


def signed_by(issued: signing.Issued, pdf: bytes, field: Field = PERSON_FIELD) -> bytes:
    shown = Appearance("Nguyễn Thị Ngọc Quỳnh", "Sở Nội vụ", signing.NOW)
    return sign(
        pdf,
        key=signing.signing_key_of(issued),
        field=field,
        appearance=shown,
        reason="Cấp giấy chứng nhận",
        location="Đồng Tháp",
    )


@cache
def given_out() -> bytes:
    return reserve(document(), [PERSON_FIELD, AGENCY_FIELD])


@cache
def signed() -> bytes:
    """The file everything is done to: signed by a person, then by the agency."""
    once = signed_by(signing.person(), given_out())
    return signed_by(signing.agency(), once, AGENCY_FIELD)


def _updated(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    target = io.BytesIO(pdf)
    writer = IncrementalPdfFileWriter(target, strict=False)
    change(writer)
    writer.write_in_place()
    return target.getvalue()


def _page(writer: Any) -> Any:
    return writer.root["/Pages"]["/Kids"][0].get_object()


def _page_reference(writer: Any) -> Any:
    return writer.root["/Pages"]["/Kids"].raw_get(0)


def _contents(pdf: bytes) -> list[tuple[int, int]]:
    """Where each signature's hexadecimal digits begin and end."""
    found = []
    for match in re.finditer(rb"/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+\d+\s*\]", pdf):
        found.append((int(match[1]) + 1, int(match[2]) - 1))
    return found


def _replaced(pdf: bytes, start: int, new: bytes) -> bytes:
    return pdf[:start] + new + pdf[start + len(new) :]


# --- bytes ---------------------------------------------------------------------------------------------------


@mutation(Code.APPENDED, Code.NOT_COVERED, Code.DAMAGED)
def bytes_after_the_end(pdf: bytes) -> bytes:
    return pdf + b"\n% added later\n"


@mutation(Code.DAMAGED, Code.APPENDED, Code.NOT_COVERED)
def second_file_after_the_end(pdf: bytes) -> bytes:
    return pdf + document("Một văn bản khác.")


@mutation(Code.DAMAGED, Code.CHANGED, Code.MALFORMED)
def bytes_before_the_start(pdf: bytes) -> bytes:
    return b"%PDF-1.4\n%" + pdf


@mutation(Code.DAMAGED)
def cut_short(pdf: bytes) -> bytes:
    return pdf[: len(pdf) - 700]


@mutation(Code.CHANGED)
def letter_of_a_stream(pdf: bytes) -> bytes:
    at = pdf.index(b"stream") + 60
    return _replaced(pdf, at, bytes([pdf[at] ^ 1]))


@mutation(Code.CHANGED, Code.DAMAGED, Code.UNSIGNED, Code.MALFORMED)
def cross_reference_moved(pdf: bytes) -> bytes:
    start, end = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*$", pdf).span(1)  # type: ignore[union-attr]
    return pdf[:start] + str(int(pdf[start:end]) - 1).encode() + pdf[end:]


@mutation(Code.DAMAGED, Code.CHANGED, Code.UNSIGNED, Code.MISSING)
def cross_reference_to_an_older_revision(pdf: bytes) -> bytes:
    oldest = re.search(rb"startxref\s+(\d+)\s+%%EOF", pdf)[1]  # type: ignore[index]
    start, end = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*$", pdf).span(1)  # type: ignore[union-attr]
    return pdf[:start] + oldest + pdf[end:]


# --- the place of the signature ------------------------------------------------------------------------------


@mutation(Code.GAP)
def data_hidden_behind_the_signature(pdf: bytes) -> bytes:
    return _replaced(pdf, _contents(pdf)[-1][1] - 40, b"deadbeef")


@mutation(Code.GAP)
def letters_of_the_signature_in_mixed_case(pdf: bytes) -> bytes:
    start, end = _contents(pdf)[-1]
    at = next(place for place in range(start, end) if pdf[place : place + 1].isalpha())
    return _replaced(pdf, at, pdf[at : at + 1].swapcase())


@mutation(Code.CHANGED)
def signature_of_another_document(pdf: bytes) -> bytes:
    other = signed_by(
        signing.agency(),
        signed_by(signing.person(), reserve(document("Khác."), [PERSON_FIELD, AGENCY_FIELD])),
        AGENCY_FIELD,
    )
    (start, end), (there, there_end) = _contents(pdf)[-1], _contents(other)[-1]
    return _replaced(pdf, start, other[there:there_end].ljust(end - start, b"0")[: end - start])


@mutation(Code.FORGED, Code.MALFORMED, Code.CHANGED)
def one_digit_of_the_signature_value(pdf: bytes) -> bytes:
    start, end = _contents(pdf)[-1]
    last = len(pdf[start:end].rstrip(b"0")) + start - 40
    return _replaced(pdf, last, b"1" if pdf[last : last + 1] != b"1" else b"2")


@mutation(Code.MALFORMED, Code.DAMAGED, Code.GAP)
def signature_blanked(pdf: bytes) -> bytes:
    start, end = _contents(pdf)[-1]
    return _replaced(pdf, start, b"0" * (end - start))


@mutation(Code.MALFORMED, Code.GAP, Code.CHANGED)
def byte_range_of_nothing(pdf: bytes) -> bytes:
    match = list(re.finditer(rb"/ByteRange\s*\[[^\]]*\]", pdf))[-1]
    return _replaced(pdf, match.start(), b"/ByteRange [0 0 0 0]".ljust(len(match[0])))


@mutation(Code.MALFORMED, Code.GAP)
def byte_range_with_a_wider_gap(pdf: bytes) -> bytes:
    """Signature wrapping: the gap is made to swallow bytes that may then be anything."""
    match = list(re.finditer(rb"/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", pdf))[-1]
    first, start, rest = (int(match[place]) for place in (1, 2, 3))
    wider = b"/ByteRange [0 %d %d %d]" % (first, start + 100, rest - 100)
    return _replaced(pdf, match.start(), wider.ljust(len(match[0])))


@mutation(Code.MALFORMED, Code.DAMAGED)
def byte_range_taken_out(pdf: bytes) -> bytes:
    match = list(re.finditer(rb"/ByteRange", pdf))[-1]
    return _replaced(pdf, match.start(), b"/ByteRangX")


# --- updates -------------------------------------------------------------------------------------------------


@mutation(Code.MODIFIED)
def update_that_changes_the_text(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        reference = _page(writer).raw_get("/Contents")
        stream = generic.StreamObject(stream_data=b"BT /F1 20 Tf 100 500 Td (Khac) Tj ET")
        writer.objects[(reference.generation, reference.idnum)] = stream

    return _updated(pdf, change)


@mutation(Code.MODIFIED)
def update_in_an_object_stream(pdf: bytes) -> bytes:
    """The same in the form that PDF 1.5 packs into compressed objects, behind a cross-reference stream."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = _page_reference(writer)
        packed = generic.DictionaryObject(_page(writer))
        packed[pdf_name("/Rotate")] = generic.NumberObject(180)
        writer.objects[(page.generation, page.idnum)] = packed

    return _updated(pdf, change)


@mutation(Code.MODIFIED)
def page_swapped(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        other = writer.import_object(
            PdfFileReader(io.BytesIO(document("Trang khác."))).root["/Pages"]["/Kids"][0].get_object()
        )
        pages = writer.root["/Pages"]
        pages["/Kids"] = generic.ArrayObject([writer.add_object(other)])
        writer.update_container(pages)

    return _updated(pdf, change)


@mutation(Code.MODIFIED)
def page_added(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        pages = writer.root["/Pages"]
        pages["/Kids"] = generic.ArrayObject([*pages["/Kids"], _page_reference(writer)])
        pages["/Count"] = generic.NumberObject(2)
        writer.update_container(pages)

    return _updated(pdf, change)


@mutation(Code.MODIFIED)
def note_laid_over_the_page(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        note = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/FreeText"),
                pdf_name("/Rect"): generic.ArrayObject(generic.NumberObject(n) for n in (50, 400, 500, 600)),
                pdf_name("/Contents"): pdf_string("Loại xuất sắc"),
                pdf_name("/DA"): pdf_string("/Helv 30 Tf 0 g"),
            }
        )
        page = _page(writer)
        page["/Annots"] = generic.ArrayObject([*page.get("/Annots", []), writer.add_object(note)])
        writer.update_container(page)

    return _updated(pdf, change)


@mutation(Code.MODIFIED)
def script_when_opened(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        action = {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.alert('x')")}
        writer.root["/OpenAction"] = generic.DictionaryObject(action)
        writer.update_root()

    return _updated(pdf, change)


@mutation(Code.APPENDED)
def title_changed(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.set_info(writer.add_object(generic.DictionaryObject({pdf_name("/Title"): pdf_string("Khác")})))

    return _updated(pdf, change)


@mutation(Code.MODIFIED, Code.APPENDED)
def picture_of_the_signature_changed(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0].get_object()
        picture = generic.StreamObject(stream_data=b"0 0 9 9 re f")
        picture.update({pdf_name("/Type"): pdf_name("/XObject"), pdf_name("/Subtype"): pdf_name("/Form")})
        picture[pdf_name("/BBox")] = generic.ArrayObject(generic.NumberObject(n) for n in (0, 0, 220, 60))
        field["/AP"] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(picture)})
        writer.update_container(field)

    return _updated(pdf, change)


@mutation(Code.MODIFIED)
def field_of_the_signature_enlarged(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0].get_object()
        field["/Rect"] = generic.ArrayObject(generic.NumberObject(n) for n in (0, 0, 600, 800))
        writer.update_container(field)

    return _updated(pdf, change)


@mutation(Code.MISSING, Code.MODIFIED)
def signature_taken_out(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][1].get_object()
        del field["/V"]
        writer.update_container(field)

    return _updated(pdf, change)


@mutation(Code.UNSIGNED, Code.MISSING)
def cut_back_before_the_signatures(pdf: bytes) -> bytes:
    return given_out()


@mutation(Code.MISSING)
def cut_back_to_the_person_alone(pdf: bytes) -> bytes:
    return signed_by(signing.person(), given_out())


@mutation(Code.UNKNOWN_FIELD)
def third_signature_laid_over_the_page(pdf: bytes) -> bytes:
    return signed_by(signing.agency(), pdf, Field("Khac", (40, 300, 560, 700)))


@mutation(Code.UNKNOWN_FIELD)
def empty_field_added(pdf: bytes) -> bytes:
    return _updated(
        pdf, lambda writer: append_signature_field(writer, SigFieldSpec("Trong", box=(10, 10, 90, 60)))
    )


# --- who signed ----------------------------------------------------------------------------------------------


def _two(person: signing.Issued, agency: signing.Issued) -> bytes:
    return signed_by(agency, signed_by(person, given_out()), AGENCY_FIELD)


@cache
def _stranger(kind: str) -> signing.Issued:
    year = signing.YEAR
    if kind == "itself":
        return signing.made("Nguyễn Thị Ngọc Quỳnh")
    if kind == "other root":
        return signing.made("Nguyễn Thị Ngọc Quỳnh", signing.made("Gốc thử nghiệm", is_authority=True))
    if kind == "expired":
        return signing.made(
            "Hết hạn", signing.intermediate(), valid=(signing.NOW - 3 * year, signing.NOW - year)
        )
    if kind == "early":
        return signing.made(
            "Chưa tới", signing.intermediate(), valid=(signing.NOW + year, signing.NOW + 2 * year)
        )
    if kind == "no authority":
        return signing.made("Mượn quyền", signing.person())
    return signing.made("máy chủ", signing.intermediate(), for_documents=False)


@mutation(Code.SELF_SIGNED)
def key_that_vouches_for_itself(pdf: bytes) -> bytes:
    return _two(_stranger("itself"), signing.agency())


@mutation(Code.UNTRUSTED)
def authority_of_the_same_name(pdf: bytes) -> bytes:
    return _two(_stranger("other root"), signing.agency())


@mutation(Code.EXPIRED)
def certificate_expired_before(pdf: bytes) -> bytes:
    return _two(_stranger("expired"), signing.agency())


@mutation(Code.EXPIRED, Code.UNTRUSTED)
def certificate_not_valid_yet(pdf: bytes) -> bytes:
    return _two(_stranger("early"), signing.agency())


@mutation(Code.UNTRUSTED)
def certificate_issued_by_a_person(pdf: bytes) -> bytes:
    return _two(_stranger("no authority"), signing.agency())


@mutation(Code.WRONG_USE)
def certificate_of_a_web_server(pdf: bytes) -> bytes:
    return _two(_stranger("server"), signing.agency())


@mutation(Code.WRONG_ORDER)
def agency_before_the_person(pdf: bytes) -> bytes:
    return signed_by(signing.person(), signed_by(signing.agency(), given_out(), AGENCY_FIELD))


@mutation(Code.SAME_SIGNER)
def one_key_for_both(pdf: bytes) -> bytes:
    return _two(signing.agency(), signing.agency())


@cache
def signed_once() -> bytes:
    return signed_by(signing.person(), document())


def holds(pdf: bytes) -> bool:
    return verify(pdf, roots=signing.roots(), at=datetime.now(UTC), expected=(PERSON,)).holds


def bits_unseen(
    chance: random.Random, number: int, look: Callable[[bytes], bool] = holds
) -> list[tuple[int, int]]:
    """Turn so many bits one by one, a third of them in the signature itself; return those after which all seems well."""
    pdf, unseen = signed_once(), []
    ((start, end),) = _contents(pdf)
    for turn in range(number):
        place = chance.randrange(start, end) if turn % 3 == 0 else chance.randrange(len(pdf))
        bit = 1 << chance.randrange(8)
        if look(pdf[:place] + bytes([pdf[place] ^ bit]) + pdf[place + 1 :]):
            unseen.append((place, bit))
    return unseen
