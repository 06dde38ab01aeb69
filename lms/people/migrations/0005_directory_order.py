"""PostgreSQL only: keys of names sort by their characters, and last digits of numbers are found by an index.

A name's key is plain text made to be compared character by character; a database made with a language's
collation would skip its blanks and signs. Needs no extension.
"""

from django.db import migrations

# A column that a trigger names keeps its type; `lms.people.actions.names` makes the trigger again.
FREE = "DROP TRIGGER IF EXISTS people_name_changed ON people_person"
STATEMENTS = (
    FREE,
    'ALTER TABLE people_person ALTER COLUMN name_key TYPE varchar(600) COLLATE "C"',
    'ALTER TABLE people_personname ALTER COLUMN name_key TYPE varchar(600) COLLATE "C"',
    "CREATE INDEX IF NOT EXISTS people_person_code_back ON people_person (reverse(code) text_pattern_ops)",
    # A column of another type has no statistics: every plan would be a guess.
    "ANALYZE people_person",
)
BACK = (
    FREE,
    "DROP INDEX IF EXISTS people_person_code_back",
    "ALTER TABLE people_personname ALTER COLUMN name_key TYPE varchar(600)",
    "ALTER TABLE people_person ALTER COLUMN name_key TYPE varchar(600)",
)


def on_postgresql(statements):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("people", "0004_directory")]

    operations = [migrations.RunPython(on_postgresql(STATEMENTS), on_postgresql(BACK))]
