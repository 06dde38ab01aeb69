"""This room's Django configuration."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """See ARCHITECTURE.md."""

    name = "lms.demonstration"
    label = "demonstration"
