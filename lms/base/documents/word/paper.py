"""Sheets and paragraphs of Word with the measures of Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

import unicodedata
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from lms.base.documents.markup import Bold, Italic, Text

FONT = "Times New Roman"
POINT_MM = 25.4 / 72
A4 = (Mm(210), Mm(297))
MARGINS = {"top_margin": 20, "bottom_margin": 20, "left_margin": 30, "right_margin": 15}
TEXT_MM, TEXT_MM_LANDSCAPE = 165, 252
FIRST_LINE = Mm(12.7)
GAP = Pt(6)
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def words(text: str) -> str:
    """Return the text in NFC without what XML or a reader cannot take."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(c for c in composed if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))


def write(paragraph: Any, text: Text, size: float, *, bold: bool = False, italic: bool = False) -> None:
    """Add the text to the paragraph; a line break stays one."""
    for part in text if isinstance(text, tuple) else (text,):
        plain = part if isinstance(part, str) else part.text
        run = paragraph.add_run(words(plain))
        set_font(run, size, bold=bold or isinstance(part, Bold), italic=italic or isinstance(part, Italic))


def set_font(run: Any, size: float, *, bold: bool = False, italic: bool = False) -> None:
    """Set letters in Times New Roman for every script."""
    run.font.name, run.font.size, run.font.bold, run.font.italic = FONT, Pt(size), bold, italic
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)


def shape(
    paragraph: Any,
    *,
    align: str = "left",
    indent: bool = False,
    before: float = 0,
    keep_with_next: bool = False,
) -> None:
    """Give the paragraph alignment, first line and the room above."""
    layout = paragraph.paragraph_format
    layout.alignment = ALIGN[align]
    layout.first_line_indent = FIRST_LINE if indent else Mm(0)
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(0), 1.0
    layout.keep_with_next = keep_with_next
    layout.widow_control = True


def sheet(section: Any, *, landscape: bool = False) -> None:
    """Make the section A4 with the decree's margins; its first page bears no number."""
    width, height = reversed(A4) if landscape else A4
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    for name, millimetres in MARGINS.items():
        setattr(section, name, Mm(millimetres))
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True


def number_pages(section: Any, size: float) -> None:
    """Put the page number in the middle of the top margin."""
    section.header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    shape(paragraph, align="center")
    run = paragraph.add_run()
    set_font(run, size)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._element.append(mark)


def begin_at_one(section: Any) -> None:
    """Let the section count its pages anew."""
    # A new section is a copy of the one before, with what that one was given.
    for copied in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(copied)
    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:start"), "1")
    # Word reads the properties of a section in the order of its schema alone.
    section._sectPr.insert_element_before(numbers, "w:cols", "w:titlePg", "w:docGrid")


def rule_under(paragraph: Any, room_mm: float, length_mm: float) -> None:
    """Make the empty paragraph a thin rule of that length in the middle of its room."""
    shape(paragraph, align="center")
    layout = paragraph.paragraph_format
    side = Mm(max(0.0, (room_mm - length_mm) / 2))
    layout.left_indent = layout.right_indent = side
    layout.line_spacing = Pt(4)
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    border.append(top)
    properties = paragraph._element.get_or_add_pPr()
    properties.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
    run = paragraph.add_run()
    set_font(run, 2)


def bare_table(where: Any, shares_mm: list[float], rows: int = 1) -> Any:
    """Add a table without lines, its columns that wide."""
    table = where.add_table(rows=rows, cols=len(shares_mm))
    fix_widths(table, shares_mm)
    return table


def fix_widths(table: Any, widths_mm: list[float]) -> None:
    """Fix the widths of the columns, whatever their words want."""
    table.autofit = False
    for place, width in enumerate(widths_mm):
        table.columns[place].width = Mm(width)
        for cell in table.columns[place].cells:
            cell.width = Mm(width)
