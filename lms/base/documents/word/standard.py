"""Our own template: the head of NĐ 30/2020, Phụ lục I, with the names of `fields` in it; made by code, never stored."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from docx import Document as NewDocx
from docx.shared import Pt

from lms.base.documents.fonts import SERIF, register
from lms.base.documents.letterhead import MOTTO
from lms.base.documents.lines import width_of
from lms.base.documents.measures import LARGE, LETTERHEAD_SHARES, RULE_SHARE, Sizes
from lms.base.documents.word.paper import (
    FONT,
    POINT_MM,
    TEXT_MM,
    bare_table,
    number_pages,
    rule_under,
    set_font,
    shape,
    sheet,
    write,
)


@cache
def standard_template(sizes: Sizes = LARGE) -> bytes:
    """Return the template as a .docx file."""
    docx = NewDocx()
    docx.styles["Normal"].font.name, docx.styles["Normal"].font.size = FONT, Pt(sizes.body)
    sheet(docx.sections[0])
    number_pages(docx.sections[0], sizes.page_number)
    _tag(docx, "{%p if issuer %}")
    _letterhead(docx, sizes)
    _tag(docx, "{%p endif %}")
    _when(docx, "kind", sizes.body, bold=True, before=12)
    _when(docx, "about", sizes.body, bold=True)
    _tag(docx, "{%p if kind %}")
    rule_under(docx.add_paragraph(), TEXT_MM, TEXT_MM * RULE_SHARE / 2)
    _tag(docx, "{%p endif %}")
    _when(docx, "authority", sizes.body, bold=True, before=6)
    _tag(docx, "{{ body }}")
    _tag(docx, "{{ signing }}")
    target = io.BytesIO()
    docx.save(target)
    return target.getvalue()


def _letterhead(docx: Any, sizes: Sizes) -> None:
    left_mm, right_mm = (share * TEXT_MM for share in LETTERHEAD_SHARES)
    table = bare_table(docx, [left_mm, right_mm], rows=2)
    for row in table.rows:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
    left, right = table.rows[0].cells
    _when(left, "superior", sizes.nation)
    _line(left, "{{ issuer }}", sizes.nation, bold=True)
    rule_under(left.add_paragraph(), left_mm, left_mm * RULE_SHARE)
    _line(right, "{{ nation }}", sizes.nation, bold=True, first=True)
    _line(right, "{{ motto }}", sizes.motto, bold=True)
    register()
    rule_under(right.add_paragraph(), right_mm, width_of(MOTTO, SERIF.bold, sizes.motto) * POINT_MM)
    left, right = table.rows[1].cells
    _when(left, "number_line", sizes.number)
    _when(left, "subject_line", sizes.nation, before=6)
    _line(right, "{{ place_date }}", sizes.motto, italic=True, first=True)
    # A cell must end in a paragraph, also where neither number nor subject is printed.
    last = left.add_paragraph()
    shape(last)
    last.paragraph_format.line_spacing = Pt(1)


def _when(where: Any, name: str, size: float, *, bold: bool = False, before: float = 0) -> None:
    """Write the field on a line of its own that is not there where the field is empty."""
    first = where.paragraphs[0] if hasattr(where, "_tc") and not where.paragraphs[0].text else None
    _tag(where, "{%p if " + name + " %}", first)
    _line(where, "{{ " + name + " }}", size, bold=bold, before=before)
    _tag(where, "{%p endif %}")


def _line(
    where: Any,
    text: str,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    before: float = 0,
    first: bool = False,
) -> None:
    paragraph = where.paragraphs[0] if first else where.add_paragraph()
    shape(paragraph, align="center", before=before)
    write(paragraph, text, size, bold=bold, italic=italic)


def _tag(where: Any, text: str, paragraph: Any = None) -> None:
    paragraph = where.add_paragraph() if paragraph is None else paragraph
    shape(paragraph)
    set_font(paragraph.add_run(text), 13)
