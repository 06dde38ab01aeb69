"""The inspections of a year as the province sees them: plan, course, findings, and the share; a few group-bys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from inspections.models import Decision, Finding, Inspection, PlannedSubject
from inspections.queries import with_forebears
from inspections.states import Act, Status
from lms.people.organisation import Organisation, history
from lms.targets.figures import Board, Question
from lms.targets.figures.inspections import Share
from lms.targets.rules import Ratio
from lms.targets.states import Indicator

KEPT = ("decided", "running", "late", "suspended", "done", "stopped")


@dataclass
class AgencyRow:
    """One lead agency: planned subjects and how many of them are done, cases by how they stand."""

    name: str = ""
    planned: int = 0
    planned_done: int = 0
    decided: int = 0
    running: int = 0
    late: int = 0
    suspended: int = 0
    done: int = 0
    stopped: int = 0

    def add(self, counts: Mapping[str, Any]) -> None:
        """Add the counts of one group."""
        for name in KEPT:
            setattr(self, name, getattr(self, name) + counts[name])


@dataclass
class FindingRow:
    """Findings of one field or one place."""

    name: str
    found: int = 0
    grave: int = 0
    waiting: int = 0

    def add(self, counts: Mapping[str, Any]) -> None:
        """Add the counts of one group."""
        self.found += counts["found"]
        self.grave += counts["grave"]
        self.waiting += counts["waiting"]


@dataclass
class Year:
    """Everything the board shows."""

    agencies: list[AgencyRow]
    total: AgencyRow
    fields: list[FindingRow]
    places: list[FindingRow]
    share: Share
    ratio: Ratio
    strict: Ratio
    unplanned: int = 0


def year_of(question: Question, on: date) -> Year:
    """Return the year of the question's day, for its agencies and all below (for all where none is named)."""
    year = question.as_of.year
    led = _scope(question, "lead", on)
    cases = Inspection.objects.of_year(year).filter(led, act=Act.KT, is_secret=False)
    rows = _agencies(question, cases, year, on)
    total = AgencyRow()
    for row in rows:
        total.add(vars(row))
        total.planned += row.planned
        total.planned_done += row.planned_done
    findings = Finding.objects.of_year(year).filter(_scope(question, "subject__inspection__lead", on))
    board = Board(question)
    share = Share.of(case for case in board.counted if case.is_led_from(question.agency_ids))
    target = board.targets[Indicator.DIGITAL_INSPECTIONS]
    return Year(
        agencies=rows,
        total=total,
        fields=_by_field(findings),
        places=_by_place(findings, on),
        share=share,
        ratio=Ratio(share.full, share.all, target),
        strict=Ratio(share.remote, share.all, target),
        unplanned=_unplanned(cases),
    )


def _scope(question: Question, path: str, on: date) -> Q:
    """Return the condition that a row is of the question's agencies, of those below, or of their forebears."""
    if not question.agency_ids:
        return Q()
    tree = Organisation.on(on)
    below: set[int] = set(question.agency_ids)
    for agency_id in question.agency_ids:
        below |= tree.below(agency_id)
    return Q((f"{path}__in", with_forebears(frozenset(below))))


def _agencies(question: Question, cases: Any, year: int, on: date) -> list[AgencyRow]:
    """Count by the agency that leads, or stands today for the one that led: late ones first, then by name."""
    known = history()
    found: dict[int, AgencyRow] = defaultdict(AgencyRow)

    def row(agency_id: int) -> AgencyRow:
        return found[known.bearer(agency_id, on) or agency_id]

    for counts in cases.counts("lead", on=on):
        row(counts["lead"]).add(counts)
    planned = PlannedSubject.objects.in_force(year).filter(
        _scope(question, "line__version__plan__agency", on)
    )
    for agency_id, count in _grouped(planned, "line__version__plan__agency", "pk"):
        row(agency_id).planned += count
    done = Decision.objects.filter(inspection__in=cases.filter(status=Status.COMPLETED).values("pk"))
    of_plans = done.filter(plan_line__isnull=False)
    for agency_id, count in _grouped(of_plans, "plan_line__version__plan__agency", "inspection__subjects"):
        row(agency_id).planned_done += count
    for agency_id, counted in found.items():
        counted.name = known.name(agency_id, on)
    return sorted(found.values(), key=lambda one: (-one.late, -one.running, one.name))


def _grouped(rows: Any, by: str, counted: str) -> Any:
    return rows.order_by().values_list(by).annotate(count=Count(counted))


def _by_field(findings: Any) -> list[FindingRow]:
    rows: dict[str, FindingRow] = {}
    for counts in findings.counts("subject__inspection__field"):
        name = counts["subject__inspection__field"]
        rows.setdefault(name, FindingRow(name)).add(counts)
    return _most_first(rows.values())


def _by_place(findings: Any, on: date) -> list[FindingRow]:
    """Count by the place that the lead agency's papers bear: a commune, or the province for its departments."""
    tree = Organisation.on(on)
    rows: dict[str, FindingRow] = {}
    for counts in findings.counts("subject__inspection__lead"):
        agency_id = history().bearer(counts["subject__inspection__lead"], on)
        chain = [agency_id, *tree.ancestors(agency_id)] if agency_id else []
        place = next((place for one in chain if (place := tree.place_name(one))), "")
        rows.setdefault(place, FindingRow(place)).add(counts)
    return _most_first(rows.values())


def _most_first(rows: Iterable[FindingRow]) -> list[FindingRow]:
    return sorted(rows, key=lambda row: (-row.found, row.name))


def _unplanned(cases: Any) -> int:
    return int(cases.exclude(status=Status.CANCELLED).filter(decision__plan_line=None).count())
