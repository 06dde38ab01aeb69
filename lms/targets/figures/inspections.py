"""I3: the inspections of a period, each by its class, counted for its lead agency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import QuerySet

from inspections.models import InspectedSubject, Inspection
from inspections.rules import classify, classify_all
from inspections.states import Verdict
from lms.people.organisation import History
from lms.targets.figures.layout import home_now, home_then
from lms.targets.figures.question import Question
from lms.targets.queries import beside_the_rate, completed_within
from lms.targets.rules import left_out
from lms.targets.states import LeftOut, OrgView


@dataclass(frozen=True)
class Case:
    """One inspection as the figure sees it.

    `verdict` is None where it stands beside the rate, and `left_out` then says why. `above` are its
    lead agency and all above it, in the tree that holds for it.
    """

    pk: int
    verdict: Verdict | None
    left_out: LeftOut | None
    is_remote: bool
    subjects: int
    subjects_full: int
    home: int
    above: frozenset[int]

    def is_led_from(self, agency_ids: Iterable[int]) -> bool:
        """Tell whether the lead agency is one of these or below; naming none means anywhere."""
        scope = frozenset(agency_ids)
        return not scope or bool(scope & self.above)


@dataclass
class Share:
    """Counts of the cases in the rate."""

    full: int = 0
    partial: int = 0
    paper: int = 0
    remote: int = 0
    subjects_full: int = 0
    subjects: int = 0

    @property
    def all(self) -> int:
        return self.full + self.partial + self.paper

    @classmethod
    def of(cls, cases: Iterable[Case]) -> Share:
        """Count cases; those beside the rate are passed over."""
        share = cls()
        for case in cases:
            share.add(case)
        return share

    def __sub__(self, other: Share) -> Share:
        names = [field.name for field in fields(self)]
        return Share(**{name: getattr(self, name) - getattr(other, name) for name in names})

    def add(self, case: Case) -> None:
        """Count one more case."""
        if case.verdict is None:
            return
        is_full = case.verdict == Verdict.FULL
        self.full += is_full
        self.partial += case.verdict == Verdict.PARTIAL
        self.paper += case.verdict == Verdict.PAPER
        self.remote += is_full and case.is_remote
        self.subjects += case.subjects
        self.subjects_full += case.subjects_full


class Cases:
    """The inspections of one question."""

    def __init__(self, question: Question, history: History) -> None:
        self.question = question
        self.history = history

    def counted(self) -> list[Case]:
        """Return the inspections in the rate."""
        return self._cases(completed_within(Inspection.objects.all(), self.question.period))

    def left_out(self) -> list[Case]:
        """Return those that are listed beside it."""
        return self._cases(beside_the_rate(Inspection.objects.all(), self.question.period))

    def _cases(self, inspections: QuerySet[Inspection]) -> list[Case]:
        rows = list(inspections.order_by("pk"))
        steps: dict[int, list[str]] = {row.pk: [] for row in rows}
        found = InspectedSubject.objects.filter(inspection__in=inspections).order_by("pk")
        for inspection_id, marks in found.values_list("inspection_id", "steps"):
            steps[inspection_id].append(marks)
        return [self._case(row, steps[row.pk]) for row in rows]

    def _case(self, row: Inspection, steps: list[str]) -> Case:
        reason = left_out(row.act, row.status, is_secret=row.is_secret)
        home, above = self._place(row.lead_id, row.completed_on or row.decided_on or self.question.as_of)
        return Case(
            pk=row.pk,
            verdict=None if reason else classify_all(steps),
            left_out=reason,
            is_remote=row.method == "REMOTE",
            subjects=len(steps),
            subjects_full=sum(classify(marks) == Verdict.FULL for marks in steps),
            home=home,
            above=above,
        )

    def _place(self, lead_id: int, day: date) -> tuple[int, frozenset[int]]:
        """Return where the case belongs and everything above, in the tree of its day or of today."""
        if self.question.org_view == OrgView.CURRENT:
            home, tree = home_now(self.history, lead_id), self.history.on(self.question.tree_day)
        else:
            home, tree = home_then(self.history, lead_id, day), self.history.on(day)
        return home, frozenset((home, *tree.ancestors(home)))
