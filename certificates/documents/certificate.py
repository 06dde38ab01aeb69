"""One sheet: who, what, how long, which number, and how to check it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader

from certificates.documents.fitting import LINE, fitted
from certificates.documents.ground import draw_ground
from certificates.documents.paper import Paper
from certificates.documents.sheets import Sheet, sheet_of, size_of
from certificates.documents.signing_places import (
    BESIDE,
    DATE_SIZES,
    HOW,
    HOW_EN,
    NAME_SIZES,
    QR_BOTTOM,
    QR_LEFT,
    QR_SIDE,
    Signature,
    address_lines,
    date_line,
    signatures_of,
)
from certificates.documents.tags import Tags
from certificates.states import Language
from certificates.wording import COURSE, LEAD, NAME, Line, filled
from lms.base.documents.fonts import SERIF
from lms.base.documents.letterhead import MOTTO, NATION
from lms.base.documents.lines import draw_rule, width_of
from lms.base.documents.markup import clean
from lms.base.documents.page import canvas_made_at
from lms.base.documents.qr import draw_qr

INK = HexColor("#1a1a1a")
SOFT = HexColor("#4a4a4a")
RED = HexColor("#9c1c2e")
LOGO_SIDE = 22 * mm
ENGLISH = 0.74  # the size of English under Vietnamese
NATION_EN, MOTTO_EN = "SOCIALIST REPUBLIC OF VIET NAM", "Independence - Freedom - Happiness"


@dataclass
class Page:
    """A sheet while it is drawn on."""

    canvas: Any
    tags: Tags
    sheet: Sheet
    paper: Paper

    @property
    def is_bilingual(self) -> bool:
        """Whether English stands under the Vietnamese."""
        return self.paper.style.language == Language.BOTH

    @property
    def is_english(self) -> bool:
        """Whether the words are English alone."""
        return self.paper.style.language == Language.ENGLISH


def certificate_pdf(paper: Paper) -> bytes:
    """Return the certificate as a PDF. Raises FontsMissing where the fonts have not been built."""
    target = io.BytesIO()
    look, sheet = paper.style, sheet_of(paper.style.paper)
    size = size_of(look.paper)
    canvas = canvas_made_at(paper.issued_at)(target, pagesize=size)
    canvas.setTitle(clean(f"{look.title.capitalize()} {paper.serial}"))
    canvas.setAuthor(clean(paper.issuer))
    canvas.setSubject(clean(paper.course))
    canvas.scale(size[0] / sheet.width, size[0] / sheet.width)
    page = Page(canvas, Tags(canvas), sheet, paper)
    with page.tags.artifact():
        draw_ground(canvas, sheet.width, sheet.height, look.ground)
    canvas.setFillColor(INK)
    canvas.setStrokeColor(INK)
    _draw_heads(page)
    _draw_middle(page)
    _draw_signatures(page)
    _draw_check(page)
    canvas.showPage()
    page.tags.close()
    canvas.save()
    return target.getvalue()


def _draw_lines(
    page: Page, lines: list[str], x: float, y: float, *, font: str, size: float, **tag: str
) -> float:
    """Draw lines centred on x from baseline y down as one paragraph; return the next baseline."""
    with page.tags.element(tag.pop("kind", "P"), **tag):
        page.canvas.setFont(font, size)
        for line in lines:
            page.canvas.drawCentredString(x, y, line)
            y -= size * LINE
    return y


def _draw_fitted(
    page: Page,
    text: str,
    x: float,
    y: float,
    *,
    font: str,
    sizes: tuple[float, float],
    width: float,
    most: int,
) -> tuple[float, list[str], float]:
    lines, size = fitted(text, font, sizes, width, most)
    return _draw_lines(page, lines, x, y, font=font, size=size), lines, size


def _draw_heads(page: Page) -> None:
    sheet, paper = page.sheet, page.paper
    y = sheet.head
    if paper.superior:
        y, _lines, _size = _draw_fitted(
            page,
            paper.superior.upper(),
            sheet.left,
            y,
            font=SERIF.regular,
            sizes=(12, 9),
            width=sheet.column,
            most=2,
        )
    y, lines, size = _draw_fitted(
        page, paper.issuer.upper(), sheet.left, y, font=SERIF.bold, sizes=(12, 9), width=sheet.column, most=2
    )
    _rule_under(page, lines, sheet.left, y + size * 0.68, font=SERIF.bold, size=size, share=0.4)
    if paper.style.logo:
        _draw_logo(page, sheet.left, y - 3 * mm)
    _draw_nation(page)


def _draw_nation(page: Page) -> None:
    sheet = page.sheet
    y, language = sheet.head, {"language": "en"} if page.is_english else {}
    nation, motto = (NATION_EN, MOTTO_EN) if page.is_english else (NATION, MOTTO)
    y = _draw_lines(page, [nation], sheet.right, y, font=SERIF.bold, size=12, **language)
    y = _draw_lines(page, [motto], sheet.right, y, font=SERIF.bold, size=13, **language)
    _rule_under(page, [motto], sheet.right, y + 13 * 0.68, font=SERIF.bold, size=13, share=1)
    if page.is_bilingual:
        y -= 2 * mm
        for text in (NATION_EN, MOTTO_EN):
            y = _draw_lines(page, [text], sheet.right, y, font=SERIF.italic, size=9, language="en")


def _rule_under(
    page: Page, lines: list[str], x: float, y: float, *, font: str, size: float, share: float
) -> None:
    length = max(width_of(line, font, size) for line in lines) * share
    with page.tags.artifact():
        draw_rule(page.canvas, x - length / 2, y, length)


def _draw_logo(page: Page, x: float, top: float) -> None:
    """Draw the logo under the issuing agency, as high as there is room above the title."""
    picture = ImageReader(io.BytesIO(page.paper.style.logo))
    width, height = picture.getSize()
    side = min(LOGO_SIDE, top - page.sheet.title - 8 * mm)
    scale = side / max(width, height)
    wide, high = width * scale, height * scale
    with page.tags.element("Figure", alternative=clean(page.paper.issuer)):
        page.canvas.drawImage(picture, x - wide / 2, top - high, wide, high, mask="auto")


@dataclass(frozen=True)
class Block:
    """Centred lines of one face and size, with the room above them."""

    lines: list[str]
    font: str
    size: float
    room: float = 0
    language: str = ""

    @property
    def height(self) -> float:
        """The room above and the lines."""
        return self.room + len(self.lines) * self.size * LINE


# By role: face, largest and smallest size, lines at most, room above.
FACES = {
    LEAD: (SERIF.regular, (15.0, 15.0), 1, 4 * mm),
    NAME: (SERIF.bold, (27.0, 18.0), 1, 5.5 * mm),
    COURSE: (SERIF.bold, (21.0, 14.0), 2, 3.5 * mm),
}
PLAIN = (SERIF.regular, (14.0, 11.0), 2, 1.2 * mm)


def _blocks(page: Page) -> Iterator[Block]:
    """Yield the lines of the wording; in both languages English stands under each that is not a large one."""
    look, paper, width = page.paper.style, page.paper, page.sheet.text
    first = True
    if page.is_english:
        lines, below = filled(look.wording_en, paper.values(Language.ENGLISH)), []
    else:
        lines = filled(look.wording, paper.values(Language.VIETNAMESE))
        below = filled(look.wording_en, paper.values(Language.ENGLISH)) if page.is_bilingual else []
    for line, english in zip_longest(lines, below):
        if line:
            yield _block(line, width, first, page)
            first = False
        if english and english.role not in (NAME, COURSE):
            text, size = fitted(english.text, SERIF.italic, (14 * ENGLISH, 8.5), width, 2)
            yield Block(text, SERIF.italic, size, 0.3 * mm, "en")


def _block(line: Line, width: float, is_first: bool, page: Page) -> Block:
    font, sizes, most, room = FACES.get(line.role, PLAIN)
    text, size = fitted(line.text, font, sizes, width, most)
    room = 0 if is_first else room * (1.6 if page.is_bilingual else 1)
    return Block(text, font, size, room, "en" if page.is_english else "")


def _draw_middle(page: Page) -> None:
    """Draw title, person and course; what would reach into the signature is made smaller as a whole."""
    sheet, look = page.sheet, page.paper.style
    y = sheet.title
    page.canvas.setFillColor(RED)
    title, language = (look.title_en, "en") if page.is_english else (look.title, "")
    lines, size = fitted(title.upper(), SERIF.bold, (34, 22), sheet.text, 1)
    _draw_lines(page, lines, sheet.middle, y, font=SERIF.bold, size=size, kind="H1", language=language)
    if page.is_bilingual and look.title_en:
        y -= 6 * mm
        _draw_lines(
            page, [clean(look.title_en.upper())], sheet.middle, y, font=SERIF.italic, size=13, language="en"
        )
    page.canvas.setFillColor(INK)
    y -= 11.5 * mm
    blocks = list(_blocks(page))
    share = min(1, (y - sheet.words_end) / (sum(block.height for block in blocks) - blocks[-1].size * 0.5))
    for block in blocks:
        y -= block.room * share
        y = _draw_lines(
            page,
            block.lines,
            sheet.middle,
            y,
            font=block.font,
            size=block.size * share,
            language=block.language,
        )


def _draw_signatures(page: Page) -> None:
    """Draw place and date, then who signs: one at the right, two side by side."""
    sheet = page.sheet
    _draw_fitted(
        page,
        date_line(page.paper),
        sheet.right,
        sheet.signing,
        font=SERIF.italic,
        sizes=DATE_SIZES,
        width=sheet.column,
        most=1,
    )
    for signature in signatures_of(page.paper):
        _draw_signature(page, signature)


def _draw_signature(page: Page, signature: Signature) -> None:
    for post in signature.posts:
        _draw_lines(page, post.lines, signature.x, post.y, font=SERIF.bold, size=post.size)
    if signature.name:
        _draw_fitted(
            page,
            signature.name,
            signature.x,
            page.sheet.name,
            font=SERIF.bold,
            sizes=NAME_SIZES,
            width=signature.width,
            most=1,
        )


def _draw_check(page: Page) -> None:
    """Draw the square code, and beside it the numbers and how to check them."""
    canvas, paper = page.canvas, page.paper
    with page.tags.element("Figure", alternative=f"QR: {paper.address}"):
        draw_qr(canvas, paper.address, QR_LEFT - 3 * mm, QR_BOTTOM - 3 * mm, QR_SIDE + 6 * mm)
    canvas.setFillColor(INK)
    x, y = BESIDE, QR_BOTTOM + QR_SIDE - 3 * mm
    labels = ("Serial number: ", "Register number: ") if page.is_english else ("Số hiệu: ", "Số vào sổ cấp: ")
    for label, value in zip(labels, (paper.serial, paper.register_number), strict=True):
        _draw_labelled(page, x, y, label, value, 12)
        y -= 6 * mm
    canvas.setFillColor(SOFT)
    if paper.short_code_shown:
        _draw_labelled(
            page, x, y, "Short code: " if page.is_english else "Mã ngắn: ", paper.short_code_shown, 10
        )
        y -= 4.6 * mm
    if "dia_chi" not in paper.style.hidden:
        _draw_address(page, x, y)
    canvas.setFillColor(INK)


def _draw_labelled(page: Page, x: float, y: float, label: str, value: str, size: float) -> None:
    with page.tags.element("P"):
        page.canvas.setFont(SERIF.regular, size)
        page.canvas.drawString(x, y, label)
        page.canvas.setFont(SERIF.bold, size)
        page.canvas.drawString(x + width_of(label, SERIF.regular, size), y, clean(value))


def _draw_address(page: Page, x: float, y: float) -> None:
    how = HOW_EN if page.is_english else HOW
    with page.tags.element("P"):
        page.canvas.setFont(SERIF.regular, 9)
        for line in (how, *address_lines(page.paper.address)):
            page.canvas.drawString(x, y, line)
            y -= 4 * mm
