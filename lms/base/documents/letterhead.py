"""The top of page 1: issuing body and name of the State side by side, number, place and date, kind and subject."""

from typing import Any

from reportlab.platypus import Spacer, Table

from lms.base.documents.fonts import SERIF
from lms.base.documents.lines import CentredLines
from lms.base.documents.measures import LETTERHEAD_SHARES, RULE_SHARE
from lms.base.documents.parts import DocumentHead, Letterhead
from lms.base.documents.styles import Styles
from lms.base.documents.wording import document_number, place_and_date

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
ROOM_BETWEEN = 6.0
SUBJECT_GAP = 6.0


def letterhead_flowables(letterhead: Letterhead, styles: Styles, width: float) -> list[Any]:
    """Return ô số 1–4 (and 5b) as one table of two columns."""
    left, right = (share * width for share in LETTERHEAD_SHARES)
    rows = [[_issuer(letterhead, styles), _nation(styles)]]
    below = _number_row(letterhead, styles)
    if below:
        rows.append(below)
    table = Table(rows, colWidths=[left, right], style=_bare_style())
    return [table, Spacer(1, ROOM_BETWEEN)]


def head_flowables(head: DocumentHead, styles: Styles) -> list[Any]:
    """Return ô số 5a: the kind, what it is about, the rule, and who decides."""
    size = styles.sizes.body
    share = 0 if head.subject else RULE_SHARE
    found: list[Any] = [CentredLines(head.kind.upper(), SERIF.bold, size, rule_share=share, before=6)]
    if head.subject:
        found.append(CentredLines(head.subject, SERIF.bold, size, rule_share=RULE_SHARE, after=2))
    if head.authority:
        found.append(CentredLines(head.authority.upper(), SERIF.bold, size, before=6))
    return [*found, Spacer(1, ROOM_BETWEEN)]


def _issuer(letterhead: Letterhead, styles: Styles) -> list[Any]:
    size = styles.sizes.nation
    issuer = CentredLines(letterhead.issuer.upper(), SERIF.bold, size, rule_share=RULE_SHARE)
    if not letterhead.superior:
        return [issuer]
    return [CentredLines(letterhead.superior.upper(), SERIF.regular, size), issuer]


def _nation(styles: Styles) -> list[Any]:
    return [
        CentredLines(NATION, SERIF.bold, styles.sizes.nation),
        CentredLines(MOTTO, SERIF.bold, styles.sizes.motto, rule_share=1),
    ]


def _number_row(letterhead: Letterhead, styles: Styles) -> list[list[Any]]:
    left: list[Any] = []
    right: list[Any] = []
    # Number and date stand on one line: both get the height of the larger.
    if letterhead.show_number:
        number = document_number(letterhead.number, letterhead.symbol)
        drop = styles.sizes.motto - styles.sizes.number
        left += [Spacer(1, drop), CentredLines(number, SERIF.regular, styles.sizes.number)]
    if letterhead.subject:
        left += [Spacer(1, SUBJECT_GAP), CentredLines(letterhead.subject, SERIF.regular, styles.sizes.nation)]
    if letterhead.place:
        date_line = place_and_date(letterhead.place, letterhead.on)
        right.append(CentredLines(date_line, SERIF.italic, styles.sizes.motto))
    return [left, right] if left or right else []


def _bare_style() -> list[tuple[Any, ...]]:
    return [
        ("FONT", (0, 0), (-1, -1), SERIF.regular),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), ROOM_BETWEEN),
    ]
