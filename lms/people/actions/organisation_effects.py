"""What a change would do to posts, roles and figures, tried inside a savepoint that is rolled back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from lms.base.dates import today
from lms.people.actions.organisation import note_organisation_changed
from lms.people.actions.organisation_rows import write_rows
from lms.people.changes.plan import Plan
from lms.people.changes.preview import Effect, Effects
from lms.people.changes.staff import posts_touched
from lms.people.models import Grant
from lms.people.organisation import History, history
from lms.people.ports import AgencyFigures, figures_of

# The whole and these figures of it: (name, counted, of).
SHARES = (("I1", "i1_num", "i1_den"), ("I2", "i2_num", "i2_den"), ("I3", "i3_num", "i3_den"))

# An agency that is not there and one that has nothing to count: no figure changes between them.
NOTHING = {"–", "0", "0 / 0"}


def effects_of(plan: Plan, counted: Callable[[], None] = lambda: None) -> Effects:
    """Try the change and compare; nothing is left of it. `counted` is told when the figures of now are known."""
    days = _days(plan)
    scopes: list[int | None] = [None, *sorted(plan.touched | plan.parents)]
    old = _read(plan.before, [pk for pk in scopes if pk is None or pk > 0], days)
    counted()
    with transaction.atomic():
        journal = write_rows(plan)
        note_organisation_changed()
        numbers = {journal.above(pk): pk for pk in scopes}
        new = {(numbers[pk], day): figures for (pk, day), figures in _read(history(), numbers, days).items()}
        transaction.set_rollback(True)
    figures = [effect for day in days for pk in scopes for effect in _compare(plan, pk, day, old, new)]
    eve = days[0]
    return Effects(
        posts=posts_touched(plan.request),
        roles=_roles_ended(plan),
        figures=figures,
        compared=len(days) * len(scopes) * (len(SHARES) + 1),
        days=days,
        eve_is_equal=not any(effect.on == eve for effect in figures),
    )


Read = dict[tuple[int | None, date], AgencyFigures | None]


def _days(plan: Plan) -> list[date]:
    """The eve, the day itself, the ends of its year and of the years since, and today."""
    eve, now = plan.on - timedelta(days=1), today()
    years = (date(year, 12, 31) for year in range(plan.on.year, now.year))
    return sorted({eve, plan.on, *years, *([now] if now > plan.on else [])})


def _read(known: History, agency_ids: Iterable[int | None], days: list[date]) -> Read:
    ids = list(agency_ids)
    return {
        (row.agency_id, day): row if row.agency_id is None or known.lives(row.agency_id, day) else None
        for day in days
        for row in figures_of(ids, day)
    }


def _compare(plan: Plan, agency_id: int | None, day: date, old: Read, new: Read) -> list[Effect]:
    before, after = old.get((agency_id, day)), new.get((agency_id, day))
    name = _("Everything") if agency_id is None else plan.name(agency_id)
    pairs = zip(_texts(before), _texts(after), strict=True)
    return [
        Effect(day, name, figure, then, now)
        for (figure, then), (_figure, now) in pairs
        if then != now and not {then, now} <= NOTHING
    ]


def _texts(row: AgencyFigures | None) -> list[tuple[str, str]]:
    if row is None:
        return [(_("Staff"), "–"), *((name, "–") for name, _num, _den in SHARES)]
    shares = [(name, f"{getattr(row, num)} / {getattr(row, den)}") for name, num, den in SHARES]
    return [(_("Staff"), str(row.n)), *shares]


def _roles_ended(plan: Plan) -> int:
    """How many roles reach nothing any more: nobody's reach widens by a merger."""
    return Grant.objects.on(plan.on).filter(agency__in=plan.ended).count() if plan.ended else 0
