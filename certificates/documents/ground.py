"""The frame and the river behind the words: quiet lines, drawn once and used by every certificate."""

from __future__ import annotations

from functools import cache
from math import pi, sin
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.pathobject import PDFPathObject

from certificates.states import Ground

BLUE = HexColor("#0f5e6b")
WATER = HexColor("#e3eef0")
OUTER, INNER = 9 * mm, 12 * mm
WAVES = 9


def draw_ground(canvas: Any, width: float, height: float, ground: str = Ground.RIVER) -> None:
    """Draw the waves, then the double frame with its corners; or the frame alone; or nothing."""
    if ground == Ground.NONE:
        return
    canvas.saveState()
    if ground == Ground.RIVER:
        _draw_waves(canvas, width)
    canvas.setStrokeColor(BLUE)
    canvas.setLineWidth(1.6)
    canvas.rect(OUTER, OUTER, width - 2 * OUTER, height - 2 * OUTER)
    canvas.setLineWidth(0.5)
    canvas.rect(INNER, INNER, width - 2 * INNER, height - 2 * INNER)
    _draw_corners(canvas, width, height)
    canvas.restoreState()


def _draw_waves(canvas: Any, width: float) -> None:
    canvas.setStrokeColor(WATER)
    canvas.setLineWidth(0.7)
    canvas.drawPath(river(width), stroke=1, fill=0)


@cache
def river(width: float) -> PDFPathObject:
    """Return the waves of the river from frame to frame, computed once in the life of the process."""
    left, right = INNER + 1.5 * mm, width - INNER - 1.5 * mm
    steps = 14
    stride = (right - left) / steps
    path = PDFPathObject()
    for wave in range(WAVES):
        base = INNER + (4 + 7 * wave) * mm
        swing = (2.2 + 0.35 * wave) * mm
        path.moveTo(left, _level(base, swing, 0, wave))
        for step in range(steps):
            x = left + step * stride
            here, there = _level(base, swing, step, wave), _level(base, swing, step + 1, wave)
            path.curveTo(x + stride / 2, here, x + stride / 2, there, x + stride, there)
    return path


def _level(base: float, swing: float, step: int, wave: int) -> float:
    return base + swing * sin(step * pi / 2.5 + wave * 0.8)


def _draw_corners(canvas: Any, width: float, height: float) -> None:
    side = 5 * mm
    canvas.setLineWidth(0.5)
    for x in (OUTER, width - OUTER - side):
        for y in (OUTER, height - OUTER - side):
            canvas.rect(x + 0.9 * mm, y + 0.9 * mm, side - 1.8 * mm, side - 1.8 * mm)
