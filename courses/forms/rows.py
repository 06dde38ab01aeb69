"""A table in a form: rows of a few plain fields. Rows left blank are no rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString

SPARE, MAX_ROWS = 4, 140  # more rows hold more fields than Django takes in one form
Row = dict[str, str]


@dataclass(frozen=True)
class Column:
    """A column: its heading, and whether it is a line of text, a tick or a choice."""

    name: str
    label: str | Promise
    kind: str = "text"
    choices: Sequence[tuple[str, str | Promise]] = ()
    is_wide: bool = False
    start: str = ""


class RowsWidget(forms.Widget):
    """Draws the rows given and some blank ones; a script adds more where there are scripts."""

    class Media:
        js = (forms.Script("rows.js", type="module"),)

    def __init__(self, columns: Sequence[Column], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.columns = columns

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Draw the table."""
        filled = list(value or [])
        blank = {column.name: column.start for column in self.columns}
        lines = [*filled, *[blank] * SPARE]
        context = {
            "name": name,
            "columns": self.columns,
            "count": len(lines),
            "most": MAX_ROWS,
            "rows": [
                (number, [(column, str(line.get(column.name, "") or "")) for column in self.columns])
                for number, line in enumerate(lines)
            ],
        }
        return render_to_string("courses/widgets/rows.html", context)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Row]:
        """Return the rows that are not blank, each with the number of its line."""
        count = str(data.get(f"{name}-count", ""))
        lines = min(int(count), MAX_ROWS) if count.isascii() and count.isdigit() else 0
        found = [
            {
                column.name: str(data.get(f"{name}-{line}-{column.name}", "")).strip()
                for column in self.columns
            }
            for line in range(lines)
        ]
        return [row for row in found if self._is_filled(row)]

    def _is_filled(self, row: Row) -> bool:
        return any(
            row[column.name] not in ("", column.start) for column in self.columns if column.kind == "text"
        )

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Say whether the table was not sent at all."""
        return f"{name}-count" not in data

    def id_for_label(self, id_: str) -> str:
        """Return nothing: each field of the table has a label of its own."""
        return ""


class RowsField(forms.Field):
    """A table whose value is a list of rows."""

    def __init__(self, columns: Sequence[Column], **kwargs: Any) -> None:
        super().__init__(widget=RowsWidget(columns), **{"required": False, **kwargs})

    def clean(self, value: Any) -> list[Row]:
        """Return the rows as they are; their type says what is wrong with them."""
        return list(value or [])
