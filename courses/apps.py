"""This room's Django configuration."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """See ARCHITECTURE.md."""

    name = "courses"
    label = "courses"
