"""The public face."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    """Public pages, navigation, footer, the admin's name and mark."""

    name = "cms"
    label = "cms"
    verbose_name = _("Public pages")

    def ready(self) -> None:
        """Listen for the end of a migration."""
        from cms import receivers  # noqa: F401
