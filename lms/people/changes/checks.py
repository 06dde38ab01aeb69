"""What speaks against a change, each in a sentence that names what and where."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from lms.people.changes.plan import Plan, holding, listed, said
from lms.people.organisation import History, Organisation

# Days beyond these are slips of the pen.
YEARS = range(1900, 2200)


def check_request(plan: Plan) -> None:
    """Refuse a change without decree or agency, or of a day that cannot be."""
    request = plan.request
    if not request.decree.strip():
        plan.refuse(_("Name the decree: a change of the organisation rests on one."))
    if request.on.year not in YEARS:
        plan.refuse(
            _("%(day)s cannot be: the day must lie between %(first)d and %(last)d.")
            % {"day": said(request.on), "first": YEARS.start, "last": YEARS.stop - 1}
        )
    if not request.agencies:
        plan.refuse(_("Choose the agency that changes."))


def check_life(plan: Plan, agency_id: int, *, ends: bool) -> None:
    """Refuse a change before the agency's founding, after its end, or under a change already registered."""
    start, end, _level = plan.before.spans[agency_id]
    words = {"name": plan.name(agency_id), "day": said(plan.on), "start": said(start), "end": said(end)}
    if plan.on <= start:
        plan.refuse(_("“%(name)s” was founded on %(start)s: it cannot change on %(day)s.") % words)
    elif end is not None and (ends or end <= plan.on):
        plan.refuse(_("“%(name)s” ends on %(end)s already: it cannot change on %(day)s.") % words)
    elif ends:
        for period in plan.before.periods[agency_id]:
            if period.valid_from >= plan.on:
                plan.refuse(
                    _(
                        "“%(name)s” changes on %(later)s already (%(what)s): it cannot end on %(day)s. Undo the"
                        " other change first."
                    )
                    % {**words, "later": said(period.valid_from), "what": period.name}
                )


def check_successor(plan: Plan, successor: int) -> None:
    """Refuse a successor that does not exist on the day its predecessor ends."""
    words = {"name": plan.name(successor), "day": said(plan.on)}
    if successor in plan.request.agencies:
        plan.refuse(_("“%(name)s” ends on %(day)s: it cannot go on for itself.") % words)
    elif not plan.before.lives(successor, plan.on):
        start, end, _level = plan.before.spans[successor]
        lives = (
            _("it was founded on %(start)s") % {"start": said(start)}
            if plan.on < start
            else _("it ended on %(end)s") % {"end": said(end)}
        )
        plan.refuse(
            _("“%(name)s” does not exist on %(day)s, the day its predecessor ends: %(lives)s.")
            % {**words, "lives": lives}
        )


def check_parent(plan: Plan, name: str, parent_id: int | None) -> None:
    """Refuse to put an agency under one that is not there on the day."""
    if parent_id is None:
        return
    gone = parent_id in plan.ended or (parent_id > 0 and not plan.before.lives(parent_id, plan.on))
    if gone:
        plan.refuse(
            _("“%(name)s” cannot stand under “%(parent)s”, which does not exist on %(day)s.")
            % {"name": name, "parent": plan.name(parent_id), "day": said(plan.on)}
        )


def check_codes(plan: Plan, later: History) -> None:
    """Refuse a code that another agency bears on one of the same days: unique per period, not for ever."""
    fresh = [-number for number in range(1, len(plan.request.founded) + 1)]
    for agency_id in [*fresh, *(cut.agency_id for cut in plan.cuts)]:
        own = holding(later.periods[agency_id], plan.on)
        if own is None:
            continue
        for other in later.by_code[own.code]:
            if other.agency_id == agency_id:
                continue
            _start, end, _level = later.spans[other.agency_id]
            until = min(day for day in (other.valid_to, end, date.max) if day)
            if other.valid_from < (own.valid_to or date.max) and plan.on < until:
                plan.refuse(
                    _(
                        "The code %(code)s belongs to “%(other)s” since %(start)s: on %(day)s “%(name)s” cannot"
                        " bear it too."
                    )
                    % {
                        "code": own.code,
                        "other": other.name,
                        "start": said(other.valid_from),
                        "day": said(max(plan.on, other.valid_from)),
                        "name": own.name,
                    }
                )


def check_trees(plan: Plan, later: History) -> None:
    """Refuse a tree with a circle, or one in which an agency would stand under nobody, on any day to come."""
    for day in [plan.on, *(day for day in later.change_days if day > plan.on)]:
        then, tree = plan.before.on(day), later.on(day)
        _check_circles(plan, tree, day)
        orphans = [pk for pk in tree.roots() if not _stood_alone(plan, then, pk)]
        if orphans:
            plan.refuse(
                _("From %(day)s nobody would stand above %(names)s: say under whom they go.")
                % {"day": said(day), "names": listed(map(tree.name, orphans))}
            )
        if plan.refusals:
            return


def _stood_alone(plan: Plan, then: Organisation, agency_id: int) -> bool:
    if agency_id < 0:
        return plan.request.founded[-agency_id - 1].parent_id is None
    put = {cut.agency_id: cut.parent_id for cut in plan.cuts}
    if agency_id in put:
        return put[agency_id] is None
    return then.parent(agency_id) is None


def _check_circles(plan: Plan, tree: Organisation, day: date) -> None:
    known: set[int] = set()
    changed = {cut.agency_id for cut in plan.cuts}
    # The chain begins with the agency that is changed: that is the one the officer has in mind.
    for agency_id in sorted(tree.agencies, key=lambda pk: (pk not in changed, pk)):
        path: list[int] = []
        above: int | None = agency_id
        while above is not None and above not in path and above not in known:
            path.append(above)
            above = tree.parent(above)
        if above is not None and above in path:
            circle = [*path[path.index(above) :], above]
            plan.refuse(
                _("On %(day)s the agencies would stand in a circle: %(chain)s.")
                % {"day": said(day), "chain": " → ".join(tree.name(pk) for pk in circle)}
            )
        known.update(path)
