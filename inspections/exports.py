"""The list as a file: one row a case."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from inspections.models import Inspection
from inspections.rules import classify_all
from inspections.states import Act, Status

HEADERS = (
    _("Code"),
    _("Number of the decision"),
    _("Date of the decision"),
    _("Lead agency"),
    _("Kind of act"),
    _("Field"),
    _("Inspected subjects"),
    _("Steps S1 to S5"),
    _("Status"),
    _("Completed on"),
    _("Method"),
    _("Origin"),
    _("Digital"),
)


def export_row(case: Inspection, lead: str) -> list[Any]:
    """Return one case as cells."""
    subjects = list(case.subjects.all())
    counted = case.status == Status.COMPLETED and case.act == Act.KT and not case.is_secret
    verdict = classify_all(subject.steps for subject in subjects).label if counted else ""
    return [
        case.code,
        case.decision_no,
        case.decided_on,
        lead,
        str(case.get_act_display()),
        case.field,
        "; ".join(str(subject) for subject in subjects),
        "; ".join(subject.steps for subject in subjects),
        str(case.get_status_display()),
        case.completed_on,
        str(case.get_method_display()),
        str(case.get_origin_display()),
        str(verdict),
    ]
