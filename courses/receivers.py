"""What must be there after every migration, a flushed test database among them."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from courses.actions import ensure_author_permissions, ensure_catalogue
from courses.h5p.actions import ensure_starter_libraries
from courses.models import CatalogPage


@receiver(post_migrate)
def ensure_seeds(sender: AppConfig, **kwargs: Any) -> None:
    """Make the catalogue, the authors' permissions and the starter libraries, once this room's tables are there."""
    if sender.label == "courses" and CatalogPage._meta.db_table in connection.introspection.table_names():
        ensure_catalogue()
        ensure_author_permissions()
        ensure_starter_libraries()
