"""Kinds of inspection: their steps, words and deadlines are data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from inspections.states import DayMode


class InspectionKind(models.Model):
    """A row is one kind of inspection with its own law, steps, deadlines and closing document."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    legal_basis = models.CharField(_("legal basis"), max_length=200)
    requires_announcement = models.BooleanField(_("must be announced"), default=True)
    requires_result = models.BooleanField(
        _("always ends with a result document"),
        default=False,
        help_text=_("Otherwise the leader may do without one and says why."),
    )
    closing_document = models.CharField(_("name of the closing document"), max_length=200)
    day_mode = models.CharField(
        _("how days are counted"), max_length=10, choices=DayMode, default=DayMode.CALENDAR
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("kind of inspection")
        verbose_name_plural = _("kinds of inspection")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class KindPeriod(models.Model):
    """A row is how many days an agency of a level has on the spot, and by how many it may extend once."""

    kind = models.ForeignKey(InspectionKind, models.CASCADE, related_name="periods")
    level = models.CharField(_("level of the agency"), max_length=10)
    days = models.PositiveSmallIntegerField(_("days"))
    extra_days = models.PositiveSmallIntegerField(_("days of extension"), default=0)

    class Meta:
        verbose_name = _("period of a kind")
        verbose_name_plural = _("periods of kinds")
        constraints = [
            models.UniqueConstraint(fields=["kind", "level"], name="inspections_kindperiod_once"),
            models.CheckConstraint(
                condition=models.Q(days__gte=1),
                name="inspections_kindperiod_at_least_a_day",
                violation_error_message=_("A period has at least one day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} {self.level}: {self.days} + {self.extra_days}"
