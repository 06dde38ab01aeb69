"""Inspections from decision to result."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionsConfig(AppConfig):
    """Decision, team, announcement, checklist, minutes, result, and the digital share they earn."""

    name = "inspections"
    verbose_name = _("Inspections")

    def ready(self) -> None:
        """Listen for what must follow a change; offer the importer to the upload page."""
        from inspections import importing, personal_data, receivers  # noqa: F401
