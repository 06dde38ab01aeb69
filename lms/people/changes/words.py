"""A change in one line."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lms.people.changes.plan import Kind, Plan, listed, said
from lms.people.changes.request import Request
from lms.people.organisation import History, Organisation

LONGEST = 500


def title_of(request: Request, history: History) -> str:
    """Return the change in one line, with the names of the day it began."""

    def name(agency_id: int) -> str:
        if agency_id < 0:
            return request.founded[-agency_id - 1].name
        return history.name(agency_id, request.on)

    words = {
        "agencies": listed(map(name, request.agencies), shown=3),
        "successors": listed(map(name, request.successors), shown=3),
        "name": request.name or request.code or request.place_name,
        "parent": name(request.parent_id) if request.parent_id else _("nobody"),
    }
    sentence = {
        Kind.MERGE: _("%(agencies)s merge into %(successors)s"),
        Kind.SPLIT: _("%(agencies)s is split into %(successors)s"),
        Kind.RENAME: _("%(agencies)s is now “%(name)s”"),
        Kind.MOVE: _("%(agencies)s moves under “%(parent)s”"),
        Kind.ABOLISH: _("%(agencies)s is abolished"),
    }[Kind(request.kind)]
    return (sentence % words)[:LONGEST]


def written(plan: Plan) -> list[str]:
    """Return in sentences what the plan does to agencies."""
    later = plan.after().on(plan.on)
    lines = []
    for agency_id in plan.ended:
        words = {"name": plan.name(agency_id), "day": said(plan.on)}
        lines.append(_("“%(name)s” ends: %(day)s is the first day without it.") % words)
    for number, founding in enumerate(plan.request.founded, start=1):
        parent = later.parent(-number)
        words = {"name": founding.name, "code": founding.code, "parent": _parent(later, parent)}
        lines.append(_("“%(name)s” (%(code)s) begins, under %(parent)s.") % words)
    for cut in plan.cuts:
        old = plan.before.period(cut.agency_id, plan.on)
        if old and (old.name, old.code) != (cut.name, cut.code):
            words = {"name": old.name, "code": old.code, "new": cut.name, "new_code": cut.code}
            lines.append(_("“%(name)s” (%(code)s) is called “%(new)s” (%(new_code)s).") % words)
        if old and plan.before.on(plan.on).parent(cut.agency_id) != cut.parent_id:
            words = {"name": cut.name, "parent": _parent(later, cut.parent_id)}
            lines.append(_("“%(name)s” stands under %(parent)s.") % words)
    follow = [pk for pk in later.agencies if pk > 0 and _follows(plan, later, pk)]
    if follow:
        names = listed(later.name(pk) for pk in sorted(follow))
        lines.append(_("These go on under the successor: %(names)s.") % {"names": names})
    return lines


def _parent(tree: Organisation, parent_id: int | None) -> str:
    return f"“{tree.name(parent_id)}”" if parent_id else _("nobody")


def _follows(plan: Plan, later: Organisation, agency_id: int) -> bool:
    """Tell whether the agency comes under a successor without a word of the decree about it."""
    then = plan.before.on(plan.on).parent(agency_id)
    cut = {item.agency_id for item in plan.cuts}
    return then in plan.ended and agency_id not in cut and later.parent(agency_id) is not None
