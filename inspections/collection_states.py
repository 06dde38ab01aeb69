"""Words of what a team asks for and receives (Điều 15.2, 15.4 NĐ 217/2025).

How an item stands is no stored state: it is what its files, its day and today say together.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FileFormat(TextChoices):
    """In which form a document is asked for."""

    ANY = "ANY", _("any form")
    PDF = "PDF", _("PDF")
    PICTURE = "PICTURE", _("photo or scan")
    SHEET = "SHEET", _("spreadsheet (XLSX)")
    PAPER = "PAPER", _("on paper")


class ItemState(TextChoices):
    """How one item of a request stands on a day."""

    WAITING = "waiting", _("awaited")
    LATE = "late", _("late")
    RECEIVED = "received", _("has come")
    RECEIVED_LATE = "received_late", _("received late")
    MISSING = "missing", _("not handed over")
    ASIDE = "aside", _("no longer needed")


# What still has to come.
OUTSTANDING = frozenset({ItemState.WAITING, ItemState.LATE})
