"""What follows a change without being asked."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver

from lms.people.actions.names import keep_names
from lms.people.actions.organisation import note_organisation_changed
from lms.people.actions.roles import ensure_groups, sync_groups
from lms.people.models import Agency, AgencyPeriod, Succession


@receiver([post_save, post_delete], sender=Agency)
@receiver([post_save, post_delete], sender=AgencyPeriod)
@receiver([post_save, post_delete], sender=Succession)
def forget_tree(**kwargs: Any) -> None:
    """Drop the tree held in memory."""
    note_organisation_changed()


@receiver(user_logged_in)
def follow_roles(user: Any, **kwargs: Any) -> None:
    """Let the Wagtail admin know the roles of today."""
    sync_groups(user)


@receiver(post_migrate)
def ensure_people_basics(sender: Any, **kwargs: Any) -> None:
    """Bring what `migrate` alone must bring."""
    if sender.label == "people":
        ensure_groups()
        keep_names()
