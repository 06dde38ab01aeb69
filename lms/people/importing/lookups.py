"""Finding many persons and agencies by the codes a file names."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from lms.people.models import Person
from lms.people.organisation import History, history

CHUNK = 10_000  # SQLite binds at most 32,766 values a query


def in_chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield the values in lists short enough for one query."""
    listed = list(values)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]


def persons_by_code(codes: Iterable[str]) -> dict[str, Person]:
    """Return the record that bears each code.

    A duplicate's code finds the duplicate's own record: facts stay with the record they were
    reported for, so that a merger can be undone and the order of imports does not matter. Readers go
    from the record to the person by `canonical`.
    """
    found: dict[str, Person] = {}
    for chunk in in_chunks(set(codes)):
        found.update({person.code: person for person in Person.objects.filter(code__in=chunk)})
    return found


class AgencyCodes:
    """Agency codes on days, from one reading of the history."""

    def __init__(self) -> None:
        self.history: History = history()

    def bearer(self, code: str, on: date) -> int | None:
        """Return the agency that bears the code on the day."""
        return self.history.code_bearer(code, on)

    def known(self, code: str) -> bool:
        """Tell whether any agency ever bore the code."""
        return code in self.history.by_code
