"""☐ and ☑ as lines: no font of ours has them."""

from typing import Any

STROKE = 0.7


def draw_box(canvas: Any, x: float, baseline: float, size: float, *, ticked: bool) -> None:
    """Draw a box as high as a capital letter with its lower left corner on the baseline, ticked or not."""
    side = size * 0.72
    canvas.saveState()
    canvas.setLineWidth(STROKE)
    canvas.rect(x, baseline - size * 0.04, side, side, stroke=1, fill=0)
    if ticked:
        path = canvas.beginPath()
        path.moveTo(x + side * 0.18, baseline + side * 0.45)
        path.lineTo(x + side * 0.42, baseline + side * 0.16)
        path.lineTo(x + side * 0.84, baseline + side * 0.76)
        canvas.setLineWidth(STROKE * 1.7)
        canvas.drawPath(path, stroke=1, fill=0)
    canvas.restoreState()
