"""Days as Vietnamese law counts them: local dates and half-open validity."""

from datetime import date, datetime

from django.utils import timezone


def today() -> date:
    """Return today's date in Asia/Ho_Chi_Minh."""
    return timezone.localdate()


def local_date(instant: datetime) -> date:
    """Return the day an instant falls on in Asia/Ho_Chi_Minh (UTC+7)."""
    return timezone.localdate(instant)


def covers(valid_from: date, valid_to: date | None, on: date) -> bool:
    """Tell whether the half-open interval [valid_from, valid_to) holds the day."""
    return valid_from <= on and (valid_to is None or on < valid_to)
