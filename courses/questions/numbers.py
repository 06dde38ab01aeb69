"""Reading a number somebody typed. Vietnamese writes 1.234,5, most programs 1234.5; what could be both is asked again."""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from fractions import Fraction

from django.utils.translation import gettext as _

MAX_DIGITS = 40
GROUPS = r"[1-9]\d{0,2}(?:%s\d{3})+"
VIETNAMESE = re.compile(rf"(?:{GROUPS % '[.]'}|\d+)(?:,\d+)?|,\d+", re.ASCII)
INTERNATIONAL = re.compile(rf"(?:{GROUPS % ','}|\d+)(?:[.]\d+)?|[.]\d+", re.ASCII)
BLANKS = re.compile(r"[\s\u00a0\u2009\u202f]+")
SPACED = re.compile(rf"{GROUPS % ' '}(?:[.,]\d+)?", re.ASCII)
PLAIN = re.compile(r"-?\d{1,30}(?:[.]\d{1,30})?", re.ASCII)


class Unclear(ValueError):
    """The text is no number, or could be two; the message asks again."""


def typed_number(text: str) -> Fraction:
    """Return the exact number a text means; raise Unclear where it means none or two."""
    stripped = BLANKS.sub(" ", text).strip()
    sign, digits = _signed(stripped)
    if SPACED.fullmatch(digits):
        digits = digits.replace(" ", "")
    readings = _readings(digits) if len(digits) <= MAX_DIGITS else set()
    if not readings:
        raise Unclear(
            _("“%(text)s” is not a number. Write it with digits, such as 1234,5.") % {"text": stripped[:60]}
        )
    if len(readings) > 1:
        raise Unclear(_ask(stripped, digits, sign))
    return sign * readings.pop()


def stored_number(text: str) -> Fraction | None:
    """Return the exact number of a content's own notation (12.5), or None where it is none."""
    return Fraction(text) if PLAIN.fullmatch(text) else None


def stored_form(text: str) -> str:
    """Return a typed number in a content's own notation; raise Unclear where it means none or two."""
    number = typed_number(text)
    with localcontext(prec=2 * MAX_DIGITS):
        return f"{Decimal(number.numerator) / number.denominator:f}"


def typed_form(stored: str) -> str:
    """Return a stored number as it is typed; three decimals get a fourth, or it could be two numbers."""
    whole, _dot, decimals = stored.partition(".")
    return f"{whole},{decimals}{'0' if len(decimals) == 3 else ''}" if decimals.isdigit() else stored


def _signed(text: str) -> tuple[int, str]:
    if text[:1] in {"-", "−", "–"}:
        return -1, text[1:].strip()
    return 1, text.removeprefix("+").strip()


def _readings(digits: str) -> set[Fraction]:
    found = set()
    if VIETNAMESE.fullmatch(digits):
        found.add(Fraction("0" + digits.replace(".", "").replace(",", ".")))
    if INTERNATIONAL.fullmatch(digits):
        found.add(Fraction("0" + digits.replace(",", "")))
    return found


def _ask(typed: str, digits: str, sign: int) -> str:
    minus = "-" if sign < 0 else ""
    whole = minus + re.sub(r"[.,]", "", digits)
    decimal = minus + digits.replace(".", ",") + "0"
    return _(
        "“%(typed)s” can be read in two ways. Write %(whole)s if you mean the whole number, or %(decimal)s if you"
        " mean the decimal."
    ) % {"typed": typed, "whole": whole, "decimal": decimal}
