"""The QR code on paper reads back as what it was made of."""

import io

import pdfplumber
import segno
from reportlab.lib.units import mm

from lms.base.documents.page import PaperCanvas
from lms.base.documents.qr import MASK, QUIET_ZONE, QrCode, draw_qr

ADDRESS = "https://songtien.example/verify/aZ09-_aZ09-_aZ09-_aZ09/"


def page_with(draw) -> pdfplumber.page.Page:
    target = io.BytesIO()
    canvas = PaperCanvas(target)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return pdfplumber.open(target).pages[0]


def test_it_is_one_path_and_every_module_is_where_the_standard_has_it():
    side = 30 * mm
    page = page_with(lambda canvas: draw_qr(canvas, ADDRESS, 20, 20, side))
    picture = page.to_image(resolution=600, antialias=False).original.convert("L")
    scale = picture.width / float(page.width)
    matrix = [list(row) for row in segno.make_qr(ADDRESS, error="m", mask=MASK).matrix]
    unit = side / (len(matrix) + 2 * QUIET_ZONE)
    wrong = 0
    for row, cells in enumerate(matrix):
        for column, dark in enumerate(cells):
            x = (20 + (QUIET_ZONE + column + 0.5) * unit) * scale
            y = (float(page.height) - 20 - side + (QUIET_ZONE + row + 0.5) * unit) * scale
            wrong += (picture.getpixel((int(x), int(y))) < 128) != bool(dark)
    assert wrong == 0


def test_the_whole_code_is_painted_at_once():
    target = io.BytesIO()
    canvas = PaperCanvas(target, pageCompression=0)
    QrCode(ADDRESS, 30 * mm).drawOn(canvas, 0, 0)
    canvas.showPage()
    canvas.save()
    assert target.getvalue().count(b"\nf*") + target.getvalue().count(b" f*") == 1
