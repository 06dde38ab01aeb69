"""The learning half."""

import mimetypes

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Courses")

    def ready(self) -> None:
        """Connect what must happen by itself."""
        from courses import receivers  # noqa: F401

        # Browsers take captions only under their own type; not every system's list has it.
        mimetypes.add_type("text/vtt", ".vtt")
