"""What the database itself refuses is there again after every migration, whatever a migration did to the tables."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection

from inspections import guards

pytestmark = pytest.mark.django_db


def installed() -> set[str]:
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def expected() -> set[str]:
    return {guard.name for guard in guards.guards(connection.vendor)}


def test_a_migrated_database_refuses():
    assert expected() <= installed()


def test_what_a_migration_lost_is_put_back_after_it():
    """SQLite drops a table's triggers whenever a migration copies the table."""
    guards.uninstall(connection)
    assert not expected() & installed()
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert expected() <= installed()


def test_every_refusal_stands_on_a_table_of_this_room():
    tables = {model._meta.db_table for model in apps.get_app_config("inspections").get_models()}
    assert {guard.table for guard in guards.guards(connection.vendor)} <= tables
