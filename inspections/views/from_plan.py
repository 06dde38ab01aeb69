"""A new decision that begins with what a line of an approved plan says."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from inspections.actions.planned import decided_of
from inspections.models import InspectionPlan, PlanLine
from inspections.states import Ground
from inspections.views.door import VIEW, actor
from lms.base.dates import today
from lms.people.organisation import history


def plan_line_for(request: HttpRequest) -> PlanLine | None:
    """Return the line the address names (`?line=7`), where the reader may see its plan; None where none is named."""
    asked = request.GET.get("line", "")
    if not asked:
        return None
    mine = InspectionPlan.scoped.for_person(actor(request), VIEW).values("pk")
    rows = PlanLine.objects.filter(version__plan__in=mine).select_related("version__plan", "kind")
    found = rows.filter(pk=asked).first() if asked.isdigit() else None
    if found is None:
        raise Http404(_("There is no such line in this plan."))
    return found


def decision_of(line: PlanLine) -> dict[str, Any]:
    """Return what the line says of the decision."""
    version, plan = line.version, line.version.plan
    ground = _("Plan %(title)s") % {"title": version.title}
    if version.paper_number and version.issued_on:
        ground = f"Kế hoạch số {version.paper_number} ngày {version.issued_on:%d/%m/%Y}"
    return {
        "lead": history().bearer(plan.agency_id, today()) or plan.agency_id,
        "kind": line.kind_id,
        "ground": Ground.PLAN,
        "ground_detail": ground,
        "content": line.content,
        "field": line.field,
    }


def parties_of(line: PlanLine) -> list[dict[str, Any]]:
    """Return the subjects of the line that nothing was decided on yet."""
    decided = decided_of(line.version, line)
    subjects = [party.subject for party in line.parties.select_related("subject")]
    return [
        {name: getattr(one, name) for name in ("kind", "identifier", "name", "address")}
        for one in subjects
        if (one.merged_into_id or one.pk) not in decided
    ]
