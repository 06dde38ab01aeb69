"""This room's Django configuration."""

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    """See ARCHITECTURE.md."""

    name = "lms.targets"
    label = "targets"
