"""Questions the floor of this room asks its upper part and the rooms above.

Where does a permission reach? (Managers stand below rules.) What are the figures of an agency? (The
targets stand above people, and an HR officer wants to see what a change does to them.) What has been built on
a change of the organisation? (Only what nothing rests on can be undone.) Asking through a port keeps the
arrow pointing down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol


class Reach(Protocol):
    """The agencies a permission reaches."""

    @property
    def everything(self) -> bool: ...

    @property
    def agency_ids(self) -> frozenset[int]: ...


FindReach = Callable[[Any, str], Reach]
_answers: list[FindReach] = []


def answer_reach(find: FindReach) -> None:
    """Register who answers; `lms.people.rules` does when it is loaded."""
    _answers[:] = [find]


def reach_of(actor: Any, permission: str) -> Reach:
    """Return where the actor holds the permission today."""
    return _answers[0](actor, permission)


FindName = Callable[[int, date], str]
_names: list[FindName] = []


def answer_name(find: FindName) -> None:
    """Register who answers; `lms.people.organisation` does when it is loaded."""
    _names[:] = [find]


def standing_name(agency_id: int, on: date) -> str:
    """Return what the agency, or who alone goes on for it, is called on the day."""
    return _names[0](agency_id, on)


@dataclass(frozen=True)
class AgencyFigures:
    """The figures of an agency and all below it on a day, as organised then.

    `agency_id` is None for everything. `n` is the staff who count; I3 is over the calendar year of the day.
    """

    agency_id: int | None
    on: date
    n: int
    i1_num: int
    i1_den: int
    i2_num: int
    i2_den: int
    i3_num: int
    i3_den: int


FindFigures = Callable[[Iterable[int | None], date], list[AgencyFigures]]
_figures: list[FindFigures] = []


def answer_figures(find: FindFigures) -> None:
    """Register who answers; `lms.targets.receivers` does when it is loaded."""
    _figures[:] = [find]


def figures_of(agency_ids: Iterable[int | None], on: date) -> list[AgencyFigures]:
    """Return a row for each agency named (None: everything), in that order, by the facts as they stand now.

    An agency that does not exist on the day has zeros. Ask before and after a change, inside one
    savepoint that is rolled back, to learn what the change does.
    """
    return _figures[0](agency_ids, on)


@dataclass(frozen=True)
class Built:
    """How many records of one kind rest on agencies as they stand since a change; `what` is read by people."""

    what: str
    count: int


# (agencies, the day from which the change holds, the instant since which records count as built on it)
FindBuilt = Callable[[frozenset[int], date, datetime], Iterable[Built]]
_built: list[FindBuilt] = []


def answer_built(find: FindBuilt) -> None:
    """Register one room's answer; its `receivers` does when it is loaded."""
    if find not in _built:
        _built.append(find)


def built_since(agency_ids: frozenset[int], on: date, since: datetime) -> list[Built]:
    """Return what every room has written since, of days from `on`, that rests on these agencies."""
    return [built for find in _built for built in find(agency_ids, on, since) if built.count]


@dataclass(frozen=True)
class Link:
    """A cell that leads somewhere."""

    text: str
    url: str


@dataclass
class Section:
    """A part of a person's page, which is also a sheet of their own export.

    `own` parts are shown to the person alone (marks, practice): nobody else's eyes are needed for them.
    """

    code: str
    title: str
    headers: Sequence[str] = ()
    rows: Sequence[Sequence[Any]] = ()
    sentences: Sequence[str] = ()
    empty: str = ""
    own: bool = False
    kind: Any = None  # of lms.people.personal_data: why it is held


FindSections = Callable[[Any], Iterable[Section]]
_sections: list[tuple[int, FindSections]] = []


def contribute_sections(rank: int, find: FindSections) -> None:
    """Register a room's parts of the person's page; rooms above call this in their `receivers`."""
    _sections.append((rank, find))


def sections_of(person: Any) -> list[Section]:
    """Return every room's parts about the person, in order. The caller has asked who may see them."""
    ranked = sorted(_sections, key=lambda entry: entry[0])
    return [section for _rank, find in ranked for section in find(person)]


Obstacle = Callable[[Any], Iterable[str]]
Erase = Callable[[Any, str], None]
_obstacles: list[Obstacle] = []
_erasers: list[Erase] = []


def contribute_erasure(obstacles: Obstacle, erase: Erase) -> None:
    """Register why a room's rows still need a person's name, and how it takes the name out of them."""
    _obstacles.append(obstacles)
    _erasers.append(erase)


def obstacles_to_erasing(person: Any) -> list[str]:
    """Return a sentence for everything for which the rooms above still need the person's name."""
    return [sentence for find in _obstacles for sentence in find(person)]


def erase_in_rooms(person: Any, label: str) -> None:
    """Let every room replace the person's name in its rows; inside the caller's transaction."""
    for erase in _erasers:
        erase(person, label)
