"""Sort keys sort by their bytes on SQLite and PostgreSQL alike."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models.functions import Collate

from lms.people.models import Person
from tests.factories.people import person

pytestmark = pytest.mark.django_db
OURS = ("base", "people", "courses", "inspections", "certificates", "followup", "targets", "reports", "cms")
NAMES = [
    "Lê Ân",
    "Lê An",
    "Lê Thị An",
    "Lê A",
    "Lê Á",
    "Đỗ An",
    "Do An",
    "Lê An-na",
    "Lê ann",
    "Lê Anh",
    "An",
    "Lê Vân",
    "Lê Ưng",
    "Lê Yến",
]


def sort_keys():
    """Return the columns that hold the order of names: (table, column)."""
    return sorted(
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField) and field.db_index and field.name.endswith("_key")
    )


def test_the_columns_are_these():
    assert sort_keys() == [
        ("certificates_certificate", "name_key"),
        ("people_person", "name_key"),
        ("people_personname", "name_key"),
    ]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no other order")
@pytest.mark.parametrize(("table", "column"), sort_keys())
def test_on_postgresql_each_has_the_order_of_bytes(table, column):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.collname FROM pg_attribute a JOIN pg_collation c ON c.oid = a.attcollation"
            " WHERE a.attrelid = %s::regclass AND a.attname = %s",
            [table, column],
        )
        assert cursor.fetchall() == [("C",)]


def test_both_databases_show_one_order():
    for name in NAMES:
        person(name)
    keys = list(Person.objects.order_by("name_key").values_list("name_key", flat=True))
    assert keys == sorted(keys)
    # A page cut by its key goes on where it stopped.
    for key in keys:
        after = Person.objects.filter(name_key__gt=key).count()
        assert after == sum(other > key for other in keys)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no other order")
def test_the_control_by_the_language_of_a_database_they_would_come_otherwise():
    for name in NAMES:
        person(name)
    keys = list(
        Person.objects.order_by(Collate("name_key", "en-US-x-icu")).values_list("name_key", flat=True)
    )
    assert keys != sorted(keys)
