"""All 134 marked Vietnamese letters, composed and decomposed, come out right on paper."""

import io
import unicodedata

import pdfplumber
import pytest
from reportlab.pdfbase import pdfmetrics

from lms.base.documents import Document, Paragraph, render_pdf
from lms.base.documents.fonts import FILES, register
from lms.base.documents.specimen import LETTERS, NAMES, specimen_pdf

# Written by hand, not computed, so that the sheet cannot agree with itself by mistake.
BY_HAND = (
    "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
    "ÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬÈẺẼÉẸÊỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴĐ"
)


def text_of(content: bytes) -> str:
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def test_the_sheet_knows_the_134_letters():
    assert "".join(LETTERS) == BY_HAND
    assert len(set(BY_HAND)) == 134


@pytest.mark.parametrize("font", FILES)
def test_every_font_has_a_glyph_for_every_letter(font):
    register()
    glyphs = pdfmetrics.getFont(font).face.charToGlyph
    assert [letter for letter in BY_HAND if not glyphs.get(ord(letter))] == []


def test_the_sheet_shows_each_letter_twice():
    text = text_of(specimen_pdf())
    tables = text[: text.index("Nguyễn Thị")]
    assert {letter: tables.count(letter) for letter in BY_HAND if tables.count(letter) < 2} == {}


def test_both_forms_come_out_as_the_same_composed_text():
    text = text_of(specimen_pdf())
    assert text == unicodedata.normalize("NFC", text)
    assert " ".join(text.split()).count(NAMES) == 2
    assert " ".join(text.split()).count(NAMES.upper()) == 2


def test_decomposed_letters_are_drawn_with_one_glyph_each():
    composed = render_pdf(Document(None, None, (Paragraph(BY_HAND),)))
    decomposed = render_pdf(Document(None, None, (Paragraph(unicodedata.normalize("NFD", BY_HAND)),)))
    assert composed == decomposed
