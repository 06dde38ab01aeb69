"""From a described document to the bytes of a PDF."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from reportlab.platypus import KeepTogether, NextPageTemplate, PageBreak
from reportlab.platypus import Paragraph as Flow

from lms.base.documents.body import Body, annex_head, with_end_mark
from lms.base.documents.fonts import register
from lms.base.documents.letterhead import head_flowables, letterhead_flowables
from lms.base.documents.markup import clean
from lms.base.documents.measures import Place
from lms.base.documents.page import LANDSCAPE, PORTRAIT, VIETNAM, Paper, canvas_made_at, text_width
from lms.base.documents.parts import Document
from lms.base.documents.signing import signing_flowables
from lms.base.documents.styles import Styles

# A closing paragraph no higher than this goes to the next page with the signatures, so they never stand alone.
KEPT_WITH_SIGNATURES = 120.0


@dataclass(frozen=True)
class Rendered:
    """A document on paper, and where its signatures go."""

    pdf: bytes
    places: tuple[Place, ...]


def render_pdf(document: Document) -> bytes:
    """Return the document as an A4 PDF laid out by Nghị định 30/2020/NĐ-CP, Phụ lục I.

    The same document gives the same bytes. Raises FontsMissing where the fonts have not been built.
    """
    return rendered(document).pdf


def rendered(document: Document) -> Rendered:
    """Return the document as `render_pdf` does, with the places kept for signatures in their order."""
    return _rendered([document])


def render_together(documents: Sequence[Document]) -> bytes:
    """Return documents of one kind as one file, each on sheets of its own, with the first one's facts and edges."""
    return _rendered(documents).pdf


def _rendered(documents: Sequence[Document]) -> Rendered:
    register()
    target = io.BytesIO()
    first = documents[0]
    way = _way(first)
    paper = Paper(
        target,
        sizes=first.sizes,
        draft=first.draft,
        footer=clean(first.footer),
        start=way,
        title=clean(first.title or _title(first)),
        author=clean(first.author or (first.letterhead.issuer if first.letterhead else "")),
    )
    flowables: list[Any] = []
    for document in documents:
        if flowables:
            flowables += [NextPageTemplate(Paper.FIRST[_way(document)]), PageBreak()]
        flowables += _main(document, text_width(_way(document))) + _annexes(document)
    places: list[Place] = []
    paper.build(flowables, canvasmaker=canvas_made_at(made_at(first), places))
    return Rendered(target.getvalue(), tuple(places))


def _way(document: Document) -> str:
    return LANDSCAPE if document.landscape else PORTRAIT


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


def made_at(document: Document) -> datetime | None:
    """Return the instant the file says it was made: its own, else the beginning of the day it bears."""
    if document.made_at:
        return document.made_at
    on = document.letterhead.on if document.letterhead else None
    return datetime.combine(on, time(), VIETNAM) if on else None
