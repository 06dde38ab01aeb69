"""What a signature looks like on the page: drawn by reportlab with our own letters, never by pyHanko's stamp."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from lms.base.documents.fonts import SERIF, register
from lms.base.documents.lines import broken, width_of
from lms.base.documents.markup import clean
from lms.base.documents.page import VIETNAM

INK, RIVER = HexColor("#1c2b30"), HexColor("#0f5e6b")
PADDING = 4.0


@dataclass(frozen=True)
class Appearance:
    """The words in the field: who signs, for whom, when. A picture (PNG) stands there alone instead."""

    signer: str
    agency: str = ""
    signed_at: datetime | None = None
    picture: bytes = b""


def appearance_pdf(appearance: Appearance, width: float, height: float) -> bytes:
    """Return a page of that size: the picture, or a thin frame with signer, agency, time (NĐ 30/2020)."""
    register()
    target = io.BytesIO()
    canvas = Canvas(
        target, pagesize=(width, height), initialFontName=SERIF.regular, invariant=1, pageCompression=1
    )
    if appearance.picture:
        _draw_picture(canvas, appearance.picture, width, height)
    else:
        _draw_words(canvas, appearance, width, height)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _draw_picture(canvas: Canvas, picture: bytes, width: float, height: float) -> None:
    """Draw the picture as large as the field lets it be, in its middle; what is transparent stays so."""
    image = ImageReader(io.BytesIO(picture))
    canvas.drawImage(image, 0, 0, width, height, mask="auto", preserveAspectRatio=True, anchor="c")


def _draw_words(canvas: Canvas, appearance: Appearance, width: float, height: float) -> None:
    canvas.setStrokeColor(RIVER)
    canvas.setLineWidth(0.6)
    canvas.rect(0.5, 0.5, width - 1, height - 1)
    canvas.setFillColor(INK)
    lines = _fitting(appearance, width - 2 * PADDING, height - 2 * PADDING)
    total = sum(size * 1.18 for _text, _font, size in lines)
    y = (height + total) / 2
    for text, font, size in lines:
        y -= size * 1.18
        canvas.setFont(font, size)
        canvas.drawString(PADDING, y + size * 0.25, text)


def stamp_of(drawn: bytes) -> Any:
    """Return the drawn page as what pyHanko puts into the field, without border, margin or veil of its own."""
    from pyhanko.pdf_utils.content import PdfContent
    from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.stamp import StaticStampStyle

    class DrawnPage(PdfContent):
        """A page made in memory, placed as a form object."""

        def render(self) -> bytes:
            placed = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(drawn)))
            self.resources.xobject["/Drawn"] = placed
            left, bottom, right, top = (float(edge) for edge in placed.get_object()["/BBox"])
            self.box = BoxConstraints(width=right - left, height=top - bottom)
            return b"/Drawn Do"

    centred = AxisAlignment.ALIGN_MID
    return StaticStampStyle(
        border_width=0,
        background=DrawnPage(),
        background_layout=SimpleBoxLayoutRule(centred, centred, margins=Margins.uniform(0)),
    )


def _fitting(appearance: Appearance, width: float, height: float) -> list[tuple[str, str, float]]:
    """Return the lines (text, font, size) at the largest size at which all of them stand in the field."""
    for size in (9.0, 8.0, 7.0, 6.0, 5.0, 4.0):
        lines = _lines(appearance, width, size)
        time_fits = not appearance.signed_at or (
            width_of(iso_time(appearance.signed_at), SERIF.regular, size) <= width
        )
        if time_fits and sum(each * 1.18 for _text, _font, each in lines) <= height:
            break
    return lines


def _lines(appearance: Appearance, width: float, size: float) -> list[tuple[str, str, float]]:
    wanted = [("Đã ký số bởi", SERIF.italic), (appearance.signer, SERIF.bold)]
    if appearance.agency and appearance.agency != appearance.signer:
        wanted.append((appearance.agency, SERIF.regular))
    if appearance.signed_at:
        wanted.append((f"Thời gian ký: {iso_time(appearance.signed_at)}", SERIF.regular))
    return [(line, font, size) for text, font in wanted for line in _broken(text, font, size, width)]


def _broken(text: str, font: str, size: float, width: float) -> list[str]:
    return broken(clean(text), lambda line: width_of(line, font, size), width)


def iso_time(instant: datetime) -> str:
    """Return day, time to the second and zone as NĐ 30/2020, Phụ lục I (ISO 8601) asks."""
    return instant.astimezone(VIETNAM).isoformat(timespec="seconds")
