"""Messages to one person."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """One message to one person, once: rooms above say what, this one says it and remembers who has read it."""

    name = "lms.notices"
    label = "notices"
    verbose_name = _("Messages")

    def ready(self) -> None:
        """Register what is held about persons, and the job that sends mail."""
        from lms.notices import personal_data, tasks  # noqa: F401 (register)
