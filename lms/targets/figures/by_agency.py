"""What the rooms below ask through a port: the figures of single agencies on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from lms.people.ports import AgencyFigures
from lms.targets.figures.answer import Board
from lms.targets.figures.question import ask


def figures_by_agency(agency_ids: Iterable[int | None], on: date) -> list[AgencyFigures]:
    """Return the figures of each agency and all below it, from one reading of the staff."""
    board = Board(ask(as_of=on))
    return [_row(board, agency_id, on) for agency_id in agency_ids]


def _row(board: Board, agency_id: int | None, on: date) -> AgencyFigures:
    found = board.of(() if agency_id is None else (agency_id,))
    return AgencyFigures(
        agency_id=agency_id,
        on=on,
        n=found.count.staff,
        i1_num=found.i1.num,
        i1_den=found.i1.den,
        i2_num=found.i2.num,
        i2_den=found.i2.den,
        i3_num=found.i3.num,
        i3_den=found.i3.den,
    )
