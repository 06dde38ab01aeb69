"""This room's Django configuration."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """See ARCHITECTURE.md."""

    name = "lms.followup"
    label = "followup"
