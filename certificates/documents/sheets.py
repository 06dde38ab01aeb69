"""The sheets a certificate may be printed on, and where things stand on each."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.lib.units import mm

from certificates.states import PaperSize


@dataclass(frozen=True)
class Sheet:
    """Places on a sheet, in points from its lower left corner."""

    width: float
    height: float
    left: float  # the middle of the head's left column
    right: float
    column: float  # how wide a column is
    text: float  # how wide the words in the middle are
    head: float  # baseline of the head's first line
    title: float  # baseline of the title
    words_end: float  # the words in the middle end here
    signing: float  # baseline of place and date
    name: float  # baseline of a signer's name
    pair: tuple[float, float]  # the middles of two who sign side by side
    pair_column: float

    @property
    def middle(self) -> float:
        """The middle of the sheet."""
        return self.width / 2


WIDE, HIGH = landscape(A4)
LANDSCAPE = Sheet(
    width=WIDE,
    height=HIGH,
    left=78 * mm,
    right=WIDE - 92 * mm,
    column=100 * mm,
    text=236 * mm,
    head=HIGH - 23 * mm,
    title=HIGH - 60 * mm,
    words_end=61 * mm,
    signing=56 * mm,
    name=21 * mm,
    pair=(178 * mm, 245 * mm),
    pair_column=64 * mm,
)
NARROW, TALL = A4
PORTRAIT = Sheet(
    width=NARROW,
    height=TALL,
    left=58 * mm,
    right=NARROW - 61 * mm,
    column=84 * mm,
    text=166 * mm,
    head=TALL - 25 * mm,
    title=TALL - 82 * mm,
    words_end=110 * mm,
    signing=104 * mm,
    name=63 * mm,
    pair=(61 * mm, NARROW - 61 * mm),
    pair_column=80 * mm,
)
SHEETS = {PaperSize.A4_LANDSCAPE: LANDSCAPE, PaperSize.A4_PORTRAIT: PORTRAIT}


def sheet_of(paper: str) -> Sheet:
    """Return where things stand; A5 on its side is A4 on its side, made smaller."""
    return SHEETS.get(PaperSize(paper), LANDSCAPE)


def size_of(paper: str) -> tuple[float, float]:
    """Return width and height of the sheet itself."""
    if paper == PaperSize.A5_LANDSCAPE:
        wide, high = landscape(A5)
        return wide, high
    sheet = sheet_of(paper)
    return sheet.width, sheet.height
