"""Dropping triggers, which each database names in its own way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def drop_triggers(connection: Any, triggers: Iterable[tuple[str, str]]) -> None:
    """Drop these triggers, each given with its table, where they are there."""
    with connection.cursor() as cursor:
        for name, table in triggers:
            of = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{of}")
