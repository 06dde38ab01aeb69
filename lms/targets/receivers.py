"""What follows a migration without being asked; what the rooms below ask."""

from typing import Any

from django.db.models.signals import post_migrate
from django.dispatch import receiver

from lms.people.ports import answer_figures, contribute_sections
from lms.targets.actions import ensure_rules
from lms.targets.figures.by_agency import figures_by_agency
from lms.targets.person_section import missing_sections


@receiver(post_migrate)
def ensure_targets_basics(sender: Any, **kwargs: Any) -> None:
    """Bring rule version 1 and the thresholds."""
    if sender.label == "targets":
        ensure_rules()


answer_figures(figures_by_agency)
contribute_sections(5, missing_sections)
