"""The frame and the river behind the words: quiet lines, drawn once and used by every certificate."""

from __future__ import annotations

from functools import cache
from math import pi, sin
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

RIVER = HexColor("#0f5e6b")
WATER = HexColor("#e3eef0")
OUTER, INNER = 9 * mm, 12 * mm
WAVES = 9


def draw_ground(canvas: Any, width: float, height: float) -> None:
    """Draw the waves, then the double frame with its corners."""
    canvas.saveState()
    _draw_waves(canvas, width)
    canvas.setStrokeColor(RIVER)
    canvas.setLineWidth(1.6)
    canvas.rect(OUTER, OUTER, width - 2 * OUTER, height - 2 * OUTER)
    canvas.setLineWidth(0.5)
    canvas.rect(INNER, INNER, width - 2 * INNER, height - 2 * INNER)
    _draw_corners(canvas, width, height)
    canvas.restoreState()


def _draw_waves(canvas: Any, width: float) -> None:
    canvas.setStrokeColor(WATER)
    canvas.setLineWidth(0.7)
    path = canvas.beginPath()
    for start, *curves in waves(width):
        path.moveTo(*start)
        for curve in curves:
            path.curveTo(*curve)
    canvas.drawPath(path, stroke=1, fill=0)


@cache
def waves(width: float) -> tuple[tuple[tuple[float, ...], ...], ...]:
    """Return the waves of the river as (start, curve, curve, …), from frame to frame."""
    left, right = INNER + 1.5 * mm, width - INNER - 1.5 * mm
    steps = 14
    stride = (right - left) / steps
    found = []
    for wave in range(WAVES):
        base = INNER + (4 + 7 * wave) * mm
        swing = (2.2 + 0.35 * wave) * mm
        line: list[tuple[float, ...]] = [(left, _level(base, swing, 0, wave))]
        for step in range(steps):
            x = left + step * stride
            line.append(
                (
                    x + stride / 2,
                    _level(base, swing, step, wave),
                    x + stride / 2,
                    _level(base, swing, step + 1, wave),
                    x + stride,
                    _level(base, swing, step + 1, wave),
                )
            )
        found.append(tuple(line))
    return tuple(found)


def _level(base: float, swing: float, step: int, wave: int) -> float:
    return base + swing * sin(step * pi / 2.5 + wave * 0.8)


def _draw_corners(canvas: Any, width: float, height: float) -> None:
    side = 5 * mm
    canvas.setLineWidth(0.5)
    for x in (OUTER, width - OUTER - side):
        for y in (OUTER, height - OUTER - side):
            canvas.rect(x + 0.9 * mm, y + 0.9 * mm, side - 1.8 * mm, side - 1.8 * mm)
