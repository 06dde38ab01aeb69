"""This room's Django configuration."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """See ARCHITECTURE.md."""

    name = "certificates"
    label = "certificates"
