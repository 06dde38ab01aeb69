"""Plan against actual: what became of each line, and what was inspected without having been planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from inspections.models import InspectedSubject, Inspection, PlanLine, PlanVersion, SkippedLine
from inspections.plan_states import Stand
from inspections.rules import stand_of
from inspections.states import Act, Status


@dataclass(frozen=True)
class Progress:
    """What became of one line: of how many subjects, in which cases, or why it was skipped."""

    line: PlanLine
    stand: Stand
    subjects: int
    decided: int
    done: int
    cases: Sequence[Inspection]
    skipped: SkippedLine | None


def progress_of(version: PlanVersion, lines: Sequence[PlanLine], on: date) -> list[Progress]:
    """Return what became of the lines, whichever version a decision was opened from; two queries."""
    cases = _cases(version, lines)
    skipped = {row.key: row for row in version.plan.skipped.all()}
    return [_progress(version, line, cases, skipped.get(line.key), on) for line in lines]


def _cases(version: PlanVersion, lines: Sequence[PlanLine]) -> dict[tuple[Any, int], Inspection]:
    """Return, by line and party, the inspection decided from it; one that was cancelled yields to any other."""
    rows: Any = InspectedSubject.objects.filter(
        inspection__decision__plan_line__version__plan=version.plan,
        inspection__decision__plan_line__key__in=[line.key for line in lines],
    )
    found: dict[tuple[Any, int], Inspection] = {}
    for row in rows.with_party().select_related("inspection__decision__plan_line").order_by("pk"):
        line = row.inspection.decision.plan_line
        place = (line.key if line else None, row.party)
        if place not in found or found[place].status == Status.CANCELLED:
            found[place] = row.inspection
    return found


def _progress(
    version: PlanVersion,
    line: PlanLine,
    cases: dict[tuple[Any, int], Inspection],
    skipped: SkippedLine | None,
    on: date,
) -> Progress:
    parties = [party.subject.merged_into_id or party.subject_id for party in line.parties.all()]
    own = [cases.get((line.key, party)) for party in parties]
    statuses = [case.status if case else None for case in own]
    stand = stand_of(
        statuses, skipped=skipped is not None, year=version.plan.year, month_to=line.month_to, on=on
    )
    unique = list({case.pk: case for case in own if case is not None}.values())
    living = [case for case in own if case is not None and case.status != Status.CANCELLED]
    done = sum(case.status == Status.COMPLETED for case in living)
    return Progress(line, stand, len(parties), len(living), done, unique, skipped)


def counts_of(found: Sequence[Progress]) -> list[tuple[Stand, int]]:
    """Return how many lines stand how, in the order of the words; nothing of what there is none."""
    counted: dict[Stand, int] = defaultdict(int)
    for progress in found:
        counted[progress.stand] += 1
    return [(stand, counted[stand]) for stand in Stand if counted[stand]]


def unplanned(version: PlanVersion) -> Any:
    """Return the agency's inspections of the year that no line of a plan stands behind."""
    plan = version.plan
    rows = Inspection.objects.filter(Inspection.within(frozenset({plan.agency_id})), act=Act.KT)
    rows = rows.filter(decided_on__year=plan.year, is_secret=False).exclude(status=Status.CANCELLED)
    return rows.exclude(decision__plan_line__isnull=False).select_related("decision")
