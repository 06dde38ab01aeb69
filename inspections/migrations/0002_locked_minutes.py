"""Locked minutes never change, not even by SQL: the database itself refuses the update (Điều 15.3.a NĐ 217/2025)."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER inspections_minutes_stay_locked BEFORE UPDATE ON inspections_minutes
WHEN OLD.locked_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'locked minutes never change'); END;
"""
POSTGRESQL = """
CREATE FUNCTION inspections_minutes_stay_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'locked minutes never change' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER inspections_minutes_stay_locked BEFORE UPDATE ON inspections_minutes
FOR EACH ROW WHEN (OLD.locked_at IS NOT NULL) EXECUTE FUNCTION inspections_minutes_stay_locked();
"""


def stay_locked(apps, schema_editor):
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def let_go(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER inspections_minutes_stay_locked ON inspections_minutes")
        schema_editor.execute("DROP FUNCTION inspections_minutes_stay_locked()")
    else:
        schema_editor.execute("DROP TRIGGER inspections_minutes_stay_locked")


class Migration(migrations.Migration):
    dependencies = [("inspections", "0001_initial")]
    operations = [migrations.RunPython(stay_locked, let_go)]
