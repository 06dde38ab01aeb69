"""Text on its way to paper: one Unicode form, nothing invisible, nothing the font cannot draw."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape

from lms.base.documents.fonts import SERIF, drawable

EMPTY_BOX = "☐"
TICKED_BOX = "☑"
# Directions, joiners and the byte order mark: they come with copied text and print as nothing or as a box.
INVISIBLE_CATEGORIES = ("Cc", "Cf", "Cs", "Co", "Cn")
KEPT_CONTROLS = "\n\t"


@dataclass(frozen=True)
class Bold:
    """Words set in bold."""

    text: str


@dataclass(frozen=True)
class Italic:
    """Words set in italics."""

    text: str


Text = str | Bold | Italic | tuple["str | Bold | Italic", ...]


def clean(text: str, font: str = SERIF.regular) -> str:
    """Return the text in NFC without invisible signs; a sign the font lacks is named by its code, never lost."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    if _usual(font).issuperset(composed):
        return composed
    known = drawable(font)
    return "".join(_shown(sign, known) for sign in composed)


def plain(text: Text) -> str:
    """Return the words alone."""
    if isinstance(text, tuple):
        return "".join(plain(part) for part in text)
    return text if isinstance(text, str) else text.text


def markup(text: Text) -> str:
    """Return the text as a reportlab paragraph's source: all signs escaped, boxes as drawings."""
    if isinstance(text, tuple):
        return "".join(markup(part) for part in text)
    if isinstance(text, Bold):
        return f"<b>{_escaped(text.text)}</b>"
    if isinstance(text, Italic):
        return f"<i>{_escaped(text.text)}</i>"
    return _escaped(text)


def has_boxes(text: Text) -> bool:
    """Say whether the text holds a box to tick."""
    words = plain(text)
    return EMPTY_BOX in words or TICKED_BOX in words


def _escaped(text: str) -> str:
    source = escape(clean(text)).replace("\n", "<br/>").replace("\t", " ")
    # Three spaces of a quarter em are the room the box is drawn in.
    return source.replace(EMPTY_BOX, _box("empty")).replace(TICKED_BOX, _box("ticked"))


def _box(state: str) -> str:
    return f'<onDraw name="draw_box" label="{state}"/>' + "\u00a0" * 3


@cache
def _usual(font: str) -> frozenset[str]:
    """Return the signs that go to paper as they are."""
    signs = (chr(code) for code in drawable(font))
    visible = {sign for sign in signs if unicodedata.category(sign) not in INVISIBLE_CATEGORIES}
    return frozenset(visible | set(KEPT_CONTROLS))


def _shown(sign: str, known: frozenset[int]) -> str:
    if sign in KEPT_CONTROLS or sign in (EMPTY_BOX, TICKED_BOX):
        return sign
    if unicodedata.category(sign) in ("Cc", "Cf", "Cs"):
        return ""
    return sign if ord(sign) in known else f"[U+{ord(sign):04X}]"
