"""The work plan of the team."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.models.inspection import Inspection
from lms.people.models import Person


class WorkPlan(models.Model):
    """A row is the plan the leader submits and the signer of the decision approves (Điều 14 NĐ 217/2025)."""

    class State(models.TextChoices):
        SUBMITTED = "SUBMITTED", _("Submitted")
        SENT_BACK = "SENT_BACK", _("Sent back")
        APPROVED = "APPROVED", _("Approved")

    inspection = models.OneToOneField(Inspection, models.CASCADE, related_name="work_plan")
    aims = models.TextField(_("aims and requirements"))
    content = models.TextField(_("content to be inspected"))
    schedule = models.TextField(_("time and place"))
    assignments = models.TextField(_("who does what"))
    resources = models.TextField(_("means"), blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.SUBMITTED)
    state_reason = models.TextField(_("why it was sent back"), blank=True)
    submitted_at = models.DateTimeField(_("submitted at"))
    submitted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("submitted by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("decided by")
    )

    class Meta:
        verbose_name = _("work plan")
        verbose_name_plural = _("work plans")
        constraints = [
            models.CheckConstraint(
                condition=~Q(aims="") & ~Q(content="") & ~Q(schedule="") & ~Q(assignments=""),
                name="inspections_workplan_has_its_contents",
                violation_error_message=_(
                    "A work plan names aims, content, time and place, and who does what."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state="SENT_BACK") | ~Q(state_reason=""),
                name="inspections_workplan_sent_back_with_reason",
                violation_error_message=_("Sending back needs a reason."),
            ),
            models.CheckConstraint(
                condition=Q(state="SUBMITTED", decided_at__isnull=True, decided_by__isnull=True)
                | (
                    ~Q(state="SUBMITTED")
                    & Q(decided_at__gte=models.F("submitted_at"), decided_by__isnull=False)
                ),
                name="inspections_workplan_decided_whole",
                violation_error_message=_("A decision on a work plan has its moment and its person."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.state}"

    @property
    def is_approved(self) -> bool:
        """Whether the signer has approved it."""
        return self.state == self.State.APPROVED
