"""A signature drawn on a screen, as lines on paper: blue, as NĐ 30/2020, Phụ lục I, mục II.7c wants a signature."""

from typing import Any

from reportlab.lib.colors import HexColor

from lms.base.documents.fonts import SERIF
from lms.base.documents.lines import width_of
from lms.base.documents.markup import clean
from lms.base.documents.parts import Ink

BLUE, GREY = HexColor("#123f9b"), HexColor("#555555")
BOX = (1000, 400)
CAPTION_SIZE, CAPTION_ROOM = 7.5, 11.0
TYPED_SIZES = (18.0, 16.0, 14.0, 12.0, 10.0, 8.0)


def draw_ink(canvas: Any, ink: Ink, width: float, height: float) -> None:
    """Draw the signature in the middle of the room, its caption at the foot."""
    canvas.saveState()
    room = height - (CAPTION_ROOM if ink.caption else 0)
    if ink.strokes:
        _draw_strokes(canvas, ink, width, room, height - room)
    else:
        _draw_typed(canvas, ink.typed, width, room, height - room)
    if ink.caption:
        canvas.setFillColor(GREY)
        canvas.setFont(SERIF.italic, CAPTION_SIZE)
        canvas.drawCentredString(width / 2, 3, clean(ink.caption))
    canvas.restoreState()


def _draw_strokes(canvas: Any, ink: Ink, width: float, height: float, bottom: float) -> None:
    points = [point for stroke in ink.strokes for point in stroke]
    left, right = min(x for x, _y in points), max(x for x, _y in points)
    top, low = min(y for _x, y in points), max(y for _x, y in points)
    scale = min(
        width * 0.9 / max(right - left, 1), (height - 4) / max(low - top, 1), width * 0.9 / BOX[0] * 2
    )
    start = (width - (right - left) * scale) / 2
    base = bottom + (height - (low - top) * scale) / 2
    canvas.setStrokeColor(BLUE)
    canvas.setLineWidth(1.1)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for stroke in ink.strokes:
        path = canvas.beginPath()
        for place, (x, y) in enumerate(stroke):
            step = path.lineTo if place else path.moveTo
            step(start + (x - left) * scale, base + (low - y) * scale)
        if len(stroke) == 1:
            path.lineTo(start + (stroke[0][0] - left) * scale + 0.1, base + (low - stroke[0][1]) * scale)
        canvas.drawPath(path, stroke=1, fill=0)


def _draw_typed(canvas: Any, name: str, width: float, height: float, bottom: float) -> None:
    text = clean(name)
    size = next((one for one in TYPED_SIZES if width_of(text, SERIF.italic, one) <= width), TYPED_SIZES[-1])
    canvas.setFillColor(BLUE)
    canvas.setFont(SERIF.italic, size)
    canvas.drawCentredString(width / 2, bottom + height / 2 - size / 3, text)
