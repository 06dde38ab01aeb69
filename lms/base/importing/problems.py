"""What is wrong with a file, row by row."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext as _

Severity = Literal["error", "warning"]
HEADER_ROW = 1


@dataclass(frozen=True)
class Problem:
    """One sentence about one cell."""

    row: int
    column: str
    value: str
    message: str
    severity: Severity

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON and for the report file."""
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "severity": self.severity,
            "message": self.message,
        }


class FileRefused(Exception):
    """The whole file cannot be read; the sentence says why."""


@dataclass
class Row:
    """One row of the sheet: its number there, its parsed values, what is wrong with it."""

    number: int
    values: dict[str, Any]
    raw: dict[str, str]
    columns: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)

    def said(self, column: str, otherwise: Any) -> Any:
        """Return the row's value, or `otherwise` where the file does not have the column at all."""
        return self.values[column] if column in self.columns else otherwise

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    @property
    def refused(self) -> bool:
        """Whether the row has an error."""
        return any(problem.severity == "error" for problem in self.problems)

    def error(self, column: str, message: object) -> None:
        """Refuse the row, naming the column."""
        self._add(column, message, "error")

    def warning(self, column: str, message: object) -> None:
        """Take the row, but say what looks odd."""
        self._add(column, message, "warning")

    def _add(self, column: str, message: object, severity: Severity) -> None:
        problem = Problem(self.number, column, self.raw.get(column, ""), str(message), severity)
        if problem not in self.problems:
            self.problems.append(problem)


def problems_of(rows: Iterable[Row]) -> list[Problem]:
    """Return all problems, by row."""
    return sorted((problem for row in rows for problem in row.problems), key=lambda p: (p.row, p.column))


def last_of_each(rows: Iterable[Row], key: Callable[[Row], Hashable], column: str) -> list[Row]:
    """Return, of the rows with one key, the last: a later row corrects an earlier one, with a warning."""
    last: dict[Hashable, Row] = {}
    for row in rows:
        earlier = last.get(key(row))
        if earlier is not None and earlier.values != row.values:
            row.warning(
                column, _("says otherwise than row %(row)d; this later row counts") % {"row": earlier.number}
            )
        last[key(row)] = row
    return list(last.values())
