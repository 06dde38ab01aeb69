"""This room's Django configuration."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """See ARCHITECTURE.md."""

    name = "lms.reports"
    label = "reports"
