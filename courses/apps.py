"""The learning half."""

import mimetypes

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Courses")

    def ready(self) -> None:
        """Connect what must happen by itself."""
        from courses import personal_data, receivers  # noqa: F401
        from courses.banks import importing  # noqa: F401 (registers the import of questions)

        # Browsers take captions only under their own type; not every system's list has it.
        mimetypes.add_type("text/vtt", ".vtt")
