"""What follows a change without being asked."""

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from cms.actions import ensure_editors, ensure_site
from cms.models import HomePage


@receiver(post_migrate)
def ensure_first_pages(sender: Any, using: str, **kwargs: Any) -> None:
    """Bring home page and navigation; when every app has its permissions, the editors' rights."""
    if sender.label == "cms" and _built(using):
        ensure_site()
    elif sender == _last_app() and _built(using):
        ensure_editors()


def _built(using: str) -> bool:
    """Tell whether this room's tables are there: one may migrate another room alone, or back to nothing."""
    return HomePage._meta.db_table in connections[using].introspection.table_names()


def _last_app() -> Any:
    return [app for app in apps.get_app_configs() if app.models_module is not None][-1]
