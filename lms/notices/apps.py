"""This room's Django configuration."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """See ARCHITECTURE.md."""

    name = "lms.notices"
    label = "notices"
