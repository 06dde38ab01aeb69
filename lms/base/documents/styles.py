"""Paragraph styles of the decree, all in black Tinos."""

from dataclasses import dataclass
from functools import cache

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle

from lms.base.documents.fonts import SERIF
from lms.base.documents.measures import FIRST_LINE_INDENT, LINE_SPACING, PARAGRAPH_GAP, Sizes

ALIGNMENTS = {"justify": TA_JUSTIFY, "left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT}


@dataclass(frozen=True)
class Styles:
    """The styles of one document, by the sizes it is set in."""

    sizes: Sizes

    @property
    def body(self) -> ParagraphStyle:
        """Justified, first line indented, six points above."""
        return style(self.sizes.body, align="justify", indent=FIRST_LINE_INDENT, before=PARAGRAPH_GAP)

    @property
    def basis(self) -> ParagraphStyle:
        """As the body, in italics."""
        return style(
            self.sizes.body,
            font=SERIF.italic,
            align="justify",
            indent=FIRST_LINE_INDENT,
            before=PARAGRAPH_GAP,
        )

    @property
    def heading(self) -> ParagraphStyle:
        """Bold, indented as the body, never last on a page."""
        return style(
            self.sizes.body,
            font=SERIF.bold,
            indent=FIRST_LINE_INDENT,
            before=PARAGRAPH_GAP,
            keep_with_next=True,
        )

    @property
    def centred_heading(self) -> ParagraphStyle:
        """Bold in the middle of the line, never last on a page."""
        return style(
            self.sizes.body, font=SERIF.bold, align="center", before=PARAGRAPH_GAP, keep_with_next=True
        )

    def paragraph(self, align: str, *, indent: bool) -> ParagraphStyle:
        """Return the body's style with another alignment."""
        first_line = FIRST_LINE_INDENT if indent else 0
        return style(self.sizes.body, align=align, indent=first_line, before=PARAGRAPH_GAP)


@cache
def style(
    size: float,
    *,
    font: str = SERIF.regular,
    align: str = "left",
    indent: float = 0,
    before: float = 0,
    after: float = 0,
    keep_with_next: bool = False,
) -> ParagraphStyle:
    """Return a style; the line is a fifth higher than its letters."""
    return ParagraphStyle(
        f"{font}-{size}-{align}",
        fontName=font,
        bulletFontName=font,  # reportlab's own is Helvetica, which no file of ours may name
        fontSize=size,
        leading=size * LINE_SPACING,
        alignment=ALIGNMENTS[align],
        firstLineIndent=indent,
        spaceBefore=before,
        spaceAfter=after,
        keepWithNext=keep_with_next,
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=1,
        spaceShrinkage=0,
    )
