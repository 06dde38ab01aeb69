"""When the clock stood still."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from inspections.models.inspection import Inspection


class Suspension(models.Model):
    """A row is one time a case was suspended: the days of [suspended_on, resumed_on) are not counted."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="suspensions")
    suspended_on = models.DateField(_("suspended on"))
    resumed_on = models.DateField(_("resumed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resumed_on=None) | Q(resumed_on__gte=F("suspended_on")),
                name="inspections_suspension_ends_after_start",
                violation_error_message=_("An inspection goes on after it was suspended."),
            ),
            models.UniqueConstraint(
                fields=["inspection"],
                condition=Q(resumed_on=None),
                name="inspections_suspension_one_open",
                violation_error_message=_("The inspection is suspended already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.suspended_on}"
