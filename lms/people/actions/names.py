"""The names in use, kept by the database itself.

Persons are written one by one, in bulk and by COPY; a trigger sees all three. The triggers are made after every
migration and not by one: SQLite drops a table's triggers whenever a migration copies the table.
"""

from django.db import connection, transaction

from lms.people.models import Person, PersonName

COLUMNS = "full_name, name_folded, name_key"
READ = "full_name, ' ' || name_folded, name_key"
KNOWN = """
    SELECT 1 FROM people_personname AS known
    WHERE known.name_key = {row}.name_key AND known.full_name = {row}.full_name"""
ONE = f"""
    INSERT INTO people_personname ({COLUMNS})
    SELECT NEW.full_name, ' ' || NEW.name_folded, NEW.name_key WHERE NOT EXISTS ({KNOWN.format(row="NEW")});"""
MANY = f"""
    INSERT INTO people_personname ({COLUMNS})
    SELECT DISTINCT {READ} FROM written WHERE NOT EXISTS ({KNOWN.format(row="written")});"""  # noqa: S608

SQLITE = (
    "DROP TRIGGER IF EXISTS people_name_new",
    "DROP TRIGGER IF EXISTS people_name_changed",
    f"CREATE TRIGGER people_name_new AFTER INSERT ON people_person BEGIN {ONE} END",
    f"CREATE TRIGGER people_name_changed AFTER UPDATE OF full_name, name_key ON people_person BEGIN {ONE} END",
)
POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION people_keep_names() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN {MANY} RETURN NULL; END $$""",
    f"""CREATE OR REPLACE FUNCTION people_keep_name() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN {ONE} RETURN NULL; END $$""",
    """CREATE OR REPLACE TRIGGER people_name_new AFTER INSERT ON people_person
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION people_keep_names()""",
    """CREATE OR REPLACE TRIGGER people_name_changed AFTER UPDATE OF full_name, name_key ON people_person
    FOR EACH ROW EXECUTE FUNCTION people_keep_name()""",
)


@transaction.atomic
def keep_names() -> None:
    """Let the database keep the names in use; take in those of persons written before it did."""
    with connection.cursor() as cursor:
        for statement in POSTGRESQL if connection.vendor == "postgresql" else SQLITE:
            cursor.execute(statement)
        if Person.objects.exists() and not PersonName.objects.exists():
            cursor.execute(
                f"INSERT INTO people_personname ({COLUMNS}) SELECT DISTINCT {READ} FROM people_person"  # noqa: S608 (words of ours)
            )


def forget_names(*, full_name: str, name_key: str) -> None:
    """Take a name out of use when nobody bears it any more: an erased person's name must not stay here."""
    if not Person.objects.filter(name_key=name_key, full_name=full_name).exists():
        PersonName.objects.filter(name_key=name_key, full_name=full_name).delete()
