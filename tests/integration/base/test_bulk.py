"""Very many rows in one statement: the same rows as Django writes, with their keys."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.base.bulk import insert_rows
from lms.people.models import Leave, Person
from tests.factories import people

pytestmark = pytest.mark.django_db

NAMES = ["Nguyễn Thị Ánh", "Đặng Văn Ơn", 'Lê "Tư" \\ An', "Trần\tTab; Phẩy, Chấm"]


def person(number: int, name: str) -> Person:
    who = Person(
        code=f"CB{number:04d}",
        full_name=name,
        birth_date=date(1980, 2, 29) if number % 2 else None,
        last_login=timezone.now() if number % 2 else None,
        is_active=bool(number % 3),
    )
    who.derive_name_forms()
    return who


def test_they_are_read_back_as_django_would_have_written_them():
    given = [person(number, name) for number, name in enumerate(NAMES)]
    insert_rows(given)
    again = [person(number + 300, name) for number, name in enumerate(NAMES)]
    Person.objects.bulk_create(again)
    fields = [
        field.attname
        for field in Person._meta.concrete_fields
        if field.attname not in {"id", "code", "last_login"}
    ]
    ours = list(Person.objects.filter(code__lt="CB0300").order_by("code").values_list(*fields))
    theirs = list(Person.objects.filter(code__gte="CB0300").order_by("code").values_list(*fields))
    assert len(ours) == len(NAMES)
    assert ours == theirs
    assert Person.objects.get(code="CB0001").last_login == given[1].last_login


def test_each_row_knows_its_key_and_the_next_ordinary_row_gets_another():
    given = [person(number, "Lê An") for number in range(50)]
    insert_rows(given)
    assert {who.pk: who.code for who in given} == dict(Person.objects.values_list("pk", "code"))
    later = person(99, "Lê Bình")
    later.save()
    assert later.pk not in {who.pk for who in given}
    insert_rows([person(100, "Lê Cúc")])
    assert Person.objects.count() == 52


def test_a_row_the_database_refuses_refuses_all():
    who = people.person()
    rows = [
        Leave(person=who, kind="ốm", valid_from=date(2025, 1, day), valid_to=date(2025, 1, 10))
        for day in (2, 3, 12)
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(rows)
    assert not Leave.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written():
    with pytest.raises(transaction.TransactionManagementError):
        insert_rows([person(1, "Lê An")])
    assert not Person.objects.exists()


def test_no_rows_are_no_question(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_rows([])
