"""The life of an inspection plan as a table: from where, by what, to where, by whom, and whether it asks for a reason.

NĐ 217/2025/NĐ-CP, Điều 7.2.a: a plan is looked through for overlaps before it is approved. What was approved never
changes: a change is a new version with its reason and its document.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from inspections.states import Who


class PlanScope(TextChoices):
    ANNUAL = "ANNUAL", _("Annual plan")
    THEMATIC = "THEMATIC", _("Thematic plan")


class PlanState(TextChoices):
    DRAFT = "DRAFT", _("Draft")
    SENT = "SENT", _("Sent for the overlap check")
    APPROVED = "APPROVED", _("Approved")
    PUBLISHED = "PUBLISHED", _("Published")
    REPLACED = "REPLACED", _("Replaced by a later version")


class PlanEvent(TextChoices):
    MAKE = "make", _("Draft the plan")
    CHANGE = "change", _("Change the draft")
    SEND = "send", _("Send for the overlap check")
    RETURN = "return", _("Return to the draft")
    APPROVE = "approve", _("Approve the plan")
    PUBLISH = "publish", _("Give the number and publish")
    RENEW = "renew", _("Make a new version")
    REPLACE = "replace", _("Replace by the new version")


@dataclass(frozen=True)
class PlanPassage:
    """One row of the table; `reason`: refused without one."""

    event: PlanEvent
    sources: tuple[PlanState | None, ...]
    target: PlanState
    who: Who
    reason: bool = False


IN_FORCE = (PlanState.APPROVED, PlanState.PUBLISHED)
# What other agencies see when they look for overlaps: a draft is nobody's business yet.
SEEN_BY_OTHERS = (PlanState.SENT, *IN_FORCE)

PLAN_PASSAGES: tuple[PlanPassage, ...] = (
    PlanPassage(PlanEvent.MAKE, (None,), PlanState.DRAFT, Who.OFFICE),
    PlanPassage(PlanEvent.CHANGE, (PlanState.DRAFT,), PlanState.DRAFT, Who.OFFICE),
    PlanPassage(PlanEvent.SEND, (PlanState.DRAFT,), PlanState.SENT, Who.OFFICE),
    PlanPassage(PlanEvent.RETURN, (PlanState.SENT,), PlanState.DRAFT, Who.SIGNER, reason=True),
    PlanPassage(PlanEvent.APPROVE, (PlanState.SENT,), PlanState.APPROVED, Who.SIGNER),
    PlanPassage(PlanEvent.PUBLISH, (PlanState.APPROVED,), PlanState.PUBLISHED, Who.CLERK),
    PlanPassage(PlanEvent.RENEW, IN_FORCE, PlanState.DRAFT, Who.OFFICE, reason=True),
    PlanPassage(PlanEvent.REPLACE, IN_FORCE, PlanState.REPLACED, Who.SIGNER),
)
BY_PLAN_EVENT: dict[PlanEvent, PlanPassage] = {row.event: row for row in PLAN_PASSAGES}
# Whoever did one of these with a version has drafted it, and does not approve it.
DRAFTING = (PlanEvent.MAKE, PlanEvent.RENEW, PlanEvent.CHANGE, PlanEvent.SEND)


class Clash(TextChoices):
    """How a planned inspection meets another of the same subject in the same year."""

    YEAR = "year", _("once a year: the other one uses up the subject's year")
    FIELD = "field", _("the same field with the same subject in the same year")


class Stand(TextChoices):
    """What became of a line of a plan."""

    PLANNED = "planned", _("Planned")
    OVERDUE = "overdue", _("Not decided, its months are over")
    DECIDED = "decided", _("Decision made")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Terminated")
    SKIPPED = "skipped", _("Skipped")
