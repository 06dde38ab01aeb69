"""Lists by agency: as it was called on each row's day, or as it is today, followed through successions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from lms.base.dates import today
from lms.base.tables import Filter
from lms.base.vietnamese import fold
from lms.people.organisation import History, history

VIEW, CURRENT = "org_view", "current"


def is_current(request: HttpRequest) -> bool:
    """Tell whether the reader wants agencies as they are today."""
    return request.GET.get(VIEW) == CURRENT


def shown_name(known: History, agency_id: int, on: date, *, current: bool) -> str:
    """Return the agency's name on the day, or that of who alone stands for it today."""
    now = today()
    return (
        known.name(known.bearer(agency_id, now) or agency_id, now) if current else known.name(agency_id, on)
    )


@dataclass(frozen=True)
class Named:
    """One choice: agencies, and from which day to which a row must be where the name held for a time only."""

    agency_ids: frozenset[int]
    name: str
    start: date | None = None
    end: date | None = None


def agency_filters(
    request: HttpRequest, agency_ids: Iterable[int], *, name: str, label: str, lookup: str, day: Any
) -> tuple[Filter, Filter]:
    """Return the filter by agency and the switch of its view.

    `agency_ids` are those the rows name by `lookup`; `day` is the expression of a row's own day.
    """
    choices = _today(agency_ids) if is_current(request) else _as_they_were(agency_ids)
    listed = sorted(choices.items(), key=lambda item: (fold(item[1].name), item[0]))

    def narrow(rows: QuerySet, value: str) -> QuerySet:
        chosen = choices[value]
        return rows.annotate(agency_day=day).filter(_days(chosen), **{f"{lookup}__in": chosen.agency_ids})

    nothing: Callable[[QuerySet, str], QuerySet] = lambda rows, _value: rows  # noqa: E731
    return (
        Filter(name, label, [(value, choice.name) for value, choice in listed], apply=narrow),
        Filter(
            VIEW,
            _("By the organisation"),
            [(CURRENT, _("as it is today"))],
            apply=nothing,
            empty=_("as it was on the day"),
        ),
    )


def _days(chosen: Named) -> Q:
    """Rows without a day are of today."""
    inside, now = Q(), today()
    if chosen.start:
        inside &= Q(agency_day__gte=chosen.start)
    if chosen.end:
        inside &= Q(agency_day__lt=chosen.end)
    holds = (not chosen.start or chosen.start <= now) and (not chosen.end or now < chosen.end)
    return inside | Q(agency_day=None) if inside and holds else inside


def _today(agency_ids: Iterable[int]) -> dict[str, Named]:
    """Of who was split or abolished nobody stands today: they are listed by their last name."""
    known, now = history(), today()
    gathered: dict[int, set[int]] = {}
    for pk in agency_ids:
        gathered.setdefault(known.bearer(pk, now) or pk, set()).add(pk)
    return {str(pk): Named(frozenset(ids), known.name(pk, now)) for pk, ids in gathered.items()}


def _as_they_were(agency_ids: Iterable[int]) -> dict[str, Named]:
    known = history()
    found: dict[str, Named] = {}
    for pk in set(agency_ids):
        periods = known.periods.get(pk, [])
        starts = [p for n, p in enumerate(periods) if n == 0 or p.name != periods[n - 1].name]
        if len(starts) < 2:
            found[str(pk)] = Named(frozenset({pk}), starts[0].name if starts else str(pk))
            continue
        for n, period in enumerate(starts):
            end = starts[n + 1].valid_from if n + 1 < len(starts) else None
            start = period.valid_from if n else None
            found[f"{pk}.{n + 1}"] = Named(frozenset({pk}), period.name, start, end)
    return found
