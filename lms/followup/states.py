"""The words of the national HR export."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.TextChoices):
    """What the national database is told of a completion."""

    REPORTED = "reported", _("new")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Age(models.TextChoices):
    """How a completion that waits stands against its deadline."""

    OVERDUE = "overdue", _("overdue")
    DUE = "due", _("due today")
    IN_TIME = "in_time", _("in time")
    BEFORE = "before", _("known before the decree")
