"""The numbers of a period report: one line an agency of the scope, and the whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from lms.base.dates import today
from lms.people.organisation import Organisation
from lms.reports.models import FrozenReport, PeriodReport
from lms.targets.figures import Board, Figures, Question
from lms.targets.rules import RULE_VERSION, Period, percentage
from lms.targets.states import OrgView, Variant
from lms.targets.tables import scope_name

Line = dict[str, Any]


def question_of(report: PeriodReport) -> Question:
    """Return the question the report answers."""
    return Question(
        as_of=report.as_of,
        known_at=report.known_at,
        period=Period(report.period_start, report.period_end),
        variant=Variant(report.variant),
        org_view=OrgView(report.org_view),
        agency_ids=(report.agency_id,) if report.agency_id else (),
    )


def numbers_of(question: Question) -> dict[str, Any]:
    """Return everything the report prints, as plain data."""
    board = Board(question)
    return {
        "as_of": question.as_of.isoformat(),
        "known_at": question.known_at.isoformat(),
        "period": [question.period.start.isoformat(), question.period.end.isoformat()],
        "variant": str(question.variant),
        "org_view": str(question.org_view),
        "scope": scope_name(question) if question.agency_ids else "",
        "rule_version": RULE_VERSION,
        "provisional": question.is_provisional,
        "targets": {name: int(percent) for name, percent in board.targets.items()},
        "reconciled": board.reconciled.as_json(),
        "lines": list(_lines(board)),
        "total": _numbers(board.of(question.agency_ids)),
    }


def _lines(board: Board) -> Iterator[Line]:
    """Walk the scope's tree, each agency before those below it; a line holds all below.

    A last line without code or name holds what agencies outside the day's tree did: those that led
    inspections earlier in the period and have ended since.
    """
    tree = board.training.tree
    tops = board.question.agency_ids or tuple(tree.roots())
    waiting = [(pk, 0) for pk in reversed(tops)]
    while waiting:
        pk, depth = waiting.pop()
        yield {"code": tree.code(pk), "name": tree.name(pk), "depth": depth, **_numbers(board.of((pk,)))}
        waiting.extend((child, depth + 1) for child in reversed(tree.children(pk)))
    rest = board.rest(board.of(board.question.agency_ids), (board.of((pk,)) for pk in tops))
    if rest.i1.den or rest.i3.den:
        yield {"code": "", "name": "", "depth": 0, **_numbers(rest)}


def _numbers(figures: Figures) -> Line:
    share = figures.share
    return {
        "staff": figures.i1.den,
        "skilled": figures.i1.num,
        "skilled_pct": figures.i1.pct,
        "analysts": figures.i2.num,
        "analysts_pct": figures.i2.pct,
        "cases": share.all,
        "full": share.full,
        "partial": share.partial,
        "paper": share.paper,
        "remote": share.remote,
        "full_pct": figures.i3.pct,
        "subjects": share.subjects,
        "subjects_full": share.subjects_full,
        "subjects_pct": percentage(share.subjects_full, share.subjects),
    }


def data_hash(numbers: dict[str, Any]) -> str:
    """Return the SHA-256 of the numbers in one fixed spelling."""
    spelt = json.dumps(numbers, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(spelt.encode()).hexdigest()


def letterhead_of(report: FrozenReport) -> dict[str, Any]:
    """Return who issues the paper today: the agency of the scope, else the province."""
    tree = Organisation.on(today())
    roots = tree.roots()
    agency = report.agency_id or (roots[0] if roots else None)
    bearer = tree.bearer(agency) if agency else None
    parent = tree.parent(bearer) if bearer else None
    return {
        "issuer": tree.name(bearer) if bearer else report.scope_name,
        "superior": tree.name(parent) if parent else "",
        "place": tree.place_name(bearer) if bearer else "",
        "on": today(),
    }
