"""What follows a change without being asked."""

from typing import Any

from django.db.models.signals import post_migrate
from django.dispatch import receiver

from inspections.actions.seeds import ensure_basics


@receiver(post_migrate)
def ensure_inspection_basics(sender: Any, **kwargs: Any) -> None:
    """Bring what `migrate` alone must bring: kinds with their deadlines, holidays, checklists."""
    if sender.label == "inspections":
        ensure_basics()
