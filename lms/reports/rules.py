"""Who may see which figure, and the lists behind it."""

from __future__ import annotations

from typing import Any

from lms.base.dates import today
from lms.people.organisation import Organisation, history
from lms.people.rules import Scope, scope_of
from lms.targets.figures import Question
from lms.targets.rules import Ratio

# A share this near its target (in percent of it) is shown as near.
NEAR = 80


def may_see_figures(person: Any, question: Question) -> bool:
    """Tell whether the person may see these figures: the province's for all who see any, else their own."""
    scope = scope_of(person, "targets.view")
    return bool(scope) and _covers_all(scope, question)


def may_see_units(person: Any, question: Question) -> bool:
    """Tell whether the person may see the figures broken down by unit."""
    scope = scope_of(person, "targets.view")
    return scope.everything or (bool(question.agency_ids) and _covers_all(scope, question))


def may_list(person: Any, question: Question) -> bool:
    """Tell whether the person may open the figures down to people and cases."""
    scope = scope_of(person, "targets.lists")
    return scope.everything or (bool(question.agency_ids) and _covers_all(scope, question))


def _covers_all(scope: Scope, question: Question) -> bool:
    return all(covers(scope, pk) for pk in question.agency_ids)


def covers(scope: Scope, agency_id: int) -> bool:
    """Tell whether the scope reaches the agency or, where it has ended, the one that alone goes on for it."""
    return scope.covers(agency_id) or scope.covers(history().bearer(agency_id, today()))


def own_agency(person: Any) -> int | None:
    """Return the highest agency of today the person sees figures of; None for the whole province or nothing.

    Whoever reaches an agency reaches its forerunners too, for their past; none of them is where one works.
    """
    scope = scope_of(person, "targets.view")
    if scope.everything:
        return None
    day = today()
    tree, known = Organisation.on(day), history()
    tops = [pk for pk in scope.agency_ids if known.lives(pk, day) and tree.parent(pk) not in scope.agency_ids]
    return min(tops, key=lambda pk: (tree.code(pk), pk), default=None)


def status_of(ratio: Ratio) -> str:
    """Return the state a figure is shown in: met, near, not_met, or none where nothing arose."""
    if ratio.met is None:
        return "none"
    if ratio.met:
        return "met"
    return "near" if ratio.num * 100 * 100 >= ratio.target * ratio.den * NEAR else "not_met"
