"""What starts the clock."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from inspections.models.inspection import Inspection
from inspections.queries import AnnouncementQuerySet
from inspections.states import DayMode
from lms.people.models import Person


class Announcement(models.Model):
    """A row is the announcement of the decision (Điều 15.1) and the last day that follows (Điều 13).

    Days, mode and last day are kept as they were computed, whatever the settings say later.
    """

    inspection = models.OneToOneField(Inspection, models.CASCADE, related_name="announcement")
    announced_on = models.DateField(_("announced on"))
    # Caught in the act: the clock starts, but nothing had to be announced (Điều 15.1).
    flagrant = models.BooleanField(_("caught in the act, not announced"), default=False)
    place = models.CharField(_("place of the event"), max_length=300, blank=True)
    days = models.PositiveSmallIntegerField(_("days"))
    mode = models.CharField(_("how days are counted"), max_length=10, choices=DayMode)
    deadline_on = models.DateField(_("last day"))
    extra_days = models.PositiveSmallIntegerField(_("days of extension"), null=True, blank=True)
    extended_deadline_on = models.DateField(_("last day after extension"), null=True, blank=True)
    # In force: the first, or the extended one, moved by the days of suspension.
    last_day = models.DateField(_("last day in force"), db_index=True)
    extension_reason = models.TextField(_("reason of the extension"), blank=True)
    announced_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        constraints = [
            models.CheckConstraint(
                condition=Q(deadline_on__gt=F("announced_on")),
                name="inspections_deadline_after_announcement",
                violation_error_message=_("The last day comes after the announcement."),
            ),
            models.CheckConstraint(
                condition=Q(extra_days__isnull=True, extended_deadline_on__isnull=True, extension_reason="")
                | (Q(extra_days__gte=1, extended_deadline_on__gt=F("deadline_on")) & ~Q(extension_reason="")),
                name="inspections_extension_whole",
                violation_error_message=_("An extension has its days, its last day and its reason."),
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("deadline_on"))
                & (Q(extended_deadline_on=None) | Q(last_day__gte=F("extended_deadline_on"))),
                name="inspections_last_day_never_earlier",
                violation_error_message=_("Extension and suspension only move the last day further."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.announced_on}"
