"""What a drawn signature must be: enough ink in the box, not more than a hand draws."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

WIDTH, HEIGHT = 1000, 400
MOST_STROKES, MOST_POINTS = 300, 6000
# A tenth of the box's width: less is a touch by mistake.
SHORTEST = 100.0

Strokes = list[list[list[int]]]


def strokes_of(sent: Any) -> Strokes | None:
    """Return the strokes as whole points of the box; None where it is no signature."""
    if not isinstance(sent, list) or len(sent) > MOST_STROKES:
        return None
    try:
        strokes = [[_point(point) for point in stroke] for stroke in sent if stroke]
    except (TypeError, ValueError):
        return None
    if sum(map(len, strokes)) > MOST_POINTS or _length(strokes) < SHORTEST:
        return None
    return strokes


def svg_of(strokes: Strokes) -> str:
    """Return the strokes as a picture."""
    lines = "".join(
        f"M{'L'.join(f'{x} {y}' for x, y in (stroke if len(stroke) > 1 else stroke * 2))}"
        for stroke in strokes
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><path d="{lines}" fill="none"'
        ' stroke="#123f9b" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def _point(point: Any) -> list[int]:
    x, y = point
    if isinstance(x, bool) or isinstance(y, bool) or not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
        raise ValueError("outside of the box")
    return [round(x), round(y)]


def _length(strokes: Strokes) -> float:
    return sum(
        ((x - u) ** 2 + (y - v) ** 2) ** 0.5 for stroke in strokes for (x, y), (u, v) in pairwise(stroke)
    )
