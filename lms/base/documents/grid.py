"""Tables of reports: any number of rows, the header again on every page, numbers under numbers."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, Spacer
from reportlab.platypus import Paragraph as Flow

from lms.base.documents.boxes import draw_box
from lms.base.documents.fonts import SERIF
from lms.base.documents.lines import balanced, broken, width_of
from lms.base.documents.markup import EMPTY_BOX, TICKED_BOX, clean, markup
from lms.base.documents.measures import LINE_SPACING, PARAGRAPH_GAP
from lms.base.documents.parts import Grid
from lms.base.documents.styles import Styles, style

PADDING = 3.0
LINE_THICKNESS = 0.5
# Caption, header and two rows: less than this at the foot of a page is left empty. No more than half a sheet on its
# side is: whatever needs more would find room on no page.
ROOM_TO_BEGIN, MOST_ROOM = 140.0, 240.0
# A row of more lines may not fit a sheet on its side: it is cut; a lower one goes whole to the next page.
WHOLE_ROW = 26
BOXES = {EMPTY_BOX: "empty", TICKED_BOX: "ticked"}

Lines = list[str]


def grid_flowables(grid: Grid, styles: Styles) -> list[Any]:
    """Return the caption, the unit and the table."""
    above: list[Flow] = []
    if grid.caption:
        caption = style(styles.sizes.body, font=SERIF.bold, align="center", after=2)
        above.append(Flow(markup(grid.caption), caption))
    if grid.unit:
        unit = style(styles.sizes.table, font=SERIF.italic, align="right", after=2)
        above.append(Flow(markup(grid.unit), unit))
    table = GridFlowable(grid, styles.sizes.table)
    return [RoomToBegin(above, table), Spacer(1, PARAGRAPH_GAP), *above, table]


class RoomToBegin(CondPageBreak):
    """Begins a page where the words above a table would stand at the foot of one without its first row."""

    def __init__(self, above: list[Flow], table: "GridFlowable") -> None:
        super().__init__(ROOM_TO_BEGIN)
        self.above, self.table = above, table

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Take no room; leave what is too little."""
        words = sum(
            flow.wrap(available_width, available_height)[1] + flow.getSpaceAfter() for flow in self.above
        )
        needed = PARAGRAPH_GAP + words + self.table.beginning(available_width)
        self.height = min(max(ROOM_TO_BEGIN, needed), MOST_ROOM)
        return super().wrap(available_width, available_height)


class GridFlowable(Flowable):
    """The rows of a grid from one index to another: a page takes what fits and leaves the rest, nothing is copied."""

    def __init__(
        self, grid: Grid, size: float, start: int = 0, stop: int | None = None, *, lines: slice = slice(None)
    ) -> None:
        super().__init__()
        self.grid, self.size, self.first_row_lines = grid, size, lines
        self.cut_from = 0.0  # less room than this is the foot of the page that the rows above stand on
        self.start, self.stop = start, len(grid.rows) if stop is None else stop
        self.leading = size * LINE_SPACING
        self._broken: dict[int, list[Lines]] = {}

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Return the full width and the height of the rows, counting no further than the page."""
        self._set_width(available_width)
        height = self._header_height()
        for index in range(self.start, self.stop):
            height += self._row_height(index)
            if height > available_height:
                break
        self.height = height
        return self.width, height

    def beginning(self, width: float) -> float:
        """Return the height of the header and of the first row, or of a line of a row that may be cut."""
        self._set_width(width)
        height = self._header_height()
        if self.start < self.stop:
            is_cut = max(map(len, self._lines(self.start))) > WHOLE_ROW
            height += self.leading + 2 * PADDING if is_cut else self._row_height(self.start)
        return height

    def split(self, available_width: float, available_height: float) -> list[Any]:
        """Return what fits on this page and the rest."""
        self._set_width(available_width)
        height = self._header_height()
        for index in range(self.start, self.stop):
            height += self._row_height(index)
            if height > available_height:
                return (
                    self._parted(index, available_height)
                    if index > self.start
                    else self._cut(available_height)
                )
        return [self]

    def draw(self) -> None:
        """Draw the header and the rows."""
        y = self._draw_header(self.height)
        for index in range(self.start, self.stop):
            y = self._draw_row(index, y)
        self.canv.setLineWidth(LINE_THICKNESS)
        for x in self.edges:
            if not self._inside_group(x):
                self.canv.line(x, 0, x, self.height)
            else:
                self.canv.line(x, 0, x, self.height - self._group_height())

    def _cut(self, available_height: float) -> list[Any]:
        """Return the first row in two pieces where it is too high for any page; nothing where it must move on."""
        room = int((available_height - self._header_height() - 2 * PADDING) // self.leading)
        if (
            available_height < self.cut_from
            or room < 1
            or max(len(lines) for lines in self._lines(self.start)) <= WHOLE_ROW
        ):
            return []
        drawn = self.first_row_lines.start or 0
        here, rest = slice(drawn, drawn + room), slice(drawn + room, None)
        return [
            GridFlowable(self.grid, self.size, self.start, self.start + 1, lines=here),
            GridFlowable(self.grid, self.size, self.start, self.stop, lines=rest)._from(available_height),
        ]

    def _from(self, height: float) -> "GridFlowable":
        self.cut_from = height
        return self

    def _parted(self, index: int, height: float) -> list[Any]:
        first = GridFlowable(self.grid, self.size, self.start, index, lines=self.first_row_lines)
        first._broken = {row: lines for row, lines in self._broken.items() if row < index}
        return [first, GridFlowable(self.grid, self.size, index, self.stop)._from(height)]

    def _set_width(self, width: float) -> None:
        self.width = width
        shares = [column.share for column in self.grid.columns]
        unit = width / sum(shares)
        self.edges = [sum(shares[:place]) * unit for place in range(len(shares) + 1)]

    def _cell_width(self, place: int) -> float:
        return self.edges[place + 1] - self.edges[place] - 2 * PADDING

    # Rows

    def _lines(self, index: int) -> list[Lines]:
        if index not in self._broken:
            font = self._font(index)
            row = self.grid.rows[index]
            taken = self.first_row_lines if index == self.start else slice(None)
            self._broken[index] = [
                self._cell_lines(cell, font, place)[taken] for place, cell in enumerate(row)
            ]
        return self._broken[index]

    def _cell_lines(self, cell: str, font: str, place: int) -> Lines:
        if cell in BOXES:
            return [cell]
        return broken(clean(cell), lambda text: width_of(text, font, self.size), self._cell_width(place))

    def _font(self, index: int) -> str:
        return SERIF.bold if index in self.grid.strong else SERIF.regular

    def _row_height(self, index: int) -> float:
        return max(len(lines) for lines in self._lines(index)) * self.leading + 2 * PADDING

    def _draw_row(self, index: int, top: float) -> float:
        font = self._font(index)
        for place, lines in enumerate(self._lines(index)):
            left, right = self.edges[place], self.edges[place + 1]
            self._draw_cell(lines, left, right, top, font=font, align=self.grid.columns[place].align)
        bottom = top - self._row_height(index)
        self._draw_line(bottom)
        return bottom

    def _draw_cell(
        self, lines: Lines, left: float, right: float, top: float, *, font: str, align: str
    ) -> None:
        canvas = self.canv
        canvas.setFont(font, self.size)
        baseline = top - PADDING - self.size
        for line in lines:
            if line in BOXES:
                draw_box(
                    canvas, (left + right - self.size) / 2, baseline, self.size, ticked=line == TICKED_BOX
                )
            elif align == "right":
                canvas.drawRightString(right - PADDING, baseline, line)
            elif align == "center":
                canvas.drawCentredString((left + right) / 2, baseline, line)
            else:
                canvas.drawString(left + PADDING, baseline, line)
            baseline -= self.leading

    def _draw_line(self, y: float, left: float = 0, right: float | None = None) -> None:
        self.canv.setLineWidth(LINE_THICKNESS)
        self.canv.line(left, y, self.width if right is None else right, y)

    # Header

    def _title_lines(self, title: str, left: float, right: float) -> Lines:
        return title_lines(title, self.size, right - left - 2 * PADDING)

    def _groups(self) -> list[tuple[str, int, int]]:
        """Return (title, first column, column after the last) of every run of columns under one title."""
        runs: list[tuple[str, int, int]] = []
        for place, column in enumerate(self.grid.columns):
            if runs and column.group and runs[-1][0] == column.group:
                runs[-1] = (column.group, runs[-1][1], place + 1)
            else:
                runs.append((column.group, place, place + 1))
        return runs

    def _group_height(self) -> float:
        titles = [
            self._title_lines(title, self.edges[start], self.edges[stop])
            for title, start, stop in self._groups()
            if title
        ]
        return max((len(lines) for lines in titles), default=0) * self.leading + (
            2 * PADDING if titles else 0
        )

    def _titles_height(self, columns: Sequence[int]) -> float:
        lines = [
            self._title_lines(self.grid.columns[place].title, self.edges[place], self.edges[place + 1])
            for place in columns
        ]
        return max((len(found) for found in lines), default=0) * self.leading + 2 * PADDING

    def _header_height(self) -> float:
        places = range(len(self.grid.columns))
        grouped = [place for place in places if self.grid.columns[place].group]
        alone = [place for place in places if not self.grid.columns[place].group]
        under = self._titles_height(grouped) if grouped else 0
        return max(self._group_height() + under, self._titles_height(alone))

    def _draw_header(self, top: float) -> float:
        bottom = top - self._header_height()
        under = top - self._group_height()
        self._draw_line(top)
        for title, start, stop in self._groups():
            if title:
                self._draw_title(title, self.edges[start], self.edges[stop], top, under)
                self._draw_line(under, self.edges[start], self.edges[stop])
        for place, column in enumerate(self.grid.columns):
            above = under if column.group else top
            self._draw_title(column.title, self.edges[place], self.edges[place + 1], above, bottom)
        self._draw_line(bottom)
        return bottom

    def _draw_title(self, title: str, left: float, right: float, top: float, bottom: float) -> None:
        lines = self._title_lines(title, left, right)
        room = (top - bottom - len(lines) * self.leading) / 2 - PADDING
        self._draw_cell(lines, left, right, top - room, font=SERIF.bold, align="center")

    def _inside_group(self, x: float) -> bool:
        return any(self.edges[start] < x < self.edges[stop] for title, start, stop in self._groups() if title)


@lru_cache(maxsize=2000)
def title_lines(title: str, size: float, width: float) -> Lines:
    """Return a column's title in even lines; every page asks again."""
    return balanced(clean(title), lambda text: width_of(text, SERIF.bold, size), width)
