"""From a decree to what would be written: pure, of the history and the posts given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.people.changes.checks import (
    check_codes,
    check_life,
    check_parent,
    check_request,
    check_successor,
    check_trees,
)
from lms.people.changes.plan import Cut, Holder, Inheritance, Kind, Plan, holding, listed, said
from lms.people.changes.request import Request
from lms.people.organisation import History, Period


def plan_change(
    request: Request,
    history: History,
    holders: Iterable[Holder] = (),
    taken: frozenset[tuple[int, int, date]] = frozenset(),
    *,
    staff_later: bool = False,
) -> Plan:
    """Return what the change would write, or the sentences that refuse it.

    `holders` are the posts open on the day or later at the agencies that end; `taken` the posts
    that people have at the successors already: (person, agency, first day).
    """
    plan = Plan(request, history, holders=list(holders))
    check_request(plan)
    if not plan.refusals:
        _LAY_OUT[Kind(request.kind)](plan)
    if not plan.refusals:
        _place_children(plan)
        if not staff_later:
            _place_staff(plan, taken)
    if not plan.refusals:
        later = plan.after()
        check_codes(plan, later)
        check_trees(plan, later)
    return plan


def _end_all(plan: Plan) -> None:
    for agency_id in plan.request.agencies:
        check_life(plan, agency_id, ends=True)
    for successor in plan.request.existing_successors:
        check_successor(plan, successor)
    plan.ended = list(plan.request.agencies)
    for founding in plan.request.founded:
        check_parent(plan, founding.name, founding.parent_id)


def _merge(plan: Plan) -> None:
    request = plan.request
    if len(request.successors) != 1:
        plan.refuse(_("A merger has one successor: found a new agency or choose one that stands."))
        return
    if not request.existing_successors and len(request.agencies) < 2:
        plan.refuse(
            _("Only “%(name)s” is chosen: a merger needs at least two agencies.")
            % {"name": plan.name(request.agencies[0])}
        )
    _end_all(plan)
    plan.inheritances = [
        Inheritance(pk, request.successors[0], plan.kind_of_succession(), 0) for pk in request.agencies
    ]


def _split(plan: Plan) -> None:
    request = plan.request
    if len(request.agencies) != 1:
        plan.refuse(_("One agency is split at a time."))
        return
    if len(set(request.successors)) < 2:
        plan.refuse(
            _("“%(name)s” is split into at least two agencies: name both.")
            % {"name": plan.name(request.agencies[0])}
        )
    _end_all(plan)
    plan.inheritances = [
        Inheritance(request.agencies[0], successor, plan.kind_of_succession(), rank)
        for rank, successor in enumerate(dict.fromkeys(request.successors))
    ]


def _abolish(plan: Plan) -> None:
    _end_all(plan)
    for holder in plan.holders:
        if holder.valid_from >= plan.on:
            plan.refuse(
                _("%(person)s takes up a post at “%(name)s” on %(start)s, after its end: correct that first.")
                % {
                    "person": holder.name,
                    "name": plan.name(holder.agency_id),
                    "start": said(holder.valid_from),
                }
            )
    plan.posts_ended = [holder.post_id for holder in plan.holders]


def _rename(plan: Plan) -> None:
    request = plan.request
    for agency_id in request.agencies:
        check_life(plan, agency_id, ends=False)
        period = _period_on(plan, agency_id)
        if period is None:
            continue
        cut = Cut(
            agency_id,
            request.code or period.code,
            request.name or period.name,
            period.parent_id,
            request.place_name or period.place_name,
        )
        if (cut.code, cut.name, cut.place_name) == (period.code, period.name, period.place_name):
            plan.refuse(
                _("“%(name)s” already has this name, code and place: nothing would change.")
                % {"name": period.name}
            )
        plan.cuts.append(cut)


def _move(plan: Plan) -> None:
    parent_id = plan.request.parent_id
    for agency_id in plan.request.agencies:
        check_life(plan, agency_id, ends=False)
        _put_under(plan, agency_id, parent_id)
        if not plan.refusals and plan.before.on(plan.on).parent(agency_id) == parent_id:
            plan.refuse(
                _("“%(name)s” stands there already on %(day)s: nothing would change.")
                % {"name": plan.name(agency_id), "day": said(plan.on)}
            )


def _period_on(plan: Plan, agency_id: int) -> Period | None:
    return holding(plan.before.periods[agency_id], plan.on)


def _put_under(plan: Plan, agency_id: int, parent_id: int | None) -> None:
    if parent_id == agency_id:
        plan.refuse(_("“%(name)s” cannot stand under itself.") % {"name": plan.name(agency_id)})
        return
    check_parent(plan, plan.name(agency_id), parent_id)
    period = _period_on(plan, agency_id)
    if period is not None:
        plan.cuts.append(Cut(agency_id, period.code, period.name, parent_id, period.place_name))


def _place_children(plan: Plan) -> None:
    """Put the agencies below an ended one where the request says; a merger's go to the successor by themselves."""
    below = {child for pk in plan.ended for child in plan.before.on(plan.on).children(pk)}
    for child, parent_id in plan.request.children.items():
        if child in below and child not in plan.ended:
            _put_under(plan, child, parent_id)


def _place_staff(plan: Plan, taken: frozenset[tuple[int, int, date]]) -> None:
    """Send each post of a split agency to one successor: nobody left over, twice, or from elsewhere."""
    if plan.request.kind != Kind.SPLIT:
        return
    sent = dict(plan.request.staff)
    name = plan.name(plan.request.agencies[0])
    over = [holder for holder in plan.holders if sent.get(holder.post_id) not in plan.request.successors]
    if over:
        plan.refuse(
            ngettext(
                "%(count)d person of “%(agency)s” is left over: %(names)s. Say where they go.",
                "%(count)d persons of “%(agency)s” are left over: %(names)s. Say where they go.",
                len(over),
            )
            % {
                "count": len(over),
                "agency": name,
                "names": listed((holder.name for holder in over), mark="%s"),
            }
        )
    foreign = set(sent) - {holder.post_id for holder in plan.holders}
    if foreign:
        plan.refuse(
            ngettext(
                "%(count)d post in the list is not at “%(agency)s” on %(day)s: send the list again.",
                "%(count)d posts in the list are not at “%(agency)s” on %(day)s: send the list again.",
                len(foreign),
            )
            % {"count": len(foreign), "agency": name, "day": said(plan.on)}
        )
    if not over:
        plan.placements = {holder.post_id: sent[holder.post_id] for holder in plan.holders}
        _refuse_doubles(plan, taken)


def _refuse_doubles(plan: Plan, taken: frozenset[tuple[int, int, date]]) -> None:
    begun = [
        (holder.person_id, plan.placements[holder.post_id], max(holder.valid_from, plan.on))
        for holder in plan.holders
    ]
    names = {holder.person_id: holder.name for holder in plan.holders}
    for (person_id, successor, start), times in Counter([*begun, *taken]).items():
        if times > 1 and person_id in names:
            plan.refuse(
                _("%(person)s would begin two posts at “%(agency)s” on %(day)s: end one of them first.")
                % {"person": names[person_id], "agency": plan.name(successor), "day": said(start)}
            )


_LAY_OUT: dict[Kind, Callable[[Plan], None]] = {
    Kind.MERGE: _merge,
    Kind.SPLIT: _split,
    Kind.RENAME: _rename,
    Kind.MOVE: _move,
    Kind.ABOLISH: _abolish,
}
