"""Triggers by which the database itself refuses to change the facts of learning.

They stop mistakes and careless hands; whoever may drop a trigger is found by the nightly replay instead. SQLite
copies a table when a migration alters it and loses its triggers, so they are made again after every migration.
What a file brought in may be corrected by the corrected file and taken back with it, under the importer's own
record of old and new; a name is taken out after retention; and what two persons decided may change what a
completion stands at, once their decision is written.
"""

from typing import Any

from lms.base.triggers import drop_triggers

FACTS = ("courses_learningfact", "courses_decision")
COMPLETION, REVOCATION = "courses_completion", "courses_revocation"
TABLES = (*FACTS, COMPLETION, REVOCATION)
SENTENCE = "facts of learning are never changed"
# What may change in a completion of ours: the name after retention; the rest once it is decided.
FREE = ("person_name", "verified_on", "hours")
OF_FILE = "(SELECT source FROM courses_completion WHERE id = OLD.completion_id) = 'import'"
RECOGNISED = (
    "EXISTS (SELECT 1 FROM courses_decision WHERE completion_id = OLD.id AND kind = 'recognise'"
    " AND decided_on = NEW.verified_on)"
)
CORRECTED = (
    "EXISTS (SELECT 1 FROM courses_decision WHERE completion_id = OLD.id AND kind = 'hours'"
    " AND hours = NEW.hours)"
)
FUNCTIONS = {
    "courses_facts_stay": f"BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END",
    "courses_revocation_stays": (
        f"BEGIN IF {OF_FILE} THEN IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END IF;"
        f" RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END"
    ),
    "courses_completion_stays": (
        "BEGIN IF OLD.source = 'import' THEN IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;"
        " IF NEW.source = 'import' THEN RETURN NEW; END IF; END IF;"
        " IF TG_OP = 'UPDATE' AND OLD.source = NEW.source"
        f" AND to_jsonb(OLD) - ARRAY{list(FREE)} = to_jsonb(NEW) - ARRAY{list(FREE)}"
        f" AND (OLD.verified_on IS NOT DISTINCT FROM NEW.verified_on OR {RECOGNISED})"
        f" AND (OLD.hours = NEW.hours OR {CORRECTED}) THEN RETURN NEW; END IF;"
        f" RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END"
    ),
}
FUNCTION_OF = dict.fromkeys(FACTS, "courses_facts_stay") | {
    COMPLETION: "courses_completion_stays",
    REVOCATION: "courses_revocation_stays",
}


def install(connection: Any) -> None:
    """Make the triggers anew."""
    uninstall(connection)
    with connection.cursor() as cursor:
        for statement in _postgresql() if connection.vendor == "postgresql" else _sqlite(connection):
            cursor.execute(statement)


def uninstall(connection: Any) -> None:
    """Drop the triggers."""
    drop_triggers(connection, _names())


def _names() -> list[tuple[str, str]]:
    own = [(f"{table}_{verb}_refused", table) for table in TABLES for verb in ("update", "delete")]
    return [*own, *((f"{COMPLETION}_{column}_refused", COMPLETION) for column in ("verified_on", "hours"))]


def _postgresql() -> list[str]:
    functions = [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
        for name, body in FUNCTIONS.items()
    ]
    triggers = [
        f"CREATE TRIGGER {table}_{verb}_refused BEFORE {verb.upper()} ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {FUNCTION_OF[table]}()"
        for table in TABLES
        for verb in ("update", "delete")
    ]
    return [*functions, *triggers]


def _sqlite(connection: Any) -> list[str]:
    with connection.cursor() as cursor:
        columns = [row.name for row in connection.introspection.get_table_description(cursor, COMPLETION)]
    frozen = ", ".join(f'"{column}"' for column in columns if column not in FREE)
    ours = "NOT (OLD.source = 'import' AND NEW.source = 'import')"
    statements = [
        _trigger(table, verb, verb.upper(), "1 = 1") for table in FACTS for verb in ("update", "delete")
    ]
    statements += [
        _trigger(REVOCATION, verb, verb.upper(), f"NOT {OF_FILE}") for verb in ("update", "delete")
    ]
    return [
        *statements,
        _trigger(COMPLETION, "delete", "DELETE", "OLD.source <> 'import'"),
        _trigger(COMPLETION, "update", f"UPDATE OF {frozen}", ours),
        _trigger(
            COMPLETION,
            "verified_on",
            "UPDATE OF verified_on",
            f"{ours} AND OLD.verified_on IS NOT NEW.verified_on AND NOT {RECOGNISED}",
        ),
        _trigger(
            COMPLETION, "hours", "UPDATE OF hours", f"{ours} AND OLD.hours <> NEW.hours AND NOT {CORRECTED}"
        ),
    ]


def _trigger(table: str, what: str, event: str, when: str) -> str:
    return (
        f"CREATE TRIGGER {table}_{what}_refused BEFORE {event} ON {table} FOR EACH ROW WHEN {when}"
        f" BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
    )
