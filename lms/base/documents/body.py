"""The text itself: paragraphs, grounds, chapters, articles, clauses and points as flowables."""

import io
from collections.abc import Iterable, Sequence
from functools import singledispatchmethod
from typing import Any

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Image, KeepInFrame, KeepTogether, Spacer
from reportlab.platypus import Paragraph as Flow

from lms.base.documents import parts
from lms.base.documents.fonts import SERIF
from lms.base.documents.grid import grid_flowables
from lms.base.documents.lines import CentredLines
from lms.base.documents.markup import Bold, Text, has_boxes, markup
from lms.base.documents.measures import PARAGRAPH_GAP
from lms.base.documents.styles import Styles, style
from lms.base.documents.wording import END_OF_TEXT, ended, point_letter

ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """Return the number as chapters bear it."""
    text = ""
    for value, sign in ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text


def joined(*texts: Text) -> Text:
    """Return the texts as one."""
    pieces: list[Any] = []
    for text in texts:
        pieces.extend(text if isinstance(text, tuple) else (text,))
    return tuple(pieces)


class Body:
    """The text of one document or annex: it counts chapters and articles as it goes."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.chapters = 0
        self.articles = 0

    def flowables(self, blocks: Iterable[parts.Block]) -> list[Any]:
        """Return every block as flowables, in order."""
        return [flow for block in blocks for flow in self.block(block)]

    @singledispatchmethod
    def block(self, block: parts.Block) -> list[Any]:
        """Return one block as flowables."""
        raise TypeError(f"a document has no part of kind {type(block).__name__}")

    @block.register
    def _(self, block: parts.Basis) -> list[Any]:
        last = len(block.lines) - 1
        closed = (ended(line, "." if place == last else ";") for place, line in enumerate(block.lines))
        return [Flow(markup(line), self.styles.basis) for line in closed]

    @block.register
    def _(self, block: parts.Paragraph) -> list[Any]:
        # The box is drawn where the words stand before they are stretched: such lines are not justified.
        align = "left" if block.align == "justify" and has_boxes(block.text) else block.align
        if align == "center" and isinstance(block.text, str) and not has_boxes(block.text):
            return [CentredLines(block.text, SERIF.regular, self.styles.sizes.body, before=PARAGRAPH_GAP)]
        indent = block.indent and align in ("justify", "left")
        return [Flow(markup(block.text), self.styles.paragraph(align, indent=indent))]

    @block.register
    def _(self, block: parts.Heading) -> list[Any]:
        chosen = self.styles.centred_heading if block.centred else self.styles.heading
        return [Flow(markup(block.text), chosen)]

    @block.register
    def _(self, block: parts.Chapter) -> list[Any]:
        self.chapters += 1
        return [
            Flow(f"Chương {roman(self.chapters)}", self.styles.centred_heading),
            Flow(markup(block.title.upper()), self.styles.centred_heading),
        ]

    @block.register
    def _(self, block: parts.Article) -> list[Any]:
        self.articles += 1
        number = f"Điều {self.articles}."
        if block.heading:
            found = [Flow(markup(f"{number} {block.heading}"), self.styles.heading)]
            found += self.text(block.text) if block.text else []
        else:
            found = self.text(joined(Bold(number), " ", block.text))
        return found + self.clauses(block.clauses)

    @block.register
    def _(self, block: parts.Clauses) -> list[Any]:
        return self.clauses(block.items)

    @block.register
    def _(self, block: parts.Dashes) -> list[Any]:
        return [flow for item in block.items for flow in self.text(joined("- ", item))]

    @block.register
    def _(self, block: parts.Grid) -> list[Any]:
        return grid_flowables(block, self.styles)

    @block.register
    def _(self, block: parts.Picture) -> list[Any]:
        image = _scaled(block)
        caption = style(self.styles.sizes.table, font=SERIF.italic, align="center", before=2)
        return [Spacer(1, PARAGRAPH_GAP), KeepTogether([image, Flow(markup(block.caption), caption)])]

    @block.register
    def _(self, block: parts.Gap) -> list[Any]:
        return [Spacer(1, block.height_mm * mm)]

    @block.register
    def _(self, block: parts.OneSheet) -> list[Any]:
        return [KeepInFrame(0, 0, self.flowables(block.body), mode="shrink")]

    def text(self, text: Text) -> list[Any]:
        """Return a body paragraph."""
        return self.block(parts.Paragraph(text))

    def clauses(self, clauses: Sequence[parts.Clause]) -> list[Any]:
        """Return khoản 1, 2, 3 … each with its points a), b), c), d), đ) …"""
        found: list[Any] = []
        for number, clause in enumerate(clauses, start=1):
            found += self.text(joined(f"{number}. ", clause.text))
            for place, point in enumerate(clause.points):
                found += self.text(joined(f"{point_letter(place)}) ", point))
        return found


def with_end_mark(blocks: tuple[parts.Block, ...]) -> tuple[parts.Block, ...]:
    """Return the blocks closed by `./.`: after the last words, or on a line of its own under a table."""
    if not blocks:
        return blocks
    last = _marked(blocks[-1])
    if last is None:
        return (*blocks, parts.Paragraph(END_OF_TEXT, align="right"))
    return (*blocks[:-1], last)


def annex_head(annex: parts.Annex, styles: Styles) -> list[Any]:
    """Return the annex's own heading: number, title, and the document it comes with."""
    size = styles.sizes.body
    name = f"Phụ lục {annex.number}".strip()
    found: list[Any] = [
        CentredLines(name, SERIF.bold, 14),
        CentredLines(annex.title.upper(), SERIF.bold, size),
    ]
    if annex.accompanying:
        found.append(CentredLines(f"({annex.accompanying})", SERIF.italic, size))
    return [*found, Spacer(1, PARAGRAPH_GAP)]


def _marked(block: parts.Block) -> parts.Block | None:
    if isinstance(block, parts.Paragraph):
        return parts.Paragraph(_closed(block.text), align=block.align, indent=block.indent)
    if isinstance(block, parts.Clauses) and block.items:
        return parts.Clauses((*block.items[:-1], _closed_clause(block.items[-1])))
    if isinstance(block, parts.Dashes) and block.items:
        return parts.Dashes((*block.items[:-1], _closed(block.items[-1])))
    if isinstance(block, parts.Article):
        return _closed_article(block)
    return None


def _closed_article(article: parts.Article) -> parts.Article:
    if article.clauses:
        clauses = (*article.clauses[:-1], _closed_clause(article.clauses[-1]))
        return parts.Article(article.text, article.heading, clauses)
    return parts.Article(_closed(article.text), article.heading)


def _closed_clause(clause: parts.Clause) -> parts.Clause:
    if clause.points:
        return parts.Clause(clause.text, (*clause.points[:-1], _closed(clause.points[-1])))
    return parts.Clause(_closed(clause.text))


def _closed(text: Text) -> Text:
    if isinstance(text, tuple):
        return (*text[:-1], *_as_tuple(_closed(text[-1]))) if text else END_OF_TEXT
    if isinstance(text, str):
        return ended(text, END_OF_TEXT)
    return (type(text)(ended(text.text, "")), END_OF_TEXT)


def _as_tuple(text: Text) -> tuple[Any, ...]:
    return text if isinstance(text, tuple) else (text,)


def _scaled(picture: parts.Picture) -> Image:
    width, height = ImageReader(io.BytesIO(picture.content)).getSize()
    scale = min(picture.width_mm * mm / width, picture.height_mm * mm / height)
    return Image(io.BytesIO(picture.content), width=width * scale, height=height * scale)
