"""Lines of words: measured, broken evenly, and set with the rule the decree wants under them."""

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from lms.base.documents.markup import clean
from lms.base.documents.measures import LINE_SPACING, RULE_THICKNESS

Measure = Callable[[str], float]


def broken(text: str, measure: Measure, width: float) -> list[str]:
    """Return the text in lines no wider than `width`; a word too long for a line is cut."""
    if "\n" not in text and measure(text) <= width:
        return [text.strip(" ")]
    lines: list[str] = []
    for part in text.split("\n"):
        lines.extend(_filled([word for word in part.split(" ") if word], measure, width))
    return lines


def balanced(text: str, measure: Measure, width: float) -> list[str]:
    """Return the text in as few lines as fit, each about as long as the others."""
    greedy = broken(text, measure, width)
    if len(greedy) < 2 or "\n" in text:
        return greedy
    best = greedy
    for share in range(40, 100, 3):
        tried = broken(text, measure, width * share / 100)
        if len(tried) == len(greedy):
            best = tried
            break
    return best


def _filled(words: list[str], measure: Measure, width: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if line and measure(longer) > width:
            lines.append(line)
            longer = word
        if longer == word:  # alone on its line: only such a word may be too long for it
            *full, longer = _cut(word, measure, width)
            lines.extend(full)
        line = longer
    return [*lines, line]


def _cut(text: str, measure: Measure, width: float) -> list[str]:
    if measure(text) <= width:
        return [text]
    pieces = [text[0]]
    for before, sign in pairwise(text):
        del before
        if measure(pieces[-1] + sign) > width:
            pieces.append(sign)
        else:
            pieces[-1] += sign
    return pieces


class CentredLines(Flowable):
    """Words in the middle of their column, evenly broken, with a rule under them where asked."""

    def __init__(
        self, text: str, font: str, size: float, *, rule_share: float = 0, before: float = 0, after: float = 0
    ) -> None:
        super().__init__()
        self.text, self.font, self.size, self.rule_share = clean(text), font, size, rule_share
        self.spaceBefore, self.spaceAfter = before, after
        self.lines: list[str] = []

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Return the size the lines take."""
        del available_height
        self.width = available_width
        self.lines = balanced(self.text, self._measure, available_width) if self.text else []
        self.height = len(self.lines) * self.size * LINE_SPACING + (4 if self.rule_share else 0)
        return self.width, self.height

    def draw(self) -> None:
        """Draw the lines and the rule."""
        canvas = self.canv
        canvas.setFont(self.font, self.size)
        baseline = self.height - self.size
        for line in self.lines:
            canvas.drawCentredString(self.width / 2, baseline, line)
            baseline -= self.size * LINE_SPACING
        if self.rule_share and self.lines:
            self._draw_rule(baseline + self.size * (LINE_SPACING - 0.25) - 2)

    def _draw_rule(self, y: float) -> None:
        length = max(self._measure(line) for line in self.lines) * self.rule_share
        draw_rule(self.canv, self.width / 2 - length / 2, y, length)

    def _measure(self, line: str) -> float:
        return width_of(line, self.font, self.size)


def width_of(line: str, font: str, size: float) -> float:
    """Return the width of a line: its words, each measured once in the life of the process."""
    words = line.split(" ")
    return (sum(_word(word, font) for word in words) + (len(words) - 1) * _word(" ", font)) * size


@lru_cache(maxsize=20_000)
def _word(word: str, font: str) -> float:
    return float(stringWidth(word, font, 1))


def draw_rule(canvas: Any, x: float, y: float, length: float) -> None:
    """Draw a thin solid rule."""
    canvas.setLineWidth(RULE_THICKNESS)
    canvas.line(x, y, x + length, y)
