"""Rows that hold for a time."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.base.dates import covers
from lms.base.queries import DatedQuerySet


class Dated(models.Model):
    """A row valid on the days of [valid_from, valid_to); an open end means still valid."""

    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("no longer valid from"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="%(app_label)s_%(class)s_ends_after_start",
                violation_error_message=_("The end must come after the start."),
            )
        ]

    def is_valid_on(self, on: date) -> bool:
        """Tell whether the row holds on that day."""
        return covers(self.valid_from, self.valid_to, on)
