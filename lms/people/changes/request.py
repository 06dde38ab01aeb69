"""What a decree asks for, as plain data.

Agencies that the decree founds have no number yet: -1 is the first of `founded`, -2 the second.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Founding:
    """An agency that begins on the day."""

    code: str
    name: str
    level: str
    kind: str = ""
    place_name: str = ""
    parent_id: int | None = None


@dataclass(frozen=True)
class Request:
    """One change: which agencies, from which day, by which decree, and what becomes of them.

    `agencies` end (merge, split, abolish) or go on changed (rename, move). `children` says under whom
    the agencies below an ended one stand from the day; `staff` sends posts of a split agency to one of
    its successors. In a renaming an empty text leaves as it was.
    """

    kind: str
    on: date
    decree: str
    agencies: tuple[int, ...]
    founded: tuple[Founding, ...] = ()
    successors: tuple[int, ...] = ()
    parent_id: int | None = None
    code: str = ""
    name: str = ""
    place_name: str = ""
    children: Mapping[int, int | None] = field(default_factory=dict)
    staff: Mapping[int, int] = field(default_factory=dict)

    @property
    def existing_successors(self) -> tuple[int, ...]:
        """The successors that stand already."""
        return tuple(pk for pk in self.successors if pk > 0)

    @property
    def named_parents(self) -> tuple[int | None, ...]:
        """Under whom the request puts agencies; None stands for nobody."""
        below = tuple(founding.parent_id for founding in self.founded)
        moved = (self.parent_id,) if self.kind == "move" else ()
        return (*below, *moved, *self.children.values())

    def as_json(self) -> dict[str, Any]:
        """Return it for storing."""
        return {**asdict(self), "on": self.on.isoformat()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Request:
        """Return what was stored; JSON has only text for keys."""
        return cls(
            **{
                **stored,
                "on": date.fromisoformat(stored["on"]),
                "agencies": tuple(stored["agencies"]),
                "founded": tuple(Founding(**founding) for founding in stored["founded"]),
                "successors": tuple(stored["successors"]),
                "children": {int(pk): parent for pk, parent in stored["children"].items()},
                "staff": {int(pk): successor for pk, successor in stored["staff"].items()},
            }
        )
