"""A scope by its units: the agencies directly below, the agency itself, and what is left."""

from __future__ import annotations

from dataclasses import dataclass

from lms.targets.figures.answer import Board, Figures


@dataclass(frozen=True)
class Unit:
    """One part of a scope; `agency_id` is None for what no agency of the tree stands for."""

    agency_id: int | None
    figures: Figures
    is_itself: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody and nothing is counted here."""
        return not self.figures.i1.den and not self.figures.i3.den


def units(board: Board) -> list[Unit]:
    """Return the parts of the question's scope; together they are the whole, figure by figure."""
    tree = board.training.tree
    scope = board.question.agency_ids or tuple(tree.roots())
    parts = [Unit(pk, board.of((pk,))) for pk in scope] if len(scope) != 1 else _below(board, scope[0])
    rest = Unit(None, board.rest(board.of(board.question.agency_ids), (unit.figures for unit in parts)))
    return [unit for unit in (*parts, rest) if not (unit.is_empty and (unit.is_itself or unit is rest))]


def _below(board: Board, agency_id: int) -> list[Unit]:
    below = [Unit(pk, board.of((pk,))) for pk in board.training.tree.children(agency_id)]
    return [*below, Unit(agency_id, board.of_itself(agency_id), is_itself=True)]
