"""Sort keys sort by their bytes on both databases.

PostgreSQL sorts text by the language of its database, which passes over the blanks and signs that a key is made of;
SQLite sorts by bytes. With the collation "C" both show one order, and pages cut by key neither skip nor repeat.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import migrations

COLLATION = "C"


def sorted_by_bytes(app: str, model: str, *fields: str) -> migrations.RunPython:
    """Return the step of a migration that lets these columns sort by their bytes; SQLite's do so already."""
    return migrations.RunPython(_collate(app, model, fields), migrations.RunPython.noop)


def _collate(app: str, model: str, fields: tuple[str, ...]) -> Callable[[Any, Any], None]:
    def collate(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        quote, rows = schema_editor.quote_name, apps.get_model(app, model)
        for name in fields:
            column = rows._meta.get_field(name)
            kind = column.db_type(schema_editor.connection)
            schema_editor.execute(
                f"ALTER TABLE {quote(rows._meta.db_table)} ALTER COLUMN {quote(column.column)}"
                f' TYPE {kind} COLLATE "{COLLATION}"'
            )

    return collate
