"""A4 on its side: who, what, how long, which number, and how to check it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm

from certificates.documents.ground import draw_ground
from lms.base.documents.fonts import SERIF
from lms.base.documents.letterhead import MOTTO, NATION
from lms.base.documents.lines import balanced, draw_rule, width_of
from lms.base.documents.markup import clean
from lms.base.documents.page import canvas_made_at
from lms.base.documents.qr import draw_qr
from lms.base.documents.wording import place_and_date

WIDTH, HEIGHT = landscape(A4)
INK = HexColor("#1a1a1a")
SOFT = HexColor("#4a4a4a")
RED = HexColor("#9c1c2e")
LEFT_COLUMN, RIGHT_COLUMN = 78 * mm, WIDTH - 92 * mm
MIDDLE = WIDTH / 2
COLUMN = 100 * mm
TEXT = 236 * mm
QR_SIDE = 27 * mm
LINE = 1.22  # of the size, from baseline to baseline
SIGNATURE_TOP = 61 * mm  # the words above end here

TITLES = {
    "giay_chung_nhan": "GIẤY CHỨNG NHẬN",
    "chung_chi": "CHỨNG CHỈ BỒI DƯỠNG",
}


@dataclass(frozen=True)
class Paper:
    """Everything a certificate prints. The same paper gives the same bytes."""

    kind: str
    superior: str
    issuer: str
    place: str
    issued_at: datetime
    issued_on: date
    salutation: str
    name: str
    birth_date: date | None
    position: str
    agency: str
    course: str
    hours: Decimal
    form: str
    started_on: date | None
    completed_on: date
    result: str
    signer_title: str
    signer_name: str
    serial: str
    register_number: str
    address: str


def certificate_pdf(paper: Paper) -> bytes:
    """Return the certificate as a PDF. Raises FontsMissing where the fonts have not been built."""
    target = io.BytesIO()
    canvas = canvas_made_at(paper.issued_at)(target, pagesize=(WIDTH, HEIGHT))
    canvas.setTitle(clean(f"{TITLES[paper.kind].capitalize()} {paper.serial}"))
    canvas.setAuthor(clean(paper.issuer))
    canvas.setSubject(clean(paper.course))
    draw_ground(canvas, WIDTH, HEIGHT)
    canvas.setFillColor(INK)
    canvas.setStrokeColor(INK)
    _draw_heads(canvas, paper)
    _draw_middle(canvas, paper)
    _draw_check(canvas, paper)
    _draw_signature(canvas, paper)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def fitted(
    text: str, font: str, sizes: tuple[float, float], width: float, most: int
) -> tuple[list[str], float]:
    """Return the text in at most `most` lines, at the largest size (of largest, smallest) at which it fits.

    At the smallest size it takes the lines it needs: nothing is cut off.
    """
    size, smallest = sizes
    words = clean(text)
    while True:
        # A line's width grows with its size: measured at size 1 against a wider line.
        lines = balanced(words, lambda line: width_of(line, font, 1), width / size)
        if len(lines) <= most or size <= smallest:
            return lines, size
        size -= 1


def _draw_lines(canvas: Any, lines: list[str], x: float, y: float, *, font: str, size: float) -> float:
    """Draw lines centred on x from baseline y down; return the next baseline."""
    canvas.setFont(font, size)
    for line in lines:
        canvas.drawCentredString(x, y, line)
        y -= size * LINE
    return y


def _draw_heads(canvas: Any, paper: Paper) -> None:
    top = HEIGHT - 23 * mm
    y = top
    if paper.superior:
        lines, size = fitted(paper.superior.upper(), SERIF.regular, (12, 9), COLUMN, 2)
        y = _draw_lines(canvas, lines, LEFT_COLUMN, y, font=SERIF.regular, size=size)
    lines, size = fitted(paper.issuer.upper(), SERIF.bold, (12, 9), COLUMN, 2)
    y = _draw_lines(canvas, lines, LEFT_COLUMN, y, font=SERIF.bold, size=size)
    _rule_under(canvas, lines, LEFT_COLUMN, y + size * 0.68, font=SERIF.bold, size=size, share=0.4)
    y = _draw_lines(canvas, [NATION], RIGHT_COLUMN, top, font=SERIF.bold, size=12)
    y = _draw_lines(canvas, [MOTTO], RIGHT_COLUMN, y, font=SERIF.bold, size=13)
    _rule_under(canvas, [MOTTO], RIGHT_COLUMN, y + 13 * 0.68, font=SERIF.bold, size=13, share=1)


def _rule_under(
    canvas: Any, lines: list[str], x: float, y: float, *, font: str, size: float, share: float
) -> None:
    length = max(width_of(line, font, size) for line in lines) * share
    draw_rule(canvas, x - length / 2, y, length)


@dataclass(frozen=True)
class Block:
    """Centred lines of one face and size, with the room above them."""

    lines: list[str]
    font: str
    size: float
    room: float = 0

    @property
    def height(self) -> float:
        """The room above and the lines."""
        return self.room + len(self.lines) * self.size * LINE


def _block(text: str, font: str, sizes: tuple[float, float], most: int, room: float) -> Block:
    lines, size = fitted(text, font, sizes, TEXT, most)
    return Block(lines, font, size, room)


def _middle(paper: Paper) -> list[Block]:
    return [
        _block(f"Chứng nhận {paper.salutation}:", SERIF.regular, (15, 15), 1, 0),
        _block(paper.name.upper(), SERIF.bold, (27, 18), 1, 5.5 * mm),
        _block(_about_person(paper), SERIF.regular, (14, 11), 2, 1.5 * mm),
        _block("Đã hoàn thành khóa bồi dưỡng", SERIF.regular, (15, 15), 1, 4 * mm),
        _block(paper.course, SERIF.bold, (21, 14), 2, 3.5 * mm),
        *(_block(line, SERIF.regular, (14, 11), 2, 1 * mm) for line in _about_course(paper)),
    ]


def _draw_middle(canvas: Any, paper: Paper) -> None:
    """Draw title, person and course; what would reach into the signature is made smaller as a whole."""
    y = HEIGHT - 60 * mm
    canvas.setFillColor(RED)
    canvas.setFont(SERIF.bold, 34)
    canvas.drawCentredString(MIDDLE, y, TITLES[paper.kind])
    canvas.setFillColor(INK)
    y -= 11.5 * mm
    blocks = _middle(paper)
    share = min(1, (y - SIGNATURE_TOP) / (sum(block.height for block in blocks) - blocks[-1].size * 0.5))
    for block in blocks:
        y -= block.room * share
        y = _draw_lines(canvas, block.lines, MIDDLE, y, font=block.font, size=block.size * share)


def _about_person(paper: Paper) -> str:
    parts = [f"Ngày sinh: {_day(paper.birth_date)}"] if paper.birth_date else []
    parts += [", ".join(part for part in (paper.position, paper.agency) if part)]
    return "  ·  ".join(part for part in parts if part)


def _about_course(paper: Paper) -> list[str]:
    hours = f"{paper.hours.normalize():f}".replace(".", ",")
    dates = f"đến ngày {_day(paper.completed_on)}"
    if paper.started_on:
        dates = f"từ ngày {_day(paper.started_on)} {dates}"
    else:
        dates = f"hoàn thành ngày {_day(paper.completed_on)}"
    return [
        f"Thời lượng: {hours} tiết  ·  Hình thức: {paper.form}  ·  {dates[0].upper()}{dates[1:]}",
        f"Kết quả: {paper.result}",
    ]


def _draw_check(canvas: Any, paper: Paper) -> None:
    left, bottom = 26 * mm, 21 * mm
    draw_qr(canvas, paper.address, left - 3 * mm, bottom - 3 * mm, QR_SIDE + 6 * mm)
    x = left + QR_SIDE + 5 * mm
    canvas.setFillColor(INK)
    y = bottom + QR_SIDE - 3 * mm
    for label, value in (("Số hiệu: ", paper.serial), ("Số vào sổ cấp: ", paper.register_number)):
        canvas.setFont(SERIF.regular, 12)
        canvas.drawString(x, y, label)
        canvas.setFont(SERIF.bold, 12)
        canvas.drawString(x + width_of(label, SERIF.regular, 12), y, clean(value))
        y -= 6 * mm
    canvas.setFillColor(SOFT)
    canvas.setFont(SERIF.regular, 9)
    for line in ("Quét mã hoặc mở địa chỉ dưới đây để kiểm tra", *_address_lines(paper.address)):
        canvas.drawString(x, y, line)
        y -= 4 * mm
    canvas.setFillColor(INK)


def _address_lines(address: str) -> list[str]:
    """Return the address in lines that fit beside the code, broken before the code itself."""
    cut = address.rstrip("/").rfind("/") + 1
    return [clean(address[:cut]), clean(address[cut:])]


def _draw_signature(canvas: Any, paper: Paper) -> None:
    y = 56 * mm
    date_line = place_and_date(paper.place, paper.issued_on).removeprefix(", ")
    lines, size = fitted(date_line[0].upper() + date_line[1:], SERIF.italic, (13, 10), COLUMN, 1)
    y = _draw_lines(canvas, lines, RIGHT_COLUMN, y, font=SERIF.italic, size=size)
    title = paper.signer_title or "Thủ trưởng cơ quan"
    lines, size = fitted(title.upper(), SERIF.bold, (13, 10), COLUMN, 2)
    _draw_lines(canvas, lines, RIGHT_COLUMN, y - 1 * mm, font=SERIF.bold, size=size)
    if paper.signer_name:
        lines, size = fitted(paper.signer_name, SERIF.bold, (13, 10), COLUMN, 1)
        _draw_lines(canvas, lines, RIGHT_COLUMN, 21 * mm, font=SERIF.bold, size=size)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
