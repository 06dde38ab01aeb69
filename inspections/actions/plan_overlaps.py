"""What a plan meets: planned by others, planned twice, or already decided, of the same subject in the same year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from inspections.actions.once_a_year import protected_kind
from inspections.models import InspectedSubject, PlannedSubject, PlanVersion, Subject
from inspections.plan_states import Clash
from inspections.rules import Earlier, clash_of
from inspections.states import Act


@dataclass(frozen=True)
class Overlap:
    """One meeting: of which line and subject, how grave, whose, and what the other one is."""

    line_pk: int
    subject: Subject
    clash: Clash
    agency_id: int
    field: str
    act: str
    # Of a plan: its title and line; of a decision: the case.
    title: str = ""
    number: int = 0
    case_code: str = ""


def overlaps_of(version: PlanVersion) -> list[Overlap]:
    """Return every meeting of the version, line by line; three queries, however long the plan is."""
    planned = PlannedSubject.objects.all()
    own = _planned(planned.of_version(version))
    others: dict[int, list[_Other]] = defaultdict(list)
    for row in _planned(planned.beside(version.plan).with_party().with_parties_of(version)):
        others[row.party].append(_of_plan(row))
    for row in own:
        others[row.party].append(_of_plan(row))
    for case in _decided(version):
        others[case.party].append(_of_case(case))
    return [
        found
        for row in own
        for other in _each_once(others[row.party])
        if other.line_pk != row.line_id and (found := _meeting(row, other, version))
    ]


@dataclass(frozen=True)
class _Other:
    earlier: Earlier
    agency_id: int
    title: str = ""
    number: int = 0
    case_code: str = ""
    line_pk: int = 0
    key: Any = None


def _each_once(others: Iterable[_Other]) -> Iterator[_Other]:
    """Leave out the same line as another version of its plan says it."""
    seen = set()
    for other in others:
        if other.key is None or other.key not in seen:
            seen.add(other.key)
            yield other


def _planned(rows: Any) -> list[Any]:
    found = rows.with_party().select_related("line__version__plan", "subject__merged_into")
    return list(found.order_by("line__number", "-line__version__number", "pk"))


def _decided(version: PlanVersion) -> Any:
    """Return the inspections of the year with these parties, without those opened from this plan."""
    mine = PlannedSubject.objects.of_version(version).parties()
    heads = Subject.objects.annotate(party=Coalesce("merged_into", "pk")).filter(Q(("party__in", mine)))
    rows = InspectedSubject.objects.using_up_the_year(heads.values("pk"), version.plan.year)
    rows = rows.exclude(inspection__decision__plan_line__version__plan=version.plan)
    return rows.with_party().select_related("inspection").order_by("pk")


def _of_plan(row: Any) -> _Other:
    version, plan = row.line.version, row.line.version.plan
    earlier = Earlier(plan.act, row.line.field, plan.year)
    return _Other(
        earlier, plan.agency_id, version.title, row.line.number, line_pk=row.line_id, key=(row.line.key)
    )


def _of_case(row: Any) -> _Other:
    case = row.inspection
    return _Other(Earlier(case.act, case.field, case.year), case.lead_id, case_code=case.code)


def _meeting(row: Any, other: _Other, version: PlanVersion) -> Overlap | None:
    clash = clash_of(
        subject_kind=protected_kind(row.subject),
        act=version.plan.act,
        field=row.line.field,
        year=version.plan.year,
        other=other.earlier,
    )
    if clash is None:
        return None
    return Overlap(
        line_pk=row.line_id,
        subject=row.subject,
        clash=clash,
        agency_id=other.agency_id,
        field=other.earlier.field,
        act=str(Act(other.earlier.act).label),
        title=other.title,
        number=other.number,
        case_code=other.case_code,
    )
