"""The floor."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    """Audit log, job table, imports, documents."""

    name = "lms.base"
    label = "base"
    verbose_name = _("Foundations")

    def ready(self) -> None:
        """Let every room register its jobs and importers."""
        autodiscover_modules("tasks", "importing")
