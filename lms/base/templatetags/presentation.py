"""Numbers, shares and days as Vietnamese offices write them: 1.234,5 · 80,00% · 05/01/2026."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import number_format

register = template.Library()

NOTHING = "–"


def _decimal(value: Any) -> Decimal | None:
    if value is None or value == "":
        return None
    return Decimal(str(value))


@register.filter
def number(value: Any, places: int | None = None) -> str:
    """Return the number in the reader's language, with exactly `places` decimals if given; a dash for none."""
    amount = _decimal(value)
    if amount is None:
        return NOTHING
    if places is None:
        amount = amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()
    else:
        # Django's own formatting cuts off: 2.345 would become 2.34.
        amount = amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return number_format(amount, use_l10n=True, force_grouping=True)


@register.filter
def percent(value: Any, places: int = 2) -> str:
    """Return a percentage given as 80 or "80.00" as 80,00%; a dash where there is none."""
    amount = _decimal(value)
    return NOTHING if amount is None else f"{number(amount, places)}%"


@register.filter
def plain(value: Any) -> str:
    """Return a number as a computer reads it, for attributes: 80.5 in any language."""
    amount = _decimal(value)
    return "" if amount is None else f"{amount:f}"


@register.filter
def day(value: date | None) -> str:
    """Return the day as 05/01/2026; of an instant, the day it falls on in Vietnam."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, datetime):
        value = timezone.localdate(value) if timezone.is_aware(value) else value.date()
    return f"{value:%d/%m/%Y}"


@register.filter
def moment(value: datetime | None) -> str:
    """Return the instant as 05/01/2026 14:30, on Vietnam's clock."""
    if value is None or value == "":
        return NOTHING
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%d/%m/%Y %H:%M}"
