"""Completions for tests of the figures."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone

from courses.models import Completion, Revocation
from lms.people.models import Agency, Person

SAME_DAY = object()


def completion(
    who: Person,
    *,
    code: str = "DS",
    hours: str = "16",
    tags: str = "DS",
    on: date = date(2025, 1, 15),
    passed: bool = True,
    verified_on: object = SAME_DAY,
    revoked: tuple[date, str] | None = None,
    where: Agency | None = None,
) -> Completion:
    """Make a completion of an outside course, verified on its own day unless said otherwise."""
    row = Completion.objects.create(
        person=who,
        person_name=who.full_name,
        course_code=code,
        course_name=f"Khóa {code}",
        hours=Decimal(hours),
        is_ds="DS" in tags,
        is_da="DA" in tags,
        completed_at=timezone.make_aware(datetime.combine(on, time(9))),
        completed_on=on,
        passed=passed,
        verified_on=on if verified_on is SAME_DAY else verified_on,
        source="import",
        agency=where,
    )
    if revoked:
        day, mode = revoked
        Revocation.objects.create(completion=row, on=day, mode=mode, reason="gian lận")
    return row
