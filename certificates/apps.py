"""This room's Django configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    """Issuing, register, verification and withdrawal of certificates."""

    name = "certificates"
    label = "certificates"
    verbose_name = _("Certificates")

    def ready(self) -> None:
        """Listen to the rooms below."""
        from certificates import personal_data, receivers  # noqa: F401 (register)
