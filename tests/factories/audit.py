"""Audit events and a chain over them."""

from __future__ import annotations

import itertools
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from lms.base.actions import record_event
from lms.base.audit import chain_waiting, close_day, guards
from lms.base.models import AuditEvent, Job

_numbers = itertools.count(1)


def target() -> Job:
    """Make something an action can be about."""
    number = next(_numbers)
    return Job(pk=number, kind="test", key=f"Bản ghi {number}", run_after=timezone.now())


def events(count: int, by=None) -> list[AuditEvent]:
    """Record events as actions do."""
    with transaction.atomic():
        return [
            record_event(
                by=by,
                action="people.grant_role",
                target=target(),
                old={"số": number, "tên": "Mỹ Tho"},
                new={"số": number + 1, "tên": "Gò Công", "khi": None, "danh sách": [1, 2.5, "x"]},
                reason="Theo Quyết định số 12",
            )
            for number in range(count)
        ]


def chained_days(days: int = 4, a_day: int = 25) -> None:
    """Write events on several days ending today, chained in batches of ten, every past day closed."""
    now = timezone.now()
    for back in range(days - 1, -1, -1):
        at = now - timedelta(days=back)
        close_day(at=at)
        made = events(a_day)
        AuditEvent.objects.filter(pk__in=[event.pk for event in made]).delete()
        for event in made:
            event.happened_at = at
        _insert_at(made)
        chain_waiting(batch=10, at=at)


def _insert_at(made: list[AuditEvent]) -> None:
    field = AuditEvent._meta.get_field("happened_at")
    field.auto_now_add = False  # days ago, for tests only
    try:
        AuditEvent.objects.bulk_create(made)
    finally:
        field.auto_now_add = True


class unguarded:
    """What somebody does who may drop triggers."""

    def __enter__(self) -> None:
        guards.uninstall(connection)

    def __exit__(self, *exc: object) -> None:
        guards.install(connection)


def sql(text: str, *values) -> None:
    """Run one statement as a stranger to the application would."""
    with connection.cursor() as cursor:
        cursor.execute(text, values)
