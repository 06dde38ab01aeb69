"""Exceptions to the plain week."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from inspections.queries import HolidayQuerySet


class Holiday(models.Model):
    """A row is a weekday off, or a weekend day worked in exchange for one."""

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    is_worked = models.BooleanField(_("worked in exchange"), default=False)
    # Not yet published by the Government when it was entered.
    is_assumed = models.BooleanField(_("assumed"), default=False)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"
