"""One import of a domain writes at a time.

The database holds the lock for the transaction: on PostgreSQL by a locked row, on SQLite by its one write
transaction (IMMEDIATE). A killed process leaves nothing behind, and no lease can run out under a long import.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import OperationalError, connection, transaction

from lms.base.models import ImportLock


class Busy(Exception):
    """Another import of the domain is writing."""


def prepare_lock(domain: str) -> None:
    """Make the row that is locked; done before the transaction, so that two first imports do not collide."""
    ImportLock.objects.get_or_create(domain=domain)


def take_lock(domain: str, *, on_wait: Callable[[], None] | None = None) -> None:
    """Hold the domain until the open transaction ends.

    Raises Busy where another holds it; with `on_wait` says so once and waits instead.
    """
    if not connection.features.has_select_for_update_nowait:
        return
    try:
        with transaction.atomic():
            _lock(domain, nowait=True)
    except OperationalError:
        if on_wait is None:
            raise Busy from None
        on_wait()
        _lock(domain, nowait=False)


def _lock(domain: str, *, nowait: bool) -> None:
    ImportLock.objects.select_for_update(nowait=nowait).get(domain=domain)
