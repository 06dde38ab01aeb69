"""Steps that migrations of several rooms need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState

COLLATION = "C"


class CreateModels(Operation):
    """Make the tables of a room at once.

    After each `CreateModel` Django builds all models that hang together anew, which in this project is nearly all of
    them: of the minute and a half in which an empty database was migrated, the tables took two seconds.
    """

    category = OperationCategory.ADDITION

    def __init__(self, models: list[migrations.CreateModel]) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add all models before any is built."""
        state.__dict__.pop("apps", None)
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Make the tables."""
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Drop the tables, the last first."""
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Say what it does."""
        return f"Create {len(self.models)} models"


def sorted_by_bytes(app: str, model: str, *fields: str) -> migrations.RunPython:
    """Return the step that lets these columns sort by their bytes; SQLite's do so already.

    PostgreSQL sorts text by the language of its database, which passes over the blanks and signs that a key is made
    of. With the collation "C" both databases show one order, and pages cut by key neither skip nor repeat.
    """
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
