"""Who signs and who receives: ô số 7 and 9b."""

from collections.abc import Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Paragraph as Flow
from reportlab.platypus import Spacer, Table

from lms.base.documents.fonts import SERIF
from lms.base.documents.lines import CentredLines
from lms.base.documents.markup import markup
from lms.base.documents.measures import PARAGRAPH_GAP
from lms.base.documents.parts import Signature
from lms.base.documents.styles import Styles, style
from lms.base.documents.wording import ended

ROOM_TO_SIGN = 26 * mm
SIDE_ROOM = 4.0
COLUMNS = 3


def signing_flowables(
    signatures: Sequence[Signature], recipients: Sequence[str], styles: Styles, width: float
) -> list[Any]:
    """Return the signatures: one at the right, level with Nơi nhận; several in columns, Nơi nhận under them."""
    if not signatures and not recipients:
        return []
    received = recipients_flowables(recipients, styles)
    if len(signatures) <= 1:
        signed = [_signature(one, styles) for one in signatures] or [[]]
        return [Spacer(1, PARAGRAPH_GAP * 2), _columns([[received or [Spacer(1, 1)], *signed]], width)]
    found: list[Any] = []
    for row in _rows([_signature(one, styles) for one in signatures]):
        found += [Spacer(1, PARAGRAPH_GAP * 2), _columns([row], width)]
    return [*found, *received]


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


def _signature(signature: Signature, styles: Styles) -> list[Any]:
    size = styles.sizes.body
    found: list[Any] = [CentredLines(text.upper(), SERIF.bold, size) for text in signature.title]
    if signature.note:
        found.append(CentredLines(signature.note, SERIF.italic, size - 1))
    found += [Spacer(1, ROOM_TO_SIGN), CentredLines(signature.name, SERIF.bold, size)]
    if signature.below:
        found.append(CentredLines(signature.below, SERIF.regular, size))
    return found


def _rows(blocks: list[list[Any]]) -> list[list[list[Any]]]:
    """Return the blocks in rows of at most three, as even as can be (four stand two and two)."""
    rows = -(-len(blocks) // COLUMNS)
    size = -(-len(blocks) // rows)
    return [blocks[start : start + size] for start in range(0, len(blocks), size)]


def _columns(rows: list[list[Any]], width: float) -> Table:
    count = len(rows[0])
    style_commands = [
        ("FONT", (0, 0), (-1, -1), SERIF.regular),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), SIDE_ROOM),
        ("RIGHTPADDING", (0, 0), (-1, -1), SIDE_ROOM),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), PARAGRAPH_GAP),
        ("LEFTPADDING", (0, 0), (0, 0), 0),
    ]
    return Table(rows, colWidths=[width / count] * count, style=style_commands)
