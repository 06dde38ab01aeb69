"""Which legal texts a text cites, and which of them are no longer in force."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

# 217/2025/NĐ-CP, 84/2025/QH15, 57-NQ/TW; the year of a law stands between two strokes.
NUMBER = re.compile(r"(?<![\w/])\d{1,4}(?:/\d{4}/|/|-)[A-ZĐ]{1,5}\d{0,2}(?:[-/][A-ZĐ&]{1,12}g?)*(?![\w/-])")


@dataclass(frozen=True)
class Text:
    """A row of the register as the rule needs it."""

    number: str
    valid_from: date
    valid_to: date | None
    successor: str = ""


def cited_in(text: str) -> list[str]:
    """Return the numbers of legal texts that a text names, in order, each once.

    >>> cited_in("Căn cứ Nghị định số 217/2025/NĐ-CP và Luật 84/2025/QH15")
    ['217/2025/NĐ-CP', '84/2025/QH15']
    """
    return list(dict.fromkeys(NUMBER.findall(text)))


def problems_of(texts: Iterable[Text], on: date) -> list[str]:
    """Say of each text not in force on that day what is wrong, and offer the one that replaced it."""
    return [sentence for text in texts if (sentence := _problem(text, on))]


def _problem(text: Text, on: date) -> str:
    words = {"number": text.number, "successor": text.successor}
    if on < text.valid_from:
        words["day"] = date_format(text.valid_from, "d/m/Y")
        return _("%(number)s is in force only from %(day)s.") % words
    if text.valid_to is None or on < text.valid_to:
        return ""
    words["day"] = date_format(text.valid_to, "d/m/Y")
    if text.successor:
        return (
            _("%(number)s is no longer in force since %(day)s: cite %(successor)s, which replaced it.")
            % words
        )
    return _("%(number)s is no longer in force since %(day)s.") % words
