"""Warnings ahead: each deadline that comes is told to whoever has it in hand, once a stage; what is over goes to the head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop

from inspections.actions.steps import working_calendar
from inspections.models import Inspection, Remedy
from inspections.remedy_states import RemedyState
from inspections.rules import WorkingCalendar
from inspections.rules.warnings import Stage, stage_of
from inspections.states import Duty
from lms.notices.actions import Message, tell
from lms.people.models import Person

# Three working days are never more than this many days, the longest run of days off included.
LOOK_AHEAD = timedelta(days=21)

CASE_TITLES = {
    Stage.AHEAD: gettext_noop("%(code)s: the last day is near, %(day)s"),
    Stage.LAST: gettext_noop("%(code)s: the last day is here, %(day)s"),
    Stage.OVER: gettext_noop("%(code)s is late: its last day was %(day)s"),
}
REMEDY_TITLES = {
    Stage.AHEAD: gettext_noop("Remedy due on %(day)s: %(subject)s"),
    Stage.LAST: gettext_noop("Remedy due at the latest on %(day)s: %(subject)s"),
    Stage.OVER: gettext_noop("Remedy overdue since %(day)s: %(subject)s"),
}
CASE_TEXT = gettext_noop("Subjects: %(subjects)s. Finish the inspection, or extend it once by its document.")
REMEDY_TEXT = gettext_noop("Inspection %(code)s, to be done: %(what)s. Responsible: %(responsible)s.")


@transaction.atomic
def warn_of_deadlines(*, on: date) -> int:
    """Tell of every deadline that is near or over what was not told yet; return how many messages were new."""
    calendar = working_calendar()
    return tell(messages=[*_of_cases(on, calendar), *_of_remedies(on, calendar)])


def _of_cases(on: date, calendar: WorkingCalendar) -> Iterator[Message]:
    rows = (
        Inspection.objects.run_here()
        .due_by(on + LOOK_AHEAD)
        .select_related("announcement", "decision__signer")
    )
    for case in rows.prefetch_related("team__person", "subjects").order_by("pk"):
        last_day = case.announcement.last_day
        stage = stage_of(last_day, on, calendar)
        if stage is None:
            continue
        params = {
            "code": case.code,
            "day": f"{last_day:%d/%m/%Y}",
            "subjects": "; ".join(str(subject) for subject in case.subjects.all()),
        }
        for person in _in_charge(case, stage):
            yield Message(
                person=person,
                key=f"inspections.case/{case.pk}/{last_day:%Y-%m-%d}/{stage}",
                title=CASE_TITLES[stage],
                text=CASE_TEXT,
                params=params,
                url=reverse("inspections:case", args=[case.pk]),
                is_grave=stage == Stage.OVER,
            )


def _of_remedies(on: date, calendar: WorkingCalendar) -> Iterator[Message]:
    rows = Remedy.objects.waiting().filter(deadline__lte=on + LOOK_AHEAD)
    rows = rows.select_related("finding__subject__inspection__decision__signer")
    for remedy in rows.prefetch_related("finding__subject__inspection__team__person").order_by("pk"):
        stage = stage_of(remedy.deadline, on, calendar)
        # What was handed in lies with the team: its deadline is not near any more, only over.
        if stage is None or (stage != Stage.OVER and remedy.state == RemedyState.HANDED_IN):
            continue
        subject = remedy.finding.subject
        params = {
            "code": subject.inspection.code,
            "day": f"{remedy.deadline:%d/%m/%Y}",
            "subject": str(subject),
            "what": remedy.what,
            "responsible": remedy.responsible,
        }
        for person in _in_charge(subject.inspection, stage):
            yield Message(
                person=person,
                key=f"inspections.remedy/{remedy.pk}/{remedy.deadline:%Y-%m-%d}/{stage}",
                title=REMEDY_TITLES[stage],
                text=REMEDY_TEXT,
                params=params,
                url=reverse("inspections:remedy", args=[subject.inspection_id, remedy.pk]),
                is_grave=stage == Stage.OVER,
            )


def _in_charge(case: Any, stage: Stage) -> Iterable[Person]:
    """Return the leader; of what is over the signer of the decision, too: it goes up to the head."""
    people = [place.person for place in case.team.all() if place.duty == Duty.LEADER]
    decision = getattr(case, "decision", None)
    if decision is not None and (stage == Stage.OVER or not people):
        people.append(decision.signer)
    return dict.fromkeys(people)
