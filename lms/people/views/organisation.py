"""The tree of agencies on any day, and the life of one agency; open to everybody who is signed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms.base.dates import today
from lms.base.exports import csv_response, xlsx_response
from lms.base.vietnamese import fold
from lms.people.agency_history import heads_of, spans_of, successions_of
from lms.people.changes.reach import PERMISSION
from lms.people.changes.request import Request
from lms.people.changes.words import title_of
from lms.people.forms.organisation import TreeForm
from lms.people.models import Agency, OrganisationChange
from lms.people.organisation import History, Organisation, history
from lms.people.rules import may


@dataclass(frozen=True)
class Node:
    """An agency in the tree of a day, with those below."""

    agency_id: int
    code: str
    name: str
    children: list[Node]


@login_required
@require_safe
def organisation(request: HttpRequest) -> HttpResponse:
    """Show the tree on a day, what is found in it, or send it as a file."""
    form = TreeForm(request.GET or None)
    valid = form.is_valid()
    on: date = (form.cleaned_data.get("on") if form.is_bound else None) or today()
    known = history()
    tree = known.on(on)
    if valid and (layout := request.GET.get("format")) in ("csv", "xlsx"):
        return _file(layout, tree, on)
    words = fold(form.cleaned_data.get("q", "")) if valid else ""
    context = {
        "form": form,
        "on": on,
        "is_today": on == today(),
        "count": len(tree.agencies),
        "nodes": [] if words else [_node(tree, pk) for pk in tree.roots()],
        "words": words,
        "found": list(_found(tree, words)) if words else [],
        "days": [day for day in reversed(known.change_days) if day.year > 1],
        "may_change": may(request.user, PERMISSION),
    }
    return render(
        request, "people/organisation.html", context, status=200 if valid or not form.is_bound else 422
    )


def _node(tree: Organisation, agency_id: int) -> Node:
    below = [_node(tree, child) for child in tree.children(agency_id)]
    return Node(agency_id, tree.code(agency_id), tree.name(agency_id), below)


def _found(tree: Organisation, words: str) -> Iterator[tuple[int, str, str, str]]:
    """Yield the agencies whose name or code holds every word, each with those above it."""
    for agency_id in _in_order(tree):
        code, name = tree.code(agency_id), tree.name(agency_id)
        text = f"{fold(name)} {fold(code)}"
        if all(word in text for word in words.split()):
            above = " › ".join(tree.name(pk) for pk in reversed(tree.ancestors(agency_id)))
            yield agency_id, code, name, above


def _in_order(tree: Organisation) -> Iterator[int]:
    waiting = list(reversed(tree.roots()))
    while waiting:
        agency_id = waiting.pop()
        yield agency_id
        waiting.extend(reversed(tree.children(agency_id)))


def _file(layout: str, tree: Organisation, on: date) -> HttpResponse:
    headers = [_("Agency code"), _("Agency"), _("Level"), _("Code of the agency above"), _("Agency above")]
    levels = dict(Agency.Level.choices)
    lines = (
        [tree.code(pk), tree.name(pk), str(levels[tree.level(pk)]), *_above(tree, pk)]
        for pk in _in_order(tree)
    )
    send: Any = csv_response if layout == "csv" else xlsx_response
    response: HttpResponse = send(f"organisation-{on.isoformat()}", headers, lines)
    return response


def _above(tree: Organisation, agency_id: int) -> list[str]:
    parent = tree.parent(agency_id)
    return [tree.code(parent), tree.name(parent)] if parent else ["", ""]


@login_required
@require_safe
def agency(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an agency's life: names, codes, parents, heads, predecessors, successors, decrees."""
    row = get_object_or_404(Agency, pk=pk)
    known = history()
    last_day = _day_to_show(row)
    tree = known.on(last_day)
    came_from, became = successions_of(pk)
    changes = row.changes.filter(state=OrganisationChange.State.APPLIED).order_by("on", "pk")
    context = {
        "agency": row,
        "name": known.name(pk, last_day),
        "code": tree.code(pk),
        "lives": row.is_valid_on(today()),
        "to_come": row.valid_from > today(),
        "spans": spans_of(known, pk),
        "heads": heads_of(pk),
        "above": [(above, tree.name(above)) for above in reversed(tree.ancestors(pk))],
        "below": [(child, tree.code(child), tree.name(child)) for child in tree.children(pk)],
        "came_from": [_link(known, item.predecessor_id, item) for item in came_from],
        "became": [_link(known, item.successor_id, item) for item in became],
        "changes": [(change, title_of(Request.from_json(change.request), known)) for change in changes],
        "may_change": may(request.user, PERMISSION, pk) and row.is_valid_on(today()),
    }
    return render(request, "people/organisation_agency.html", context)


def _day_to_show(row: Agency) -> date:
    """Today; of an agency that has ended the last day, of one to come the first."""
    if row.valid_to and row.valid_to <= today():
        return date.fromordinal(row.valid_to.toordinal() - 1)
    return max(row.valid_from, today())


def _link(known: History, agency_id: int, item: Any) -> dict[str, Any]:
    period = known.period(agency_id, item.on)
    return {
        "pk": agency_id,
        "name": period.name if period else "",
        "code": period.code if period else "",
        "on": item.on,
        "kind": item.get_kind_display(),
        "decree": item.decree,
    }
