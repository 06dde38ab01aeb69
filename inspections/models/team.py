"""The team."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.models.inspection import Inspection
from inspections.states import Duty
from lms.people.models import Person


class TeamMember(models.Model):
    """A row is one person's duty in the team, with name and title as they were then."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="team")
    person = models.ForeignKey(Person, models.PROTECT, related_name="team_places")
    duty = models.CharField(_("duty"), max_length=9, choices=Duty)
    name = models.CharField(_("name"), max_length=200)
    title = models.CharField(_("position and agency"), max_length=300, blank=True)
    # Điều 12.2 NĐ 217/2025.
    declared_no_conflict = models.BooleanField(_("declared no conflict of interest"))
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        verbose_name = _("member of the team")
        verbose_name_plural = _("members of the team")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "person"],
                name="inspections_teammember_once",
                violation_error_message=_("Each person can hold only one duty in the team."),
            ),
            models.UniqueConstraint(
                fields=["inspection"],
                condition=Q(duty=Duty.LEADER),
                name="inspections_team_one_leader",
                violation_error_message=_("A team has one leader."),
            ),
            models.CheckConstraint(
                condition=Q(declared_no_conflict=True),
                name="inspections_team_no_conflict",
                violation_error_message=_(
                    "A person with a conflict of interest cannot take part in the team."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_duty_display()})"


class FormerMember(models.Model):
    """A row is a place in a team that was given up after the announcement, kept as it was."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="former_members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="former_team_places")
    duty = models.CharField(_("duty"), max_length=9, choices=Duty)
    name = models.CharField(_("name"), max_length=200)
    title = models.CharField(_("position and agency"), max_length=300, blank=True)
    joined_at = models.DateTimeField(_("joined"))
    left_at = models.DateTimeField(_("left"), auto_now_add=True)

    class Meta:
        verbose_name = _("former member of the team")
        verbose_name_plural = _("former members of the team")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_duty_display()})"
