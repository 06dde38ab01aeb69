"""Words made as large as their place allows."""

from __future__ import annotations

from lms.base.documents.lines import balanced, width_of
from lms.base.documents.markup import clean

LINE = 1.22  # of the size, from baseline to baseline


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
