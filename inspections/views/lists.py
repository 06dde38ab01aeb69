"""What is due, and the list of all cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from inspections.exports import HEADERS, export_row
from inspections.models import Inspection
from inspections.queries import InspectionQuerySet
from inspections.rules import NextStep, classify_all, hands, nearness, next_step
from inspections.rules.authority import Reach
from inspections.states import Act, Origin, Status
from inspections.views.door import VIEW, actor, signed_in
from lms.base.dates import today
from lms.base.exports import csv_response, xlsx_response
from lms.base.tables import Filter, Listing
from lms.people.organisation import History, history
from lms.people.rules import may
from lms.people.tables import agency_filters, is_current, shown_name

DUE_SHOWN = 12
NEAR_DAYS = 3


@dataclass(frozen=True)
class Line:
    """One case as a list shows it."""

    case: Inspection
    lead: str
    subjects: str
    state: str
    verdict: str


@dataclass(frozen=True)
class DueLine:
    """One open case: its next step, whose turn, and how long there is."""

    case: Inspection
    lead: str
    subjects: str
    step: NextStep
    mine: bool
    last_day: date | None

    @property
    def days_left(self) -> int | None:
        """Days to the last day; negative when it has passed."""
        return (self.last_day - today()).days if self.last_day else None

    @property
    def days_late(self) -> int:
        """Days since the last day."""
        return -(self.days_left or 0)

    @property
    def state(self) -> str:
        """The kind of state the sign shows."""
        if self.last_day is None:
            return "pending"
        version = self.case.kind_version
        return nearness(self.last_day, today(), version.warn_days if version else NEAR_DAYS)


STATE_SIGNS = {
    Status.COMPLETED: "met",
    Status.IN_PROGRESS: "active",
    Status.SUSPENDED: "near",
    Status.PLANNED: "pending",
}


def names_of(case: Inspection) -> str:
    """Name the first subject and how many more there are."""
    names = [str(subject) for subject in case.subjects.all()]
    if len(names) <= 1:
        return "".join(names)
    return _("%(first)s and %(more)d more") % {"first": names[0], "more": len(names) - 1}


def _line(case: Inspection, known: History, *, current: bool) -> Line:
    steps = [subject.steps for subject in case.subjects.all()]
    counts = case.status == Status.COMPLETED and case.act == Act.KT and not case.is_secret
    verdict = classify_all(steps) if counts else None
    return Line(
        case,
        shown_name(known, case.lead_id, case.named_on, current=current),
        names_of(case),
        STATE_SIGNS.get(Status(case.status), "plain"),
        str(verdict.label) if verdict else "",
    )


def _choices(words: type[TextChoices]) -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in words.choices]


def _listing(request: HttpRequest) -> Listing:
    rows = Inspection.scoped.for_person(actor(request), VIEW).select_related("announcement")
    leads = rows.order_by("lead").values_list("lead", flat=True).distinct()
    day = Coalesce("decided_on", "completed_on")
    return Listing(
        request,
        rows.prefetch_related("subjects"),
        search=("search_text__contains",),
        filters=(
            Filter("status", _("Status"), _choices(Status)),
            Filter("act", _("Kind of act"), _choices(Act)),
            Filter("origin", _("Origin"), _choices(Origin)),
            *agency_filters(request, leads, name="lead", label=_("Lead agency"), lookup="lead", day=day),
        ),
        sorts={
            "code": ("code",),
            "decided": ("decided_on",),
            "completed": ("completed_on",),
        },
        default_sort="-decided",
    )


def _due(person: Any, known: History) -> list[DueLine]:
    rows: InspectionQuerySet = Inspection.scoped.for_person(person, VIEW)
    cases = (
        rows.open()
        .run_here()
        .select_related("announcement", "result", "decision", "kind_version")
        .prefetch_related("team", "subjects__records", "subjects__minutes")
        .order_by("announcement__last_day", "pk")
    )
    reach = Reach.of(person)
    lines = [line for case in cases[:200] if (line := due_line(case, person, known, reach))]
    lines.sort(key=lambda line: (line.last_day or date.max, line.case.pk))
    return lines


def due_line(case: Inspection, person: Any, known: History, reach: Reach) -> DueLine | None:
    step = next_step(case)
    if step is None:
        return None
    clock = getattr(case, "announcement", None)
    return DueLine(
        case,
        known.name(case.lead_id, case.named_on),
        names_of(case),
        step,
        step.who in hands(person, case, reach),
        clock.last_day if clock and case.status == Status.IN_PROGRESS else None,
    )


@signed_in
def overview(request: HttpRequest) -> HttpResponseBase:
    """Answer "what is due?", then list all cases the reader may see."""
    person, known = actor(request), history()
    due = _due(person, known)
    listing = _listing(request)
    context = {
        "due": due[:DUE_SHOWN],
        "due_more": max(0, len(due) - DUE_SHOWN),
        "mine": sum(line.mine for line in due),
        "late": sum(line.state == "late" for line in due),
        "listing": listing,
        "lines": [_line(case, known, current=is_current(request)) for case in listing.page],
        "may_open": may(person, "inspections.run") or may(person, "inspections.sign"),
        "may_register": may(person, "inspections.register") or may(person, "inspections.run"),
        "may_number": may(person, "inspections.register"),
        "may_see": may(person, VIEW),
        "may_sign": may(person, "inspections.sign"),
        "may_import": may(person, "inspections.import"),
    }
    return render(request, "inspections/list.html", context)


@signed_in
def export(request: HttpRequest) -> HttpResponseBase:
    """Send the whole list as it is searched and filtered."""
    known, current = history(), is_current(request)
    rows = (
        export_row(case, shown_name(known, case.lead_id, case.named_on, current=current))
        for case in _listing(request).rows
    )
    send = csv_response if request.GET.get("format") == "csv" else xlsx_response
    return send("kiem-tra", [str(header) for header in HEADERS], rows)
