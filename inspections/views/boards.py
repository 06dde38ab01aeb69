"""Boards: what an inspector and a head have before them, and every clock that runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from inspections.actions.steps import working_calendar
from inspections.models import (
    CaseDocument,
    Inspection,
    InspectionPlan,
    PlanVersion,
    Remedy,
    TeamMember,
    WorkPlan,
)
from inspections.paper_states import PaperState
from inspections.plan_states import PlanState
from inspections.queries import InspectionQuerySet
from inspections.remedy_states import Due, RemedyState
from inspections.rules.authority import Reach
from inspections.rules.days_left import working_days_between
from inspections.states import CLOSED, Duty, Status
from inspections.views.door import VIEW, actor, signed_in
from inspections.views.lists import NEAR_DAYS, DueLine, due_line
from lms.base.dates import today
from lms.base.tables import Filter, Listing
from lms.notices.models import Notice
from lms.people.access import requires
from lms.people.models import Person
from lms.people.organisation import history
from lms.people.tables import agency_filters

SHOWN = 10
TEAMS_SHOWN = 50
SIGN = "inspections.sign"
NEEDED = ("announcement", "result", "decision", "kind_version")
PARTS = ("team", "subjects__records", "subjects__minutes", "suspensions")


@dataclass(frozen=True)
class Pile:
    """Things of one kind that wait: how many, the first of them, and where all of them are."""

    title: str
    rows: Sequence[Any]
    count: int
    url: str = ""


@dataclass(frozen=True)
class Clock:
    """One case on the board of deadlines."""

    due: DueLine
    working_left: int
    paused: int

    @property
    def is_standing(self) -> bool:
        """Whether the clock stands still."""
        return self.due.case.status == Status.SUSPENDED


def _pile(title: str, rows: Any, url: str = "") -> Pile:
    found = list(rows[: SHOWN + 1])
    count = rows.count() if len(found) > SHOWN else len(found)
    return Pile(title, found[:SHOWN], count, url)


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Show the cases in whose team one is, the nearest last day first, and what else waits for one's hand."""
    person = actor(request)
    rows = Inspection.objects.filter(team__person=person).run_here().open()
    listing = Listing(
        request,
        rows.select_related(*NEEDED).prefetch_related(*PARTS),
        search=("search_text__contains",),
        filters=(Filter("status", _("Status"), _open_statuses()),),
        sorts={"due": ("announcement__last_day",), "code": ("code",)},
        default_sort="due",
        keyset=True,
    )
    context = {
        "listing": listing,
        "lines": _lines(listing.page, person),
        "piles": [pile for pile in _piles_of_one(person) if pile.count],
        "warnings": _warnings(person),
    }
    return render(request, "inspections/board_mine.html", context)


def _warnings(person: Person) -> Pile:
    """Return the messages about inspections that the person has not read yet, the newest first."""
    rows = Notice.objects.of(person).unread().filter(key__startswith="inspections.")
    return _pile(_("Warnings"), rows, reverse("notices"))


def _open_statuses() -> list[tuple[str, str]]:
    return [(str(status), str(status.label)) for status in Status if status not in CLOSED]


def _lines(cases: Any, person: Person) -> list[DueLine]:
    known, reach = history(), Reach.of(person)
    return [line for case in cases if (line := due_line(case, person, known, reach))]


def _piles_of_one(person: Person) -> list[Pile]:
    """Return what waits for this person: documents, remedies handed in or overdue in the own cases."""
    remedies = Remedy.objects.filter(finding__subject__inspection__team__person=person)
    remedies = remedies.select_related("finding__subject__inspection").order_by("deadline", "pk")
    day = today()
    return [
        _pile(_("Documents to sign"), _to_sign(person)),
        _pile(_("Remedies to judge"), remedies.filter(state=RemedyState.HANDED_IN)),
        _pile(_("Remedies overdue"), remedies.of_due(Due.OVERDUE, day, timedelta(0))),
    ]


def _to_sign(person: Person) -> Any:
    rows = CaseDocument.objects.filter(signer=person, state=PaperState.DRAFT)
    return rows.select_related("inspection").order_by("pk")


@requires(SIGN)
def head(request: HttpRequest) -> HttpResponse:
    """Show what a head has to sign, what is late in the own agencies, and the teams."""
    person, day = actor(request), today()
    cases = _led(person)
    late = cases.due_by(day - timedelta(days=1)).select_related(*NEEDED).prefetch_related(*PARTS)
    late_pile = _pile(_("Late"), late.order_by("announcement__last_day", "pk"))
    context = {
        "piles": [pile for pile in _piles_of_a_head(person) if pile.count],
        "warnings": _warnings(person),
        "late": _lines(late_pile.rows, person),
        "late_count": late_pile.count,
        "teams": _teams(cases, day),
        "near_days": NEAR_DAYS,
    }
    return render(request, "inspections/board_head.html", context)


def _led(person: Person) -> InspectionQuerySet:
    """Return the cases of the agencies the person signs for."""
    found: InspectionQuerySet = Inspection.scoped.for_person(person, SIGN)
    return found


def _piles_of_a_head(person: Person) -> list[Pile]:
    plans = InspectionPlan.scoped.for_person(person, SIGN).values("pk")
    versions = PlanVersion.objects.filter(plan__in=plans, state=PlanState.SENT).select_related("plan")
    work_plans = WorkPlan.objects.filter(
        state=WorkPlan.State.SUBMITTED, inspection__in=_led(person).open().values("pk")
    )
    return [
        _pile(_("Documents to sign"), _to_sign(person)),
        _pile(_("Work plans to approve"), work_plans.select_related("inspection").order_by("pk")),
        _pile(_("Inspection plans to approve"), versions.order_by("pk")),
    ]


def _teams(cases: InspectionQuerySet, day: date) -> list[dict[str, Any]]:
    """Count the open cases by who leads the team; one group-by, the latest first."""
    leaders = TeamMember.objects.filter(duty=Duty.LEADER)
    rows = cases.open().filter(team__in=leaders).counts("team__person", "team__person__full_name", on=day)
    return list(rows.order_by("-late", "-running", "team__person__full_name")[:TEAMS_SHOWN])


@requires(VIEW)
def deadlines(request: HttpRequest) -> HttpResponse:
    """Show every clock that runs or stands still: its last day, how it came about, and whose turn it is."""
    person, day = actor(request), today()
    soon = day + timedelta(days=NEAR_DAYS)
    rows = Inspection.scoped.for_person(person, VIEW).run_here().on_the_clock()
    leads = rows.order_by("lead").values_list("lead", flat=True).distinct()

    def near(found: Any, word: str) -> Any:
        return found.of_nearness(word, day, soon)

    listing = Listing(
        request,
        rows.select_related(*NEEDED).prefetch_related(*PARTS),
        search=("search_text__contains",),
        filters=(
            Filter("due", _("Deadline"), _nearness(), apply=near),
            *agency_filters(
                request, leads, name="lead", label=_("Lead agency"), lookup="lead", day="decided_on"
            ),
        ),
        sorts={"due": ("announcement__last_day",), "code": ("code",)},
        default_sort="due",
        keyset=True,
    )
    context = {"listing": listing, "clocks": _clocks(_lines(listing.page, person), day)}
    return render(request, "inspections/board_deadlines.html", context)


def _nearness() -> list[tuple[str, str]]:
    days = {"days": NEAR_DAYS}
    return [
        ("late", _("late")),
        ("near", _("within %(days)d days") % days),
        ("later", _("later")),
        ("suspended", _("standing still")),
    ]


def _clocks(lines: list[DueLine], day: date) -> list[Clock]:
    calendar = working_calendar()
    return [
        Clock(line, working_days_between(day, line.case.announcement.last_day, calendar), _paused(line, day))
        for line in lines
    ]


def _paused(line: DueLine, day: date) -> int:
    pauses = line.case.suspensions.all()
    return sum(((pause.resumed_on or day) - pause.suspended_on).days for pause in pauses)
