"""What follows a migration without being asked."""

from typing import Any

from django.db.models.signals import post_migrate
from django.dispatch import receiver

from lms.targets.actions import ensure_rules


@receiver(post_migrate)
def ensure_targets_basics(sender: Any, **kwargs: Any) -> None:
    """Bring rule version 1 and the thresholds."""
    if sender.label == "targets":
        ensure_rules()
