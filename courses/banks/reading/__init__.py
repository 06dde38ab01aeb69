"""Reading a bank: whichever of the three kinds of file it is."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from courses.banks.found import Reading
from courses.banks.reading.gift import read_gift
from courses.banks.reading.moodle import read_moodle
from courses.banks.reading.sheet import read_workbook
from courses.banks.words import decoded, refuse_legacy
from lms.base.importing import FileRefused
from lms.base.importing.sheets import XLSX

Progress = Callable[[int, int], None]
MAX_QUESTIONS = 20_000
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


def read_bank(content: bytes, name: str, progress: Progress | None = None) -> Reading:
    """Return what the file says, told by its first bytes, not by its name; raise FileRefused with a sentence."""
    reading = _read(content, name, progress)
    if not reading.questions and not reading.problems:
        raise FileRefused(_("The file holds no question."))
    if len(reading.questions) > MAX_QUESTIONS:
        raise FileRefused(
            _("The file holds %(count)d questions; at most %(limit)d are taken at once: split it.")
            % {"count": len(reading.questions), "limit": MAX_QUESTIONS}
        )
    refuse_legacy([question.text for question in reading.questions])
    return reading


def _read(content: bytes, name: str, progress: Progress | None) -> Reading:
    if content[:4] in (XLSX, _OLD_WORKBOOK) or name.lower().endswith((".xlsx", ".xls", ".csv")):
        return read_workbook(content, name, progress)
    if content[:4] == b"%PDF":
        raise FileRefused(_("This is a PDF file. Send the workbook of the template, Moodle XML or GIFT."))
    text = decoded(content)
    if text.lstrip()[:1] == "<":
        return read_moodle(text, progress)
    return read_gift(text, progress)
