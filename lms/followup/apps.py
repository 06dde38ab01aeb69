"""The link between the halves."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowupConfig(AppConfig):
    """Finding → course → completion → evidence: nothing else knows both halves."""

    name = "lms.followup"
    label = "followup"
    verbose_name = _("Follow-up")

    def ready(self) -> None:
        """Answer what the two halves ask; listen to completions."""
        from lms.followup import personal_data, receivers  # noqa: F401 (register)
