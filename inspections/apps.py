"""This room's Django configuration."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """See ARCHITECTURE.md."""

    name = "inspections"
    label = "inspections"
