"""Sizes and places of the page: Nghị định 30/2020/NĐ-CP, Phụ lục I (mm and points)."""

from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN_TOP = 20 * mm
MARGIN_BOTTOM = 20 * mm
MARGIN_LEFT = 30 * mm
MARGIN_RIGHT = 15 * mm
TEXT_WIDTH = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT

# The issuing body stands over two fifths of the text's width, the name of the State over three.
LETTERHEAD_SHARES = (0.4, 0.6)
PARAGRAPH_GAP = 6.0
FIRST_LINE_INDENT = 12.7 * mm
LINE_SPACING = 1.2
RULE_THICKNESS = 0.6
# Rules under the issuing body and the subject: one third to one half of the line above.
RULE_SHARE = 0.4


@dataclass(frozen=True)
class Sizes:
    """The sizes of letters that the decree allows together, in points."""

    nation: float
    motto: float
    body: float
    number: float = 13
    recipients_title: float = 12
    recipients: float = 11
    page_number: float = 13
    table: float = 12


@dataclass(frozen=True)
class Place:
    """Where one signs, between post and name: the page (from 0) and left, bottom, right, top in points."""

    key: str
    page: int
    box: tuple[float, float, float, float]


SMALL = Sizes(nation=12, motto=13, body=13)
LARGE = Sizes(nation=13, motto=14, body=14, page_number=14)
