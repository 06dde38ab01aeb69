"""Numbers as other people write them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_PLAIN = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d{1,3})?")
_WHOLE = Decimal(1)


def number_of(text: str) -> Decimal | None:
    """Return a number written with a point or a comma, or None.

    >>> number_of("12,5"), number_of("1e3"), number_of("1.000,5")
    (Decimal('12.5'), Decimal('1E+3'), None)
    """
    stripped = text.strip().replace("−", "-")
    if not _PLAIN.fullmatch(stripped):
        return None
    try:
        number = Decimal(stripped.replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < Decimal("1e15") else None


def written(number: Decimal) -> str:
    """Return a number without an exponent and without idle zeros.

    >>> written(Decimal("1E+3")), written(Decimal("0.100")), written(Decimal("-0"))
    ('1000', '0.1', '0')
    """
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def percent_of(fraction: Decimal) -> int:
    """Return a share such as 33.33333 as whole percent.

    >>> percent_of(Decimal("33.33333")), percent_of(Decimal("66.66667")), percent_of(Decimal("12.5"))
    (33, 67, 13)
    """
    return int(fraction.quantize(_WHOLE, ROUND_HALF_UP))
