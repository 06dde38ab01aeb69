"""The work plan: submitted by the leader, approved or sent back by the signer (Điều 14 NĐ 217/2025)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.actions.gate import Paper, log, need_reason, pass_gate
from inspections.models import Inspection, WorkPlan
from inspections.states import Event
from lms.people.models import Person


@transaction.atomic
def submit_plan(
    *, by: Person, inspection: Inspection, paper: Paper | None = None, **contents: str
) -> WorkPlan:
    """Submit the plan, or submit it again after it was sent back. An approved plan stays as it is.

    ``contents``: aims, content, schedule, assignments, resources.
    """
    case = pass_gate(Event.SUBMIT_PLAN, inspection, by)
    plan = WorkPlan.objects.filter(inspection=case).first() or WorkPlan(inspection=case)
    if plan.is_approved:
        raise ValidationError(_("The work plan is approved: it stays as it is."))
    for name, value in contents.items():
        setattr(plan, name, value.strip())
    plan.state, plan.state_reason = WorkPlan.State.SUBMITTED, ""
    plan.submitted_at, plan.submitted_by = timezone.now(), by
    plan.decided_at = plan.decided_by = None
    plan.full_clean()
    plan.save()
    log(Event.SUBMIT_PLAN, case, by, paper=paper)
    return plan


@transaction.atomic
def approve_plan(*, by: Person, inspection: Inspection, paper: Paper | None = None) -> WorkPlan:
    """Approve the submitted plan."""
    case = pass_gate(Event.APPROVE_PLAN, inspection, by)
    plan = _decide(_submitted(case), WorkPlan.State.APPROVED, by)
    log(Event.APPROVE_PLAN, case, by, paper=paper)
    return plan


@transaction.atomic
def send_back_plan(*, by: Person, inspection: Inspection, reason: str) -> WorkPlan:
    """Send the submitted plan back with what is to be mended."""
    case = pass_gate(Event.SEND_BACK_PLAN, inspection, by)
    plan = _submitted(case)
    plan.state_reason = need_reason(reason)
    _decide(plan, WorkPlan.State.SENT_BACK, by)
    log(Event.SEND_BACK_PLAN, case, by, reason=reason)
    return plan


def _submitted(case: Inspection) -> WorkPlan:
    plan = WorkPlan.objects.filter(inspection=case).first()
    if plan is None or plan.state != WorkPlan.State.SUBMITTED:
        raise ValidationError(_("No work plan waits for a decision."))
    return plan


def _decide(plan: WorkPlan, state: str, by: Person) -> WorkPlan:
    plan.state, plan.decided_at, plan.decided_by = state, timezone.now(), by
    plan.full_clean()
    plan.save()
    return plan
