"""A sheet on which every Vietnamese letter stands in both Unicode forms, to be looked at and measured."""

import unicodedata
from typing import Literal

from lms.base.documents.parts import Column, Document, DocumentHead, Grid, Paragraph
from lms.base.documents.render import render_pdf

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # ngang, huyền, hỏi, ngã, sắc, nặng
# The letters that differ from ASCII: 12 vowels × 6 tones and đ, without the six bare ASCII vowels.
MARKED = (unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES)
LOWER = (*(letter for letter in MARKED if not letter.isascii()), "đ")
LETTERS = LOWER + tuple(letter.upper() for letter in LOWER)
NAMES = "Nguyễn Thị Ngọc Quỳnh, Trịnh Đỗ Hữu Nghĩa, Lê Ỷ Lan, Võ Ẵm, Phạm Ưởng Sỹ"


def specimen_pdf() -> bytes:
    """Return the test sheet."""
    return render_pdf(specimen())


def specimen() -> Document:
    """Return the sheet's description: a table of letters composed (NFC) and decomposed (NFD), then running text."""
    decomposed = unicodedata.normalize("NFD", NAMES)
    return Document(
        letterhead=None,
        head=DocumentHead("Bảng thử chữ Việt", "134 chữ cái có dấu, dựng sẵn và tổ hợp"),
        body=(
            _table("Dựng sẵn (NFC)", "NFC"),
            _table("Tổ hợp (NFD)", "NFD"),
            *(Paragraph(text) for text in (NAMES, decomposed, NAMES.upper(), decomposed.upper())),
        ),
        end_mark=False,
    )


def _table(caption: str, form: Literal["NFC", "NFD"]) -> Grid:
    in_row = 17
    letters = [unicodedata.normalize(form, letter) for letter in LETTERS]
    letters += [""] * (-len(letters) % in_row)
    rows = tuple(tuple(letters[start : start + in_row]) for start in range(0, len(letters), in_row))
    return Grid(
        tuple(Column(str(place + 1), align="center") for place in range(in_row)), rows, caption=caption
    )
