"""The scheme's targets."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TargetsConfig(AppConfig):
    """Formulas, thresholds and the figures themselves."""

    name = "lms.targets"
    label = "targets"
    verbose_name = _("Targets")

    def ready(self) -> None:
        """Listen for what must follow a migration."""
        from lms.targets import receivers  # noqa: F401
