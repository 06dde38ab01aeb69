"""How long a completion is valid, and when it may be renewed."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from enum import StrEnum


class Validity(StrEnum):
    """How a completion that was earned stands on a day, apart from any withdrawal."""

    ENDLESS = "endless"
    VALID = "valid"
    RENEWABLE = "renewable"
    EXPIRED = "expired"


def valid_until(completed_on: date, months: int | None) -> date | None:
    """Return the last day of a validity counted in months; None where the course sets none.

    The day of the event is not counted, and a month without the corresponding day ends it on its own last day
    (Bộ luật Dân sự 2015, Điều 147 and 148).
    """
    if not months:
        return None
    year, month = divmod(completed_on.year * 12 + completed_on.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(completed_on.day, last))


def renewal_opens(until: date, days: int) -> date:
    """Return the first day on which a completion valid until a day may be renewed."""
    return until - timedelta(days=days)


def validity_on(on: date, until: date | None, renewal_days: int) -> Validity:
    """Say how a completion stands on a day. An expired one is no revocation: it was earned and stays earned."""
    if until is None:
        return Validity.ENDLESS
    if on > until:
        return Validity.EXPIRED
    return Validity.RENEWABLE if on >= renewal_opens(until, renewal_days) else Validity.VALID
