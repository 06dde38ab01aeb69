"""People and agencies over time."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Agencies, persons, posts, leave, roles, sign-in."""

    name = "lms.people"
    label = "people"
    verbose_name = _("People and agencies")

    def ready(self) -> None:
        """Listen for what must follow a change; let the managers know where permissions reach."""
        from lms.people import personal_data, receivers, records, rules  # noqa: F401
        from lms.people.sign_in import events  # noqa: F401
