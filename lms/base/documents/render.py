"""From a described document to the bytes of a PDF."""

import io
from datetime import datetime, time
from typing import Any

from reportlab.platypus import KeepTogether, NextPageTemplate, PageBreak
from reportlab.platypus import Paragraph as Flow

from lms.base.documents.body import Body, annex_head, with_end_mark
from lms.base.documents.fonts import register
from lms.base.documents.letterhead import head_flowables, letterhead_flowables
from lms.base.documents.markup import clean
from lms.base.documents.page import LANDSCAPE, PORTRAIT, VIETNAM, Paper, canvas_made_at, text_width
from lms.base.documents.parts import Document
from lms.base.documents.signing import signing_flowables
from lms.base.documents.styles import Styles

# A closing paragraph no higher than this goes to the next page with the signatures, so they never stand alone.
KEPT_WITH_SIGNATURES = 120.0


def render_pdf(document: Document) -> bytes:
    """Return the document as an A4 PDF laid out by Nghị định 30/2020/NĐ-CP, Phụ lục I.

    The same document gives the same bytes. Raises FontsMissing where the fonts have not been built.
    """
    register()
    target = io.BytesIO()
    way = LANDSCAPE if document.landscape else PORTRAIT
    paper = Paper(
        target,
        sizes=document.sizes,
        draft=document.draft,
        start=way,
        title=clean(document.title or _title(document)),
        author=clean(document.author or (document.letterhead.issuer if document.letterhead else "")),
    )
    flowables = _main(document, text_width(way)) + _annexes(document)
    paper.build(flowables, canvasmaker=canvas_made_at(_made_at(document)))
    return target.getvalue()


def _main(document: Document, width: float) -> list[Any]:
    styles = Styles(document.sizes)
    found: list[Any] = []
    if document.letterhead:
        found += letterhead_flowables(document.letterhead, styles, width)
    if document.head:
        found += head_flowables(document.head, styles)
    blocks = with_end_mark(document.body) if document.end_mark else document.body
    found += Body(styles).flowables(blocks)
    signing = signing_flowables(document.signatures, document.recipients, styles, width)
    return _kept_together(found, signing, width)


def _kept_together(found: list[Any], signing: list[Any], width: float) -> list[Any]:
    if not signing:
        return found
    last = found[-1] if found else None
    if isinstance(last, Flow) and last.wrap(width, 10_000)[1] <= KEPT_WITH_SIGNATURES:
        return [*found[:-1], KeepTogether([last, *signing])]
    return [*found, KeepTogether(signing)]


def _annexes(document: Document) -> list[Any]:
    styles = Styles(document.sizes)
    found: list[Any] = []
    for annex in document.annexes:
        way = LANDSCAPE if annex.landscape else PORTRAIT
        found += [NextPageTemplate(Paper.FIRST[way]), PageBreak()]
        found += annex_head(annex, styles)
        found += Body(styles).flowables(annex.body)
    return found


def _title(document: Document) -> str:
    head = document.head
    return " ".join(part for part in (head.kind, head.subject) if part) if head else ""


def _made_at(document: Document) -> datetime | None:
    if document.made_at:
        return document.made_at
    on = document.letterhead.on if document.letterhead else None
    return datetime.combine(on, time(), VIETNAM) if on else None
