"""Who signs and who receives: ô số 7 and 9b."""

from collections.abc import Sequence
from typing import Any, TypeVar

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table
from reportlab.platypus import Paragraph as Flow

from lms.base.documents.fonts import SERIF
from lms.base.documents.ink import draw_ink
from lms.base.documents.lines import CentredLines
from lms.base.documents.markup import markup
from lms.base.documents.measures import PARAGRAPH_GAP, Place
from lms.base.documents.parts import Signature
from lms.base.documents.styles import Styles, style
from lms.base.documents.wording import ended

ROOM_TO_SIGN = 26 * mm
SIDE_ROOM = 4.0
COLUMNS = 3
One = TypeVar("One")


def signing_flowables(
    signatures: Sequence[Signature], recipients: Sequence[str], styles: Styles, width: float
) -> list[Any]:
    """Return the signatures: one at the right, level with Nơi nhận; several in columns, Nơi nhận under them."""
    if not signatures and not recipients:
        return []
    received = recipients_flowables(recipients, styles)
    if len(signatures) <= 1:
        signed = [[part for parts in _parts(one, styles) for part in parts] for one in signatures] or [[]]
        return [Spacer(1, PARAGRAPH_GAP * 2), _columns([[received or [Spacer(1, 1)], *signed]], width)]
    found: list[Any] = []
    for row in in_rows(signatures):
        # Row by row, so that the names stand level whatever the length of the titles.
        levels = [list(level) for level in zip(*(_parts(one, styles) for one in row), strict=True)]
        found += [Spacer(1, PARAGRAPH_GAP * 2), _columns(levels, width, below=0)]
    return [*found, Spacer(1, PARAGRAPH_GAP * 2), *received]


def recipients_flowables(recipients: Sequence[str], styles: Styles) -> list[Any]:
    """Return "Nơi nhận:" and its lines, each closed by a semicolon, the last by a full stop."""
    if not recipients:
        return []
    sizes = styles.sizes
    title = style(sizes.recipients_title, font=SERIF.bold_italic)
    line = style(sizes.recipients)
    last = len(recipients) - 1
    closed = (ended(text, "." if place == last else ";") for place, text in enumerate(recipients))
    return [Flow("Nơi nhận:", title), *(Flow(markup(f"- {text}"), line) for text in closed)]


def _parts(signature: Signature, styles: Styles) -> tuple[list[Any], ...]:
    """Return title, note, the room to sign in, and the name with what stands under it."""
    size = styles.sizes.body
    title: list[Any] = [CentredLines(text.upper(), SERIF.bold, size) for text in signature.title]
    note = [CentredLines(signature.note, SERIF.italic, size - 1)] if signature.note else []
    name = [CentredLines(signature.name, SERIF.bold, size)]
    if signature.below:
        name.append(CentredLines(signature.below, SERIF.regular, size))
    return title, note, [SigningRoom(signature)], name


class SigningRoom(Flowable):
    """The room between post and name; the sheet's canvas is told where it lies."""

    def __init__(self, signature: Signature) -> None:
        super().__init__()
        self.signature, self.height = signature, ROOM_TO_SIGN

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Return the size: as wide as the column."""
        del available_height
        self.width = available_width
        return self.width, self.height

    def draw(self) -> None:
        """Note the place, and draw what was drawn on a screen."""
        left, bottom = self.canv.absolutePosition(0, 0)
        box = (left, bottom, left + self.width, bottom + self.height)
        self.canv.places.append(Place(self.signature.key, self.canv.getPageNumber() - 1, box))
        if self.signature.ink:
            draw_ink(self.canv, self.signature.ink, self.width, self.height)


def in_rows(blocks: Sequence[One]) -> list[Sequence[One]]:
    """Return the blocks in rows of at most three, as even as can be (four stand two and two)."""
    rows = -(-len(blocks) // COLUMNS)
    size = -(-len(blocks) // rows)
    return [blocks[start : start + size] for start in range(0, len(blocks), size)]


def _columns(rows: list[list[Any]], width: float, *, below: float = PARAGRAPH_GAP) -> Table:
    count = len(rows[0])
    style_commands = [
        ("FONT", (0, 0), (-1, -1), SERIF.regular),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), SIDE_ROOM),
        ("RIGHTPADDING", (0, 0), (-1, -1), SIDE_ROOM),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), below),
        ("LEFTPADDING", (0, 0), (0, 0), 0),
    ]
    return Table(rows, colWidths=[width / count] * count, style=style_commands)
