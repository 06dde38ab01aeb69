"""This room's Django configuration."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """See ARCHITECTURE.md."""

    name = "lms.api"
    label = "api"
