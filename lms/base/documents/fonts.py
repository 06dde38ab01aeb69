"""The letters of paper: Tinos (widths of Times New Roman) for documents, Be Vietnam Pro for certificates."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

FILES = {
    "Tinos": "Tinos_400Regular.ttf",
    "Tinos-Bold": "Tinos_700Bold.ttf",
    "Tinos-Italic": "Tinos_400Regular_Italic.ttf",
    "Tinos-BoldItalic": "Tinos_700Bold_Italic.ttf",
    "BeVietnamPro": "BeVietnamPro_400Regular.ttf",
    "BeVietnamPro-Italic": "BeVietnamPro_400Regular_Italic.ttf",
    "BeVietnamPro-Medium": "BeVietnamPro_500Medium.ttf",
    "BeVietnamPro-SemiBold": "BeVietnamPro_600SemiBold.ttf",
    "BeVietnamPro-Bold": "BeVietnamPro_700Bold.ttf",
    "BeVietnamPro-BoldItalic": "BeVietnamPro_700Bold_Italic.ttf",
}


@dataclass(frozen=True)
class Family:
    """The names under which the four faces of a family are registered."""

    regular: str
    bold: str
    italic: str
    bold_italic: str


SERIF = Family("Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic")
SANS = Family("BeVietnamPro", "BeVietnamPro-Bold", "BeVietnamPro-Italic", "BeVietnamPro-BoldItalic")


class FontsMissing(Exception):
    """A font file that documents are set in is not there, or is not a font."""


def register() -> None:
    """Make the fonts known to reportlab; say in a sentence what to do where they are missing."""
    _register(Path(settings.FONTS_DIR))


@cache
def drawable(font: str) -> frozenset[int]:
    """Return the code points that the registered font has a letter for."""
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph)


@cache
def _register(folder: Path) -> None:
    rl_config.useA85 = 0  # streams as bytes: a fifth smaller than as letters
    for name, file in FILES.items():
        pdfmetrics.registerFont(_load(name, folder / file))
    for family in (SERIF, SANS):
        pdfmetrics.registerFontFamily(
            family.regular,
            normal=family.regular,
            bold=family.bold,
            italic=family.italic,
            boldItalic=family.bold_italic,
        )
    drawable.cache_clear()


def _load(name: str, path: Path) -> TTFont:
    try:
        return TTFont(name, str(path))
    except (TTFError, OSError) as error:
        sentence = _(
            "The fonts for documents are missing: %(path)s cannot be read. "
            "Build them with “npm ci --ignore-scripts && npm run build”."
        )
        raise FontsMissing(sentence % {"path": path}) from error
