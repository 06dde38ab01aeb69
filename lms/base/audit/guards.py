"""Triggers by which the database itself refuses to change what is written in the audit log.

They stop mistakes and careless hands; whoever may drop a trigger is found by the chain instead. SQLite copies a
table when a migration alters it and loses its triggers: such a migration calls `install` again (a test looks).
TRUNCATE is left alone, Django's tests empty their tables by it; so is the deletion of events without a place.
"""

from typing import Any

from lms.base.triggers import drop_triggers

TABLES = ("base_auditevent", "base_auditlink", "base_audithead")
CHAINED = "EXISTS (SELECT 1 FROM base_auditlink WHERE event_id = OLD.id)"
SENTENCE = "the audit log is never changed"
FUNCTION = (
    "CREATE OR REPLACE FUNCTION base_audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "BEGIN IF TG_TABLE_NAME = 'base_auditevent' AND TG_OP = 'DELETE' THEN "
    f"IF NOT {CHAINED} THEN RETURN OLD; END IF; END IF; "
    f"RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
)


def names() -> list[str]:
    """Return the names of the triggers."""
    return [f"{table}_{verb.lower()}_refused" for table in TABLES for verb in ("UPDATE", "DELETE")]


def install(connection: Any) -> None:
    """Make the triggers."""
    uninstall(connection)
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if postgresql:
            cursor.execute(FUNCTION)
        for table in TABLES:
            for verb in ("UPDATE", "DELETE"):
                start = f"CREATE TRIGGER {table}_{verb.lower()}_refused BEFORE {verb} ON {table} FOR EACH ROW"
                if postgresql:
                    cursor.execute(f"{start} EXECUTE FUNCTION base_audit_stays()")
                else:
                    when = f"WHEN {CHAINED}" if (table, verb) == ("base_auditevent", "DELETE") else ""
                    cursor.execute(f"{start} {when} BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END")


def uninstall(connection: Any) -> None:
    """Drop the triggers."""
    drop_triggers(connection, ((name, name.rsplit("_", 2)[0]) for name in names()))
