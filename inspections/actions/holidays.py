"""The holiday table: kept by an administrator, asked by every deadline."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from inspections.models import Holiday
from lms.base.actions import record_event
from lms.people.models import Person

FIELDS = ("day", "name", "is_worked", "is_assumed")


@transaction.atomic
def keep_holiday(*, by: Person, holiday: Holiday | None = None, **facts: Any) -> Holiday:
    """Enter a day off or worked, or correct one. Deadlines already computed stay as they are."""
    row = holiday or Holiday()
    old = {name: getattr(row, name) for name in FIELDS} if holiday else None
    for name, value in facts.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    new = {name: getattr(row, name) for name in FIELDS}
    record_event(by=by, action="inspections.keep_holidays", target=row, old=old, new=new)
    return row


@transaction.atomic
def remove_holiday(*, by: Person, holiday: Holiday) -> None:
    """Take a day out of the table: it is what the plain week says again."""
    old = {name: getattr(holiday, name) for name in FIELDS}
    record_event(by=by, action="inspections.keep_holidays", target=holiday, old=old, new={})
    holiday.delete()


def calendar_problems(on: date) -> list[str]:
    """Say what is missing from the holiday table: this year, next year, or a year only assumed."""
    found = []
    for year in (on.year, on.year + 1):
        days = Holiday.objects.of_year(year).filter(is_worked=False)
        if not days.exists():
            found.append(
                _("The holiday table has no days off for %(year)d: deadlines into it may be wrong.")
                % {"year": year}
            )
        elif days.filter(is_assumed=True).exists():
            found.append(
                _(
                    "The days off of %(year)d are assumed: correct them when the Government has published them."
                )
                % {"year": year}
            )
    return found
