"""Questions this room asks the rooms above: what rests on a completion, and where they found a difference.

Certificates stand on completions and courses do not know them; asking through a port keeps the arrow pointing down.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from courses.models import Course

# From the keys of completions to what was made of each: a name and where it is read.
FindPapers = Callable[[Collection[int]], Mapping[int, tuple[str, str]]]
_papers: list[FindPapers] = []


def answer_papers(find: FindPapers) -> None:
    """Register who answers; `certificates.receivers` does when it is loaded."""
    _papers[:] = [find]


def papers_of(completion_ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
    """Return for each completion that has a certificate its serial and its public address."""
    return _papers[0](completion_ids) if _papers and completion_ids else {}


# From a course to the words that say how its certificates are printed, and the address of that template or "".
Printed = Callable[["Course"], tuple[str, str]]
_printed: list[Printed] = []


def answer_printed(tell: Printed) -> None:
    """Register who answers; `certificates.wagtail_hooks` does: only the Wagtail admin asks."""
    _printed[:] = [tell]


def printed_with(course: Course) -> tuple[str, str]:
    """Return how the course's certificates are printed today."""
    return _printed[0](course) if _printed else ("", "")


@dataclass(frozen=True)
class Difference:
    """A record that is stored otherwise than the facts say; `person` is whom it is about."""

    kind: str
    record: str
    record_id: str
    stored: str
    derived: str
    person: int | None = None


Compare = Callable[[], Iterator[Difference]]
_comparisons: list[Compare] = []


def contribute_comparison(compare: Compare) -> None:
    """Register what a room above compares with the facts each night; its `receivers` does."""
    if compare not in _comparisons:
        _comparisons.append(compare)


def compared_above() -> Iterator[Difference]:
    """Yield what the rooms above find."""
    for compare in _comparisons:
        yield from compare()


@dataclass(frozen=True)
class Wanted:
    """A course that a room above asks somebody to take: why, and by when."""

    course_id: int
    name: str
    due_on: date
    why: str


FindWanted = Callable[[Any], list[Wanted]]
_wanted: list[FindWanted] = []


def answer_wanted(find: FindWanted) -> None:
    """Register who asks persons to take courses; `lms.followup` does when it is loaded."""
    _wanted[:] = [find]


def wanted_of(person: Any) -> list[Wanted]:
    """Return the courses this person is asked to take and has not completed since."""
    return _wanted[0](person) if _wanted else []
