"""This room's Django configuration."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """See ARCHITECTURE.md."""

    name = "cms"
    label = "cms"
