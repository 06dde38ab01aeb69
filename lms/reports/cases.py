"""The numbers of an inspection report: what was decided, runs and is done in a period, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from inspections.models import Finding, Inspection, Remedy, YearOverride
from inspections.remedy_states import RemedyState, Severity
from inspections.rules import classify_all
from inspections.states import Act, Status
from lms.base.dates import today
from lms.people.organisation import Organisation, history
from lms.reports.models import InspectionReport
from lms.targets.figures import Board, Question
from lms.targets.figures.inspections import Share
from lms.targets.figures.readings import in_scope
from lms.targets.rules import RULE_VERSION, Period, Ratio
from lms.targets.states import Indicator
from lms.targets.tables import scope_name

STAGES = ("decided", "planned", "running", "done", "stopped")
NOT_NAMED = "Không ghi"
Numbers = dict[str, Any]


def question_of_cases(report: InspectionReport) -> Question:
    """Return the question of the share that the report prints."""
    last = report.period_end - timedelta(days=1)
    as_of = min(last, max(today(), report.period_start))
    return Question(
        as_of=as_of,
        known_at=as_of,
        period=Period(report.period_start, report.period_end),
        agency_ids=(report.agency_id,) if report.agency_id else (),
    )


def cases_of(report: InspectionReport) -> QuerySet[Inspection]:
    """Return the kiểm tra of the scope that were decided by the end of the period and not over before it began."""
    start, end = report.period_start, report.period_end
    rows: QuerySet[Inspection] = Inspection.objects.filter(act=Act.KT)
    if report.agency_id:
        rows = rows.filter(Inspection.within(_below(report)))
    known = Q(decided_on__lt=end) | Q(decided_on=None, completed_on__lt=end)
    return rows.filter(known).exclude(completed_on__lt=start).exclude(stopped_on__lt=start)


def _below(report: InspectionReport) -> frozenset[int]:
    """Return the agency, all below it on the last day of the period, and who stands for them today."""
    tree, known, day = Organisation.on(report.period_end - timedelta(days=1)), history(), today()
    below = tree.below(report.agency_id) if report.agency_id else ()
    return frozenset({report.agency_id or 0, *below, *(known.bearer(pk, day) or pk for pk in below)})


def stages_of(case: Inspection, start: date, end: date) -> list[str]:
    """Return where the case counts: decided in the period, and how it stood at the period's end."""
    found = ["decided"] if case.decided_on and start <= case.decided_on < end else []
    if case.completed_on and case.completed_on < end:
        return [*found, "done"]
    if (case.stopped_on and case.stopped_on < end) or _stopped_undated(case):
        return [*found, "stopped"]
    announced = case.announced_on and case.announced_on < end
    runs = announced or (not case.is_run_here and case.status in (Status.IN_PROGRESS, Status.SUSPENDED))
    return [*found, "running" if runs else "planned"]


def _stopped_undated(case: Inspection) -> bool:
    return not case.stopped_on and case.status in (Status.CANCELLED, Status.TERMINATED)


def case_numbers(report: InspectionReport) -> Numbers:
    """Return everything the report prints, as plain data."""
    question = question_of_cases(report)
    board = Board(question)
    share = Share.of(in_scope(board))
    ratio = Ratio(share.full, share.all, board.targets[Indicator.DIGITAL_INSPECTIONS])
    rows = list(_rows(report))
    return {
        "scope": scope_name(question) if question.agency_ids else "",
        "period": [report.period_start.isoformat(), report.period_end.isoformat()],
        "as_of": question.as_of.isoformat(),
        "rule_version": RULE_VERSION,
        "target": int(board.targets[Indicator.DIGITAL_INSPECTIONS]),
        "share": {
            "full": share.full,
            "partial": share.partial,
            "paper": share.paper,
            "all": share.all,
            "pct": ratio.pct,
            "met": ratio.met,
            "remote": share.remote,
            "remote_pct": Ratio(share.remote, share.all, 0).pct,
            "subjects": share.subjects,
            "subjects_full": share.subjects_full,
        },
        "reconciled": board.reconciled.as_json(),
        "totals": _count(rows),
        "by": {name: _grouped(rows, name) for name in ("kind", "field", "lead")},
        "findings": _findings(report),
        "remedies": _remedies(report),
        "overrides": list(_overrides(report)),
        "cases": rows,
    }


def _rows(report: InspectionReport) -> Iterator[Numbers]:
    """Yield one line a case; of a state secret its code, agency and stage alone."""
    known, last = history(), report.period_end - timedelta(days=1)
    cases = (
        cases_of(report)
        .select_related("kind")
        .prefetch_related("subjects")
        .order_by("lead_id", "decided_on", "pk")
    )
    names: dict[int, str] = {}
    for case in cases.iterator(chunk_size=500):
        lead = names.setdefault(
            case.lead_id, known.name(case.lead_id, last) or known.name(case.lead_id, case.named_on)
        )
        stages = stages_of(case, report.period_start, report.period_end)
        subjects = list(case.subjects.all())
        counted = "done" in stages and not case.is_secret
        yield {
            "code": case.code,
            "decision": case.decision_no,
            "decided_on": case.decided_on.isoformat() if case.decided_on else "",
            "lead": lead,
            "kind": case.kind.name if case.kind else NOT_NAMED,
            "field": case.field or NOT_NAMED,
            "subjects": len(subjects),
            "stages": stages,
            "completed_on": case.completed_on.isoformat() if counted and case.completed_on else "",
            "verdict": str(classify_all(one.steps for one in subjects)) if counted else "",
        }


def _count(rows: list[Numbers]) -> dict[str, int]:
    told = Counter(stage for row in rows for stage in row["stages"])
    return {stage: told[stage] for stage in STAGES}


def _grouped(rows: list[Numbers], name: str) -> list[Numbers]:
    groups: dict[str, list[Numbers]] = {}
    for row in rows:
        groups.setdefault(row[name], []).append(row)
    return [{"name": group, **_count(members)} for group, members in groups.items()]


def _in_period(report: InspectionReport, path: str) -> Q:
    inside = Q(
        (f"{path}__completed_on__gte", report.period_start), (f"{path}__completed_on__lt", report.period_end)
    )
    return inside & Q((f"{path}__in", cases_of(report).values("pk")))


def _findings(report: InspectionReport) -> dict[str, int]:
    """Count the findings of the cases done in the period, by severity."""
    rows = Finding.objects.filter(_in_period(report, "subject__inspection"))
    told = Counter(rows.order_by().values_list("severity", flat=True))
    return {str(severity): told[severity] for severity in Severity.values}


def _remedies(report: InspectionReport) -> dict[str, int]:
    """Count the remedies due in the period, those of them accepted, and all that are overdue at its end."""
    rows = Remedy.objects.filter(finding__subject__inspection__act=Act.KT)
    if report.agency_id:
        leads = Inspection.objects.filter(Inspection.within(_below(report)))
        rows = rows.filter(finding__subject__inspection__in=leads.values("pk"))
    due = rows.filter(deadline__gte=report.period_start, deadline__lt=report.period_end)
    limit = min(report.period_end, today())
    return {
        "due": due.count(),
        "done": due.filter(state=RemedyState.ACCEPTED).count(),
        "overdue": rows.waiting().filter(deadline__lt=limit).count(),
    }


def _overrides(report: InspectionReport) -> Iterator[Numbers]:
    """List the second inspections in a year that two persons let happen (NQ 198/2025/QH15, Điều 4)."""
    rows = YearOverride.objects.filter(
        approved_at__gte=_midnight(report.period_start), approved_at__lt=_midnight(report.period_end)
    )
    if report.agency_id:
        rows = rows.filter(YearOverride.within(_below(report)))
    known = history()
    for row in rows.select_related("subject", "inspection").order_by("approved_at", "pk"):
        on = timezone.localdate(row.approved_at)
        yield {
            "subject": str(row.subject),
            "lead": known.name(row.lead_id, on),
            "field": row.field,
            "signs": row.signs,
            "approved_on": on.isoformat(),
            "case": row.inspection.code if row.inspection else "",
        }


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
