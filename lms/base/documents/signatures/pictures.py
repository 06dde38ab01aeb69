"""Pictures of signatures and seals as NĐ 30/2020, Phụ lục I, mục II.7c and II.8 want them: one colour, transparent."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from PIL import Image, ImageChops, ImageOps

BLUE, RED = (18, 63, 155), (204, 16, 32)
LARGEST_PICTURE = 3 * 1024 * 1024
MOST_POINTS = 20_000_000
SIDE = 900
# Paper photographed or scanned is never quite white, ink never quite black.
PAPER, INK = 200, 60
LEAST_INK = 0.002


class NoPicture(Exception):
    """The file cannot be used, and the sentence says why."""


def ink_picture(content: bytes, colour: tuple[int, int, int]) -> bytes:
    """Return the ink of a picture (PNG or JPEG) in one colour on a transparent ground, cut to its edges, as PNG."""
    if len(content) > LARGEST_PICTURE:
        raise NoPicture(
            _("The picture is larger than %(limit)d MB.") % {"limit": LARGEST_PICTURE // 1024 // 1024}
        )
    try:
        sent = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
        if sent.width * sent.height > MOST_POINTS:
            raise NoPicture(_("The picture has more points than a signature needs: make it smaller."))
        picture = ImageOps.exif_transpose(sent).convert("RGBA")
    except NoPicture:
        raise
    except Exception as error:  # whatever a broken file makes the reader raise
        raise NoPicture(_("This is no picture: send a PNG or JPEG file.")) from error
    picture.thumbnail((SIDE * 2, SIDE * 2))
    mask = _ink_of(picture)
    edges = mask.getbbox()
    if edges is None or sum(mask.histogram()[128:]) < LEAST_INK * mask.width * mask.height:
        raise NoPicture(
            _("No ink is seen in the picture: dark lines on white or transparent ground are needed.")
        )
    made = Image.new("RGBA", picture.size, (*colour, 0))
    made.putalpha(mask)
    made = made.crop(edges)
    made.thumbnail((SIDE, SIDE))
    target = io.BytesIO()
    made.save(target, "PNG", optimize=True)
    return target.getvalue()


def _ink_of(picture: Image.Image) -> Image.Image:
    """Return how much ink each point bears: what is dark or coloured, and not transparent."""
    red, green, blue, alpha = picture.split()
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    ink = darkest.point(lambda value: max(0, min(255, (PAPER - value) * 255 // (PAPER - INK))))
    return ImageChops.multiply(ink, alpha)
