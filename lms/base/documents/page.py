"""Sheets of A4: margins, page numbers in the top margin, the file's own facts."""

import calendar
import threading
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import TimeStamp
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from lms.base.documents.boxes import draw_box
from lms.base.documents.fonts import SERIF, register
from lms.base.documents.measures import MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP, Place, Sizes

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
WATERMARK = "BẢN NHÁP"
FOOTER_SIZE = 8
# reportlab cuts a font's subset by moving a position in the one font all threads share (TTFontParser.seek):
# two files finished at once would get each other's letters.
CUTTING = threading.Lock()
PORTRAIT, LANDSCAPE = "portrait", "landscape"


class PaperCanvas(Canvas):
    """A canvas that begins in Tinos (not Helvetica), draws boxes, and writes the same bytes for the same pages."""

    made_at: datetime | None = None
    places: list[Place]

    def __init__(self, filename: Any, **options: Any) -> None:
        register()
        options.update(initialFontName=SERIF.regular, invariant=1, lang="vi")
        super().__init__(filename, **options)
        self.setNamedCB("draw_box", _draw_inline_box)
        if self.made_at:
            self._doc._timeStamp = stamp(self.made_at)

    def save(self) -> None:
        """Write the file, one at a time in a process."""
        with CUTTING:
            super().save()


def canvas_made_at(made_at: datetime | None, places: list[Place] | None = None) -> type[PaperCanvas]:
    """Return the canvas class whose files say they were made at that instant; it notes where one signs."""
    return type(
        "PaperCanvas", (PaperCanvas,), {"made_at": made_at, "places": [] if places is None else places}
    )


def stamp(instant: datetime) -> TimeStamp:
    """Return the instant in Vietnam's time as reportlab writes it into the file."""
    local = instant.astimezone(VIETNAM)
    found = TimeStamp(invariant=1)
    found.t = calendar.timegm(instant.utctimetuple())
    found.lt = local.timetuple()
    found.YMDhms = tuple(found.lt)[:6]
    found.dhh, found.dmm, found.tzname = 7, 0, "+07"
    return found


class Paper(BaseDocTemplate):
    """The sheets of a document: page 1 of each part bears no number, the others count within their part."""

    FIRST: ClassVar = {PORTRAIT: "first-portrait", LANDSCAPE: "first-landscape"}

    def __init__(
        self, target: Any, *, sizes: Sizes, draft: bool, footer: str = "", start: str = PORTRAIT, **facts: Any
    ) -> None:
        super().__init__(target, pagesize=_sheet(start), allowSplitting=1, **facts)
        self.sizes, self.draft, self.footer, self.before_part = sizes, draft, footer, 0
        order = [start, LANDSCAPE if start == PORTRAIT else PORTRAIT]
        self.addPageTemplates([template for way in order for template in self._templates(way)])

    def _templates(self, way: str) -> list[PageTemplate]:
        width, height = _sheet(way)
        pages = []
        for name, next_name, number in (
            (f"first-{way}", f"later-{way}", self._begin_part),
            (f"later-{way}", None, self._draw_number),
        ):
            frame = Frame(
                MARGIN_LEFT,
                MARGIN_BOTTOM,
                width - MARGIN_LEFT - MARGIN_RIGHT,
                height - MARGIN_TOP - MARGIN_BOTTOM,
                *(0, 0, 0, 0),
                id=name,
            )
            pages.append(
                PageTemplate(
                    name, [frame], onPage=number, pagesize=(width, height), autoNextPageTemplate=next_name
                )
            )
        return pages

    def _begin_part(self, canvas: Any, paper: Any) -> None:
        self.before_part = canvas.getPageNumber() - 1
        self._draw_edges(canvas)

    def _draw_number(self, canvas: Any, paper: Any) -> None:
        width, height = canvas._pagesize
        canvas.saveState()
        canvas.setFont(SERIF.regular, self.sizes.page_number)
        middle = (MARGIN_LEFT + width - MARGIN_RIGHT) / 2
        number = canvas.getPageNumber() - self.before_part
        canvas.drawCentredString(middle, height - MARGIN_TOP / 2 - 2 * mm, str(number))
        canvas.restoreState()
        self._draw_edges(canvas)

    def _draw_edges(self, canvas: Any) -> None:
        if self.footer:
            canvas.saveState()
            canvas.setFont(SERIF.regular, FOOTER_SIZE)
            canvas.drawString(MARGIN_LEFT, MARGIN_BOTTOM / 2, self.footer)
            canvas.restoreState()
        self._draw_watermark(canvas)

    def _draw_watermark(self, canvas: Any) -> None:
        if not self.draft:
            return
        width, height = canvas._pagesize
        canvas.saveState()
        canvas.setFillGray(0.88)
        canvas.setFont(SERIF.bold, 90)
        canvas.translate(width / 2, height / 2)
        canvas.rotate(45)
        canvas.drawCentredString(0, -30, WATERMARK)
        canvas.restoreState()


def text_width(way: str) -> float:
    """Return the width between the margins."""
    return float(_sheet(way)[0] - MARGIN_LEFT - MARGIN_RIGHT)


def _sheet(way: str) -> tuple[float, float]:
    return landscape(A4) if way == LANDSCAPE else A4


def _draw_inline_box(canvas: Any, kind: str, label: str) -> None:
    place = canvas._curr_tx_info
    size = place["tx"]._fontsize or place["xs"].style.fontSize
    draw_box(canvas, place["cur_x"], place["cur_y"], size, ticked=label == "ticked")
