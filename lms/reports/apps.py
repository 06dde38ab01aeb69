"""This room's Django configuration."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """See ARCHITECTURE.md."""

    name = "lms.reports"
    label = "reports"

    def ready(self) -> None:
        """Answer what the rooms below ask."""
        from lms.reports import personal_data, receivers  # noqa: F401 (register)
