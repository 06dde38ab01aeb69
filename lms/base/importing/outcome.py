"""What a file would do, and what it did."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import merge
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from lms.base.importing.problems import FileRefused, Problem, Row


@dataclass
class Plain:
    """Rows of a table that stand for themselves and of which there is nothing to say.

    They are new, or already there as they are; `places` is where they stand in the table, `added` makes the rows of
    the new ones when somebody looks at them.
    """

    places: set[int] = field(default_factory=set)
    added: Sequence[Row] = ()
    unchanged: int = 0


@dataclass
class Plan:
    """What a file would do: rows to add, rows to correct (with their old values), rows already there.

    `ended` is what a full list does not name; of a file of changes it is always empty.
    """

    added: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)
    ended: list[Any] = field(default_factory=list)
    unchanged: int = 0
    plain: Plain = field(default_factory=Plain)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be written."""
        return not self.added and not self.changed and not self.ended and not self.plain.added

    def all_added(self) -> Iterable[Any]:
        """Return what is new in the order of the file, also what was taken by columns."""
        if not self.plain.added:
            return self.added
        return merge(self.added, self.plain.added, key=lambda row: row.number)


@dataclass(frozen=True)
class Stop:
    """A threshold that a file would cross: it is imported only when the officer types this number.

    `option` is what confirms it to the command; without one the command only says it.
    """

    name: str
    number: int
    of: int
    message: str
    option: str = ""

    @property
    def in_full(self) -> str:
        """What the command says: the sentence, and how the number is confirmed."""
        if not self.option:
            return self.message
        how = _("Confirm exactly this number: %(option)s %(count)d.")
        return f"{self.message} {how % {'option': self.option, 'count': self.number}}"

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {"name": self.name, "number": self.number, "of": self.of, "message": self.message}


@dataclass(frozen=True)
class Line:
    """One line of the preview: what happens to what, field by field as (field, old, new)."""

    effect: str
    row: int | None
    what: str
    changes: list[list[str]] = field(default_factory=list)


@dataclass
class Outcome:
    """What a file did or would do."""

    added: int = 0
    changed: int = 0
    ended: int = 0
    unchanged: int = 0
    refused: int = 0
    written: bool = False
    problems: list[Problem] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    # The number under which it is kept and can be taken back; none where nothing was written.
    run_number: int | None = None

    def add(self, part: Outcome) -> None:
        """Add what a part of the file did; thresholds and notes speak of whole files and stay out."""
        self.added += part.added
        self.changed += part.changed
        self.unchanged += part.unchanged
        self.refused += part.refused
        self.problems += part.problems

    def refuse_unconfirmed(self, confirmed: Mapping[str, int | None]) -> None:
        """Raise FileRefused for a threshold whose number was not confirmed, by its name."""
        for stop in self.stops:
            if stop.option and confirmed.get(stop.name) != stop.number:
                raise FileRefused(f"{stop.in_full} {_('Nothing was written.')}")

    @property
    def errors(self) -> list[Problem]:
        """The problems for which rows are refused."""
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        """What looks odd in rows that are taken."""
        return [problem for problem in self.problems if problem.severity == "warning"]

    def as_dict(self) -> dict[str, Any]:
        """Return the counts for JSON; lines and problems are kept as rows of their own."""
        return {
            "added": self.added,
            "changed": self.changed,
            "ended": self.ended,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "errors": len(self.errors),
            "warnings": len(self.warnings),
            "stops": [stop.as_dict() for stop in self.stops],
            "notes": self.notes,
        }


def changes_of(old: dict[str, Any], new: dict[str, Any]) -> list[list[str]]:
    """Return [field, old, new] for every field that one of them has, as words."""
    names = dict.fromkeys([*new, *old])
    return [[str(name), _word(old.get(name)), _word(new.get(name))] for name in names]


def _word(value: Any) -> str:
    return "" if value is None else str(value)


def digest_of(lines: Iterable[Line]) -> str:
    """Return the SHA-256 of everything that would be written: a confirmation holds for exactly that."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(json.dumps([line.effect, line.row, line.what, line.changes]).encode())
    return digest.hexdigest()


def json_lines(rows: Iterable[Any]) -> Iterator[bytes]:
    """Yield each row as one line of JSON, instants to the microsecond."""
    encode = _Exact(ensure_ascii=False, separators=(",", ":")).encode
    for row in rows:
        yield encode(row).encode() + b"\n"


class _Exact(DjangoJSONEncoder):
    """Django's encoder cuts instants to milliseconds: a row taken back would not be what it was."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)
