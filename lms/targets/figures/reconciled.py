"""Whether the inspections of a figure were held against the registers of those who led them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from inspections.models import Reconciliation, RegisterEntry
from inspections.rules.reconciling import covered, owed_until
from lms.base.dates import local_date
from lms.people.organisation import History
from lms.targets.figures.inspections import Case
from lms.targets.figures.layout import home_now
from lms.targets.figures.question import Question


@dataclass(frozen=True)
class Reconciled:
    """How many of the agencies that must reconcile did, up to which day they must, and when the last did."""

    agencies: int
    done: int
    until: date
    last_on: date | None

    @property
    def is_whole(self) -> bool:
        """Whether the figure may be called reconciled."""
        return self.done == self.agencies

    def as_json(self) -> dict[str, object]:
        return {
            "yes": self.is_whole,
            "agencies": self.agencies,
            "done": self.done,
            "until": self.until.isoformat(),
            "last_on": self.last_on.isoformat() if self.last_on else None,
        }


def reconciled(question: Question, history: History, cases: Iterable[Case]) -> Reconciled:
    """Tell it for the agencies that led the counted cases of the scope and for the scope's own agencies.

    A register counts where its period was compared and every decision in it has its answer.
    """
    until = owed_until(question.period.start, question.period.end, question.as_of)
    led = {case.home for case in cases if case.is_led_from(question.agency_ids)}
    owing = {home_now(history, agency) for agency in led | set(question.agency_ids)}
    spans, days = _kept(history)
    done = {agency for agency in owing if covered(spans[agency], question.period.start, until)}
    made = [days[agency] for agency in done]
    # Nobody who led anything and nobody asked: there is nothing that was compared.
    return Reconciled(max(len(owing), 1), len(done), until, max(made, default=None))


def _kept(history: History) -> tuple[dict[int, list[tuple[date, date]]], dict[int, date]]:
    """Return what was wholly reconciled, by who stands today for the agency, and on which day last."""
    waiting = RegisterEntry.objects.filter(Q(inspection=None) & Q(set_aside=""))
    rows = Reconciliation.objects.exclude(pk__in=waiting.values("reconciliation")).order_by("made_at")
    spans: dict[int, list[tuple[date, date]]] = defaultdict(list)
    days: dict[int, date] = {}
    for agency, start, end, at in rows.values_list("agency_id", "period_start", "period_end", "made_at"):
        home, made = home_now(history, agency), local_date(at)
        # A register taken today says nothing of the days to come, whatever period it was sent for.
        spans[home].append((start, min(end, made + timedelta(days=1))))
        days[home] = made
    return spans, days
