"""The text of a document as paragraphs and tables of Word; chapters and articles are counted as on paper."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from functools import singledispatchmethod
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from lms.base.documents import parts
from lms.base.documents.body import joined, roman
from lms.base.documents.markup import Bold, Text
from lms.base.documents.measures import Sizes
from lms.base.documents.word.paper import TEXT_MM, fix_widths, shape, write
from lms.base.documents.wording import ended, point_letter

GAP = 6.0


class WordBody:
    """Writes blocks at the end of a Word document."""

    def __init__(self, docx: Any, sizes: Sizes, width_mm: float = TEXT_MM) -> None:
        self.docx, self.sizes, self.width_mm = docx, sizes, width_mm
        self.chapters = self.articles = 0

    def write(self, blocks: Iterable[parts.Block]) -> None:
        """Write every block, in order."""
        for block in blocks:
            self.block(block)

    @singledispatchmethod
    def block(self, block: parts.Block) -> None:
        """Write one block."""
        raise TypeError(f"a document has no part of kind {type(block).__name__}")

    @block.register
    def _(self, block: parts.Basis) -> None:
        last = len(block.lines) - 1
        for place, line in enumerate(block.lines):
            self._paragraph(ended(line, "." if place == last else ";"), italic=True)

    @block.register
    def _(self, block: parts.Paragraph) -> None:
        indent = block.indent and block.align in ("justify", "left")
        self._paragraph(block.text, align=block.align, indent=indent)

    @block.register
    def _(self, block: parts.Heading) -> None:
        align = "center" if block.centred else "left"
        self._paragraph(block.text, align=align, indent=not block.centred, bold=True, keep=True)

    @block.register
    def _(self, block: parts.Chapter) -> None:
        self.chapters += 1
        for line in (f"Chương {roman(self.chapters)}", block.title.upper()):
            self._paragraph(line, align="center", indent=False, bold=True, keep=True)

    @block.register
    def _(self, block: parts.Article) -> None:
        self.articles += 1
        number = f"Điều {self.articles}."
        if block.heading:
            self._paragraph(f"{number} {block.heading}", align="left", bold=True, keep=True)
            if block.text:
                self._paragraph(block.text)
        else:
            self._paragraph(joined(Bold(number), " ", block.text))
        self._clauses(block.clauses)

    @block.register
    def _(self, block: parts.Clauses) -> None:
        self._clauses(block.items)

    @block.register
    def _(self, block: parts.Dashes) -> None:
        for item in block.items:
            self._paragraph(joined("- ", item))

    @block.register
    def _(self, block: parts.Grid) -> None:
        if block.caption:
            self._paragraph(block.caption, align="center", indent=False, bold=True, keep=True)
        if block.unit:
            self._line(block.unit, align="right", italic=True)
        _Table(self.docx, block, self.sizes.table, self.width_mm).draw()
        self._line("")

    @block.register
    def _(self, block: parts.Picture) -> None:
        paragraph = self.docx.add_paragraph()
        shape(paragraph, align="center", before=GAP, keep_with_next=bool(block.caption))
        picture = paragraph.add_run().add_picture(io.BytesIO(block.content))
        scale = min(Mm(block.width_mm) / picture.width, Mm(block.height_mm) / picture.height)
        picture.width, picture.height = int(picture.width * scale), int(picture.height * scale)
        if block.caption:
            self._line(block.caption, align="center", italic=True)

    @block.register
    def _(self, block: parts.Gap) -> None:
        paragraph = self.docx.add_paragraph()
        shape(paragraph)
        paragraph.paragraph_format.line_spacing = Mm(block.height_mm)

    @block.register
    def _(self, block: parts.OneSheet) -> None:
        for part in block.body:  # in Word whoever prints sets it smaller
            self.block(part)

    def _clauses(self, clauses: Sequence[parts.Clause]) -> None:
        for number, clause in enumerate(clauses, start=1):
            self._paragraph(joined(f"{number}. ", clause.text))
            for place, point in enumerate(clause.points):
                self._paragraph(joined(f"{point_letter(place)}) ", point))

    def _paragraph(
        self,
        text: Text,
        *,
        align: str = "justify",
        indent: bool = True,
        bold: bool = False,
        italic: bool = False,
        keep: bool = False,
    ) -> None:
        paragraph = self.docx.add_paragraph()
        shape(paragraph, align=align, indent=indent, before=GAP, keep_with_next=keep)
        write(paragraph, text, self.sizes.body, bold=bold, italic=italic)

    def _line(self, text: str, *, align: str = "left", italic: bool = False) -> None:
        paragraph = self.docx.add_paragraph()
        shape(paragraph, align=align)
        write(paragraph, text, self.sizes.table, italic=italic)


class _Table:
    """One grid: titles over groups of columns, the header again on every page."""

    def __init__(self, docx: Any, grid: parts.Grid, size: float, width_mm: float) -> None:
        self.grid, self.size = grid, size
        self.grouped = any(column.group for column in grid.columns)
        rows = (2 if self.grouped else 1) + len(grid.rows)
        self.table = docx.add_table(rows=rows, cols=len(grid.columns))
        _draw_lines(self.table)
        shares = [column.share for column in grid.columns]
        fix_widths(self.table, [width_mm * share / sum(shares) for share in shares])

    def draw(self) -> None:
        """Write header and rows."""
        # Asked once: python-docx walks the whole table for each cell that is asked by its place.
        rows = [list(row.cells) for row in self.table.rows]
        first = self._header(rows)
        for index, row in enumerate(self.grid.rows):
            for column, cell, text in zip(self.grid.columns, rows[first + index], row, strict=True):
                self._fill(cell, text, column.align, bold=index in self.grid.strong)

    def _header(self, rows: list[list[Any]]) -> int:
        last = 1 if self.grouped else 0
        for place, column in enumerate(self.grid.columns):
            if self.grouped and not column.group:
                cell = rows[0][place].merge(rows[last][place])
            else:
                cell = rows[last][place]
            self._fill(cell, column.title, "center", bold=True)
        if self.grouped:
            self._groups(rows[0])
        for row in self.table.rows[: last + 1]:
            repeated = OxmlElement("w:tblHeader")
            repeated.set(qn("w:val"), "true")
            row._tr.get_or_add_trPr().append(repeated)
        return last + 1

    def _groups(self, cells: list[Any]) -> None:
        columns, place = self.grid.columns, 0
        while place < len(columns):
            stop = place + 1
            while (
                stop < len(columns) and columns[place].group and columns[stop].group == columns[place].group
            ):
                stop += 1
            if columns[place].group:
                merged = cells[place].merge(cells[stop - 1])
                self._fill(merged, columns[place].group, "center", bold=True)
            place = stop

    def _fill(self, cell: Any, text: str, align: str, *, bold: bool) -> None:
        paragraph = cell.paragraphs[0]
        shape(paragraph, align=align)
        write(paragraph, text, self.size, bold=bold)


def _draw_lines(table: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
