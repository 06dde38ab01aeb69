"""Reading one cell: text in, value out, or a sentence."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from unicodedata import is_normalized

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from lms.base.dates import local_date
from lms.base.importing.legacy import legacy_of, may_be_legacy
from lms.base.vietnamese import fold, nfc

Parse = Callable[[str], Any]
VIETNAMESE_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class Unreadable(ValueError):
    """The cell cannot be read; the message says why."""


@dataclass(frozen=True)
class Column:
    """A column of an import file."""

    name: str
    parse: Parse
    required: bool = False
    aliases: tuple[str, ...] = ()
    default: Any = None
    # Headers such as "đến hết ngày" give the last valid day; it becomes the first day no longer valid.
    last_day_aliases: tuple[str, ...] = ()


class Text:
    """Reads one line of text."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, value: str) -> str:
        line = " ".join(nfc(value).split())
        if len(line) > self.limit:
            raise Unreadable(_("is longer than %(limit)d characters") % {"limit": self.limit})
        if not line.isascii() and (encoding := legacy_of(line)):
            raise Unreadable(
                _("is in the old encoding %(encoding)s: convert it to Unicode") % {"encoding": encoding}
            )
        return line

    def reads_as_is(self, lines: Collection[str]) -> bool:
        """Tell by one look at all of them whether each of the lines is read as it stands."""
        joined = "\n".join(lines)
        return (
            max(map(len, lines), default=0) <= self.limit
            and joined.count("\n") + 1 == max(len(lines), 1)
            and is_normalized("NFC", joined)
            and " ".join(joined.split()) == joined.replace("\n", " ")
            and (joined.isascii() or not may_be_legacy(joined))
        )


def text(limit: int = 250) -> Parse:
    """Read one line of text."""
    return Text(limit)


class Code:
    """Reads an identifier."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._shape = re.compile(rf"[\w.\-/]{{1,{limit}}}")
        self._lines = re.compile(rf"(?:[\w.\-/]{{1,{limit}}}\n)*")

    def __call__(self, value: str) -> str:
        identifier = nfc(value).strip()
        if not self._shape.fullmatch(identifier):
            raise Unreadable(
                _("must be a code of at most %(limit)d letters, digits or . - _ /") % {"limit": self.limit}
            )
        return identifier

    def reads_as_is(self, lines: Collection[str]) -> bool:
        """Tell by one look at all of them whether each of the lines is read as it stands."""
        joined = "".join([f"{line}\n" for line in lines])
        return (
            joined.count("\n") == len(lines)
            and is_normalized("NFC", joined)
            and self._lines.fullmatch(joined) is not None
        )


def code(limit: int = 40) -> Parse:
    """Read an identifier: letters, digits and . - _ / with its case and leading zeros kept."""
    return Code(limit)


def codes(limit: int = 40) -> Parse:
    """Read several identifiers separated by semicolons."""
    one = code(limit)

    def parse(value: str) -> list[str]:
        return [one(part) for part in value.split(";") if part.strip()]

    return parse


def choice(values: Mapping[str, tuple[str, ...]]) -> Parse:
    """Read one of a list; each value may have other spellings, accents and case ignored."""
    spellings = {fold(value): value for value in values}
    for value, others in values.items():
        spellings.update({fold(other): value for other in others})

    def parse(value: str) -> str:
        try:
            return spellings[fold(value)]
        except KeyError:
            raise Unreadable(_("must be one of: %(values)s") % {"values": ", ".join(values)}) from None

    return parse


def yes_no(value: str) -> bool:
    """Read yes or no."""
    return _YES_NO(value) == "yes"


_YES_NO = choice({"yes": ("có", "y", "true", "1", "x", "đúng"), "no": ("không", "n", "false", "0", "sai")})


def day(value: str) -> date:
    """Read 2025-12-31 or 31/12/2025."""
    stripped = value.strip()
    try:
        if match := VIETNAMESE_DAY.fullmatch(stripped):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := ISO_DAY.fullmatch(stripped):
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise Unreadable(_("is no day of the calendar")) from None
    raise Unreadable(_("must be a day such as 2025-12-31 or 31/12/2025"))


def instant(value: str) -> datetime:
    """Read a day (its first moment in Vietnam) or an ISO 8601 instant."""
    stripped = value.strip()
    if "T" in stripped or " " in stripped or len(stripped) > 10:
        try:
            moment = parse_datetime(stripped)
        except ValueError:
            raise Unreadable(_("is no day of the calendar")) from None
        if moment is None:
            raise Unreadable(_("must be a day or an ISO 8601 instant such as 2025-12-31T08:00:00+07:00"))
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    return timezone.make_aware(datetime.combine(day(stripped), time.min))


def local_day(value: str) -> date:
    """Read a day or an instant as the day it falls on in Vietnam."""
    return local_date(instant(value))


def decimal(value: str) -> Decimal:
    """Read a number that is not negative; comma or point for decimals."""
    try:
        number = Decimal(value.strip().replace(",", "."))
    except InvalidOperation:
        raise Unreadable(_("must be a number")) from None
    if not number.is_finite() or number < 0 or number >= 10_000:
        raise Unreadable(_("must be a number from 0 to 9999"))
    if number != number.quantize(Decimal("0.01")):
        raise Unreadable(_("has more than two decimals"))
    return number


def day_after(parse: Parse) -> Parse:
    """Turn a last valid day into the first day no longer valid; what is no day stays as it was read."""

    def parse_last_day(value: str) -> Any:
        last = parse(value)
        if not isinstance(last, date):
            return last
        if last == date.max:
            raise Unreadable(_("is beyond the last day of the calendar"))
        return last + timedelta(days=1)

    return parse_last_day
