"""The link between the halves."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowupConfig(AppConfig):
    """Finding → course → completion → evidence: nothing else knows both halves."""

    name = "lms.followup"
    label = "followup"
    verbose_name = _("Follow-up")

    def ready(self) -> None:
        """Answer what inspections ask about training."""
        from inspections.ports import answer_training_with
        from lms.followup.rules import trained_to_lead

        answer_training_with(trained_to_lead)
