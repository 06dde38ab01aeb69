"""Who signs and who receives, in Word: as `lms.base.documents.signing` lays them out on paper."""

from __future__ import annotations

from typing import Any

from docx.shared import Mm

from lms.base.documents.measures import Sizes
from lms.base.documents.parts import Document, Signature
from lms.base.documents.signing import ROOM_TO_SIGN, in_rows
from lms.base.documents.word.fields import fields_of_document
from lms.base.documents.word.paper import POINT_MM, TEXT_MM, bare_table, shape, write


def write_signing(docx: Any, document: Document) -> None:
    """Write the signatures: one beside Nơi nhận, several in columns above it."""
    sizes, received = document.sizes, fields_of_document(document)["recipients"]
    if not document.signatures and not received:
        return
    _gap(docx)
    if len(document.signatures) <= 1:
        left, right = bare_table(docx, [TEXT_MM / 2, TEXT_MM / 2]).rows[0].cells
        _recipients(left, received, sizes)
        if document.signatures:
            _signature(right, document.signatures[0], sizes)
        shape(docx.add_paragraph())
        return
    for row in in_rows(list(document.signatures)):
        # Row by row, so that the names stand level whatever the length of the titles.
        table = bare_table(docx, [TEXT_MM / len(row)] * len(row), rows=3)
        for place, signature in enumerate(row):
            title, room, name = (one.cells[place] for one in table.rows)
            _title(title, signature, sizes)
            _as_room(room.paragraphs[0])
            _name(name, signature, sizes, name.paragraphs[0])
    _gap(docx)
    if received:
        _recipients(docx, received, sizes)


def _gap(docx: Any) -> None:
    shape(docx.add_paragraph(), before=6)


def _recipients(where: Any, lines: list[str], sizes: Sizes) -> None:
    if not lines:
        return
    title = _first_paragraph(where)
    shape(title)
    write(title, "Nơi nhận:", sizes.recipients_title, bold=True, italic=True)
    for line in lines:
        paragraph = where.add_paragraph()
        shape(paragraph)
        write(paragraph, line, sizes.recipients)


def _signature(cell: Any, signature: Signature, sizes: Sizes) -> None:
    _title(cell, signature, sizes)
    _as_room(cell.add_paragraph())
    _name(cell, signature, sizes, cell.add_paragraph())


def _title(cell: Any, signature: Signature, sizes: Sizes) -> None:
    paragraph = cell.paragraphs[0]
    for place, line in enumerate(signature.title):
        paragraph = paragraph if place == 0 else cell.add_paragraph()
        _centred(paragraph, line.upper(), sizes.body, bold=True)
    if signature.note:
        _centred(cell.add_paragraph(), signature.note, sizes.body - 1, italic=True)


def _as_room(paragraph: Any) -> None:
    shape(paragraph, align="center", keep_with_next=True)
    paragraph.paragraph_format.line_spacing = Mm(ROOM_TO_SIGN * POINT_MM)


def _name(cell: Any, signature: Signature, sizes: Sizes, first: Any) -> None:
    _centred(first, signature.name, sizes.body, bold=True)
    if signature.below:
        _centred(cell.add_paragraph(), signature.below, sizes.body)


def _centred(paragraph: Any, text: str, size: float, *, bold: bool = False, italic: bool = False) -> None:
    shape(paragraph, align="center", keep_with_next=True)
    write(paragraph, text, size, bold=bold, italic=italic)


def _first_paragraph(where: Any) -> Any:
    """Return the empty paragraph a cell begins with; a document gets a new one."""
    is_cell = hasattr(where, "_tc")
    return where.paragraphs[0] if is_cell else where.add_paragraph()
