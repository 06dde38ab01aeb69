"""Changes of the organisation, as an officer asks for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.forms.models import model_to_dict

from lms.people.actions.organisation import apply_change, prepare_change
from lms.people.changes.request import Founding, Request
from lms.people.models import Agency, OrganisationChange

MERGER = date(2025, 7, 1)
DECREE = "Nghị quyết 202/2025/QH15"


def founding(code: str, name: str, parent: Agency | None = None, level: str = "province") -> Founding:
    """Describe an agency that a decree founds."""
    return Founding(code, name, level, parent_id=parent.pk if parent else None)


def request(kind: str, *agencies: Agency, on: date = MERGER, decree: str = DECREE, **more: Any) -> Request:
    """Make a request; successors may be agencies or foundings."""
    successors, founded = [], []
    for successor in more.pop("successors", ()):
        if isinstance(successor, Founding):
            founded.append(successor)
            successors.append(-len(founded))
        else:
            successors.append(successor.pk)
    if isinstance(more.get("parent"), Agency):
        more["parent_id"] = more.pop("parent").pk
    return Request(
        kind,
        on,
        decree,
        tuple(agency.pk for agency in agencies),
        founded=tuple(founded),
        successors=tuple(successors),
        **more,
    )


def carried_out(by: Any, *args: Any, **more: Any) -> OrganisationChange:
    """Prepare and carry out a change."""
    return apply_change(change=prepare_change(request=request(*args, **more), by=by), by=by)


def rows() -> dict[str, list[dict[str, Any]]]:
    """Return every row of agencies, periods, successions, posts, roles and completions as it stands."""
    names = (
        "people.Agency", "people.AgencyPeriod", "people.Succession", "people.Post", "people.Grant",
        "courses.Completion", "certificates.Certificate",
    )  # fmt: skip
    return {
        name: [_row(row) for row in apps.get_model(name)._default_manager.order_by("pk")] for name in names
    }


def _row(row: Any) -> dict[str, Any]:
    values = model_to_dict(row)
    values.pop("successors", None)  # the other side of Succession, which is asked by itself
    return {**values, "pk": row.pk, "folded": getattr(row, "name_folded", "")}
