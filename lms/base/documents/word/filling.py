"""A described document put into a Word template."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import ChainableUndefined
from jinja2.sandbox import SandboxedEnvironment

from lms.base.documents.body import with_end_mark
from lms.base.documents.parts import Annex, Document
from lms.base.documents.render import made_at
from lms.base.documents.word.body import WordBody
from lms.base.documents.word.fields import BLOCKS, BODY, SIGNING, fields_of_document
from lms.base.documents.word.paper import TEXT_MM, TEXT_MM_LANDSCAPE, begin_at_one, shape, sheet, words, write
from lms.base.documents.word.signing import write_signing
from lms.base.documents.word.standard import standard_template

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What stands for a block until it is written: no text of a person contains it.
MARK = "\ue000{}\ue001"


def word_of(
    document: Document, *, template: bytes | None = None, facts: Mapping[str, Any] | None = None
) -> bytes:
    """Return the document in Word: in our own template, or in one that `template_faults` found nothing against.

    ``facts``: what else the template may name beside the fields of every document.
    """
    filled = DocxTemplate(io.BytesIO(template or standard_template(document.sizes)))
    fields = {**(facts or {}), **fields_of_document(document)}
    context = {name: _cleaned(value) for name, value in fields.items()}
    context.update({name: MARK.format(name) for name in BLOCKS})
    filled.render(context, jinja_env=environment(), autoescape=True)
    docx = filled.docx
    _put(docx, BODY, lambda: _write_body(docx, document))
    _put(docx, SIGNING, lambda: write_signing(docx, document))
    for annex in document.annexes:
        _write_annex(docx, annex, document)
    _sign_as_ours(docx, document)
    target = io.BytesIO()
    docx.save(target)
    return target.getvalue()


def environment() -> SandboxedEnvironment:
    """Return the environment templates are read in: no calls into Python, what is not there prints nothing."""
    return SandboxedEnvironment(undefined=ChainableUndefined, autoescape=True)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return words(value)
    if isinstance(value, Mapping):
        return {name: _cleaned(one) for name, one in value.items()}
    return [_cleaned(one) for one in value] if isinstance(value, list | tuple) else value


def _put(docx: Any, name: str, add: Callable[[], None]) -> None:
    """Write a block at the end and move it where the template wants it; without a place it stays out."""
    mark = MARK.format(name)
    place = next((one for one in docx.paragraphs if mark in one.text), None)
    if place is None:
        return
    content = docx.element.body
    before = len(content)
    add()
    # The last child is the section's own properties.
    for element in list(content)[before - 1 : -1]:
        place._element.addprevious(element)
    content.remove(place._element)


def _write_body(docx: Any, document: Document) -> None:
    blocks = with_end_mark(document.body) if document.end_mark else document.body
    width = TEXT_MM_LANDSCAPE if document.landscape else TEXT_MM
    WordBody(docx, document.sizes, width).write(blocks)


def _write_annex(docx: Any, annex: Annex, document: Document) -> None:
    section = docx.add_section()
    sheet(section, landscape=annex.landscape)
    begin_at_one(section)
    size = document.sizes.body
    lines = [(f"Phụ lục {annex.number}".strip(), 14.0, False), (annex.title.upper(), size, False)]
    if annex.accompanying:
        lines.append((f"({annex.accompanying})", size, True))
    for text, points, italic in lines:
        paragraph = docx.add_paragraph()
        shape(paragraph, align="center")
        write(paragraph, text, points, bold=not italic, italic=italic)
    width = TEXT_MM_LANDSCAPE if annex.landscape else TEXT_MM
    WordBody(docx, document.sizes, width).write(annex.body)


def _sign_as_ours(docx: Any, document: Document) -> None:
    facts, head = docx.core_properties, document.letterhead
    facts.author = words(document.author or (head.issuer if head else ""))[:250]
    facts.title = words(document.title or fields_of_document(document)["about"])[:250]
    facts.language, facts.comments = "vi-VN", ""
    if made := made_at(document):
        # The format keeps the instant in UTC.
        facts.created = facts.modified = made.astimezone(UTC).replace(tzinfo=None)
