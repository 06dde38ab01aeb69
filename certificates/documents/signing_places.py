"""Where those who sign stand on the sheet, and where their electronic signatures are drawn.

Both are worked out from the same lines, so that a signature lies between a signer's post and name whatever the
sheet, however long the post and whether one signs or two.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.units import mm

from certificates.documents.fitting import LINE, fitted
from certificates.documents.paper import Paper, Signer, english_day
from certificates.documents.sheets import Sheet, sheet_of, size_of
from certificates.states import Language
from lms.base.documents.fonts import SERIF, register
from lms.base.documents.lines import width_of
from lms.base.documents.markup import clean
from lms.base.documents.wording import place_and_date

QR_SIDE = 27 * mm
QR_LEFT, QR_BOTTOM = 26 * mm, 21 * mm
BESIDE = QR_LEFT + QR_SIDE + 5 * mm  # where the words beside the code begin
HOW = "Quét mã hoặc mở địa chỉ dưới đây để kiểm tra"
HOW_EN = "Scan the code or open the address to check"
GAP = 2 * mm
EDGE = 14 * mm  # inside of the frame
LEAST = 12 * mm  # how high a signature is at least
DATE_SIZES, NAME_SIZES = (13.0, 10.0), (13.0, 10.0)
LINE_SIZES = ((13.0, 9.0), (9.0, 8.0), (8.0, 7.0), (7.0, 6.0), (6.0, 5.0))
HALF_ALONE, HALF_OF_PAIR = 36 * mm, 20 * mm

Box = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True)
class Post:
    """Lines of one size over a signature, the first on its baseline."""

    lines: list[str]
    size: float
    y: float


@dataclass(frozen=True)
class Signature:
    """One who signs: the middle of the column, what stands above the signature, and where that ends."""

    x: float
    width: float
    posts: tuple[Post, ...]
    bottom: float
    name: str


def signatures_of(paper: Paper) -> list[Signature]:
    """Return who signs and where: one at the right, two side by side."""
    sheet, signing = sheet_of(paper.style.paper), paper.signing
    _lines, size = fitted(date_line(paper), SERIF.italic, DATE_SIZES, sheet.column, 1)
    top = sheet.signing - len(_lines) * size * LINE - 1 * mm
    if len(signing) == 1:
        return [_signature(sheet, signing[0], sheet.right, top, sheet.column)]
    return [
        _signature(sheet, signer, x, top, sheet.pair_column)
        for signer, x in zip(signing, sheet.pair, strict=False)
    ]


def boxes_of(paper: Paper) -> tuple[Box, Box]:
    """Return where the person's and the agency's signature are drawn, in points of the printed sheet.

    The agency's stands left of that of the first who signs (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.8) and
    right of the words beside the code, where the two are on one height.
    """
    register()
    sheet, first = sheet_of(paper.style.paper), signatures_of(paper)[0]
    half = HALF_ALONE if len(paper.signing) == 1 else HALF_OF_PAIR
    bottom, top = sheet.name + 13, first.bottom
    left = first.x - half
    beside = beside_code(paper) if bottom < QR_BOTTOM + QR_SIDE else EDGE
    agency = max(beside + GAP, left - GAP - 1.4 * HALF_ALONE)
    scale = size_of(paper.style.paper)[0] / sheet.width
    person_box = (left, bottom, first.x + half, top)
    agency_box = (agency, bottom, left - GAP, top)
    return _scaled(person_box, scale), _scaled(agency_box, scale)


def beside_code(paper: Paper) -> float:
    """Return the right edge of the words beside the square code."""
    words = [(f"Số vào sổ cấp: {paper.register_number}", 12.0), (f"Register number: {paper.serial}", 12.0)]
    words += [(f"Short code: {paper.short_code_shown}", 10.0), (HOW, 9.0), (HOW_EN, 9.0)]
    words += [(line, 9.0) for line in address_lines(paper.address)]
    return BESIDE + max(width_of(text, SERIF.regular, size) for text, size in words)


def address_lines(address: str) -> list[str]:
    """Return the address in lines that fit beside the code, broken before the code itself."""
    cut = address.rstrip("/").rfind("/") + 1
    return [clean(address[:cut]), clean(address[cut:])]


def date_line(paper: Paper) -> str:
    """Return place and date as they are printed over the signatures."""
    if paper.style.language == Language.ENGLISH:
        return f"{paper.place}, {english_day(paper.issued_on)}".removeprefix(", ")
    line = place_and_date(paper.place, paper.issued_on).removeprefix(", ")
    return line[0].upper() + line[1:]


def _signature(sheet: Sheet, signer: Signer, x: float, top: float, width: float) -> Signature:
    """Return the signer's lines at the largest sizes that leave room for a signature over the name."""
    most = 2 if len(signer.lines) == 1 else 1
    for sizes in LINE_SIZES:
        posts, y = [], top
        for line in signer.lines:
            lines, size = fitted(line.upper(), SERIF.bold, sizes, width, most)
            posts.append(Post(lines, size, y))
            y -= len(lines) * size * LINE
        bottom = y + posts[-1].size * (LINE - 0.35)
        if bottom - sheet.name - 13 >= LEAST:
            break
    return Signature(x, width, tuple(posts), bottom, signer.name)


def _scaled(box: Box, scale: float) -> Box:
    left, bottom, right, top = (edge * scale for edge in box)
    return left, bottom, right, top
