"""Opening a decision from a line of a plan: what it must have in common with the line."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from inspections.models import InspectedSubject, PlanLine, PlanVersion, SkippedLine, Subject
from inspections.states import Act, Ground, Status
from lms.base.dates import today
from lms.people.models import Agency
from lms.people.organisation import history


def check_plan_line(
    line: PlanLine, *, lead: Agency, ground: str, year: int, subjects: Sequence[Subject]
) -> None:
    """Refuse a decision that its line of the plan does not cover, or that was decided from it already."""
    version = (
        PlanVersion.objects.select_for_update(of=("self",)).select_related("plan").get(pk=line.version_id)
    )
    _check_version(version, line)
    plan, day = version.plan, today()
    if (history().bearer(plan.agency_id, day) or plan.agency_id) != lead.pk:
        raise ValidationError({"lead": _("The plan is another agency's: it leads the inspection.")})
    if ground != Ground.PLAN:
        raise ValidationError({"ground": _("A decision opened from a plan has the plan as its ground.")})
    if plan.year != year:
        raise ValidationError(
            {"signed_on": _("The plan is of %(year)s, the decision is not.") % {"year": plan.year}}
        )
    _check_subjects(version, line, subjects)


def _check_version(version: PlanVersion, line: PlanLine) -> None:
    if not version.is_in_force:
        raise ValidationError(_("Decisions rest on the approved version of a plan: this one is not."))
    if version.plan.act != Act.KT:
        raise ValidationError(_("From a plan of the inspectorate no decision is opened here."))
    if SkippedLine.objects.filter(plan=version.plan, key=line.key).exists():
        raise ValidationError(_("This line of the plan was skipped."))


def _check_subjects(version: PlanVersion, line: PlanLine, subjects: Sequence[Subject]) -> None:
    planned = {_head(party.subject) for party in line.parties.select_related("subject")}
    strange = [str(subject) for subject in subjects if _head(subject) not in planned]
    if strange:
        raise ValidationError(
            {
                "subjects": _("Line %(line)d of the plan does not name %(names)s: decide on them apart.")
                % {"line": line.number, "names": ", ".join(strange)}
            }
        )
    again = [str(subject) for subject in subjects if _head(subject) in decided_of(version, line)]
    if again:
        raise ValidationError(
            {
                "subjects": _("Of this line of the plan it was already decided on: %(names)s.")
                % {"names": ", ".join(again)}
            }
        )


def decided_of(version: PlanVersion, line: PlanLine) -> set[int]:
    """Return the parties of a line on whom a decision stands, in whichever version it was opened."""
    rows = InspectedSubject.objects.filter(
        inspection__decision__plan_line__version__plan=version.plan,
        inspection__decision__plan_line__key=line.key,
    ).exclude(inspection__status=Status.CANCELLED)
    return {_head(row.subject) for row in rows.select_related("subject") if row.subject}


def _head(subject: Subject) -> int:
    return subject.merged_into_id or subject.pk
