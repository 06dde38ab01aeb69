"""The words of a question about the targets: variant, view, class."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Variant(TextChoices):
    """Who counts, and over which completions."""

    HEADLINE = "headline", _("Headline (cumulative)")
    WIDE = "wide", _("Wide (with contract and part-time staff)")
    ANNUAL = "annual", _("This year's completions only")
    ADJUSTED = "adjusted", _("Adjusted (without long leave)")


class OrgView(TextChoices):
    """By which organisation the same facts are laid out."""

    HISTORIC = "historic", _("As organised then")
    CURRENT = "current", _("As organised now")


class Indicator(TextChoices):
    """The figures the scheme asks for."""

    DIGITAL_SKILLS = "I1", _("Trained in digital skills")
    DATA_ANALYSIS = "I2", _("Trained in data analysis and processing")
    DIGITAL_INSPECTIONS = "I3", _("Inspections done digitally")


class LeftOut(TextChoices):
    """Why an inspection stands beside the rate and not in it."""

    STATE_INSPECTORATE = "TT", _("State inspectorate (thanh tra)")
    PARTY = "DANG", _("Party inspection")
    SECRET = "SECRET", _("State secret")
    CANCELLED = "CANCELLED", _("Cancelled")
    TERMINATED = "TERMINATED", _("Terminated")
    SUSPENDED = "SUSPENDED", _("Suspended")
    RUNNING = "RUNNING", _("Not finished")
