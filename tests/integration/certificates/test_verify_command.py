"""`verify_certificates` counts what holds and names the first thing that does not."""

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection

from certificates.models import Certificate, RegisterCounter
from courses.models import Completion
from tests.factories import certificates as made
from tests.factories import people
from tests.factories.facts import unguarded


@pytest.fixture
def three(world):
    return [made.certificate(people.person(agency=world.commune), world.course) for _ in range(3)]


def refused(capsys) -> str:
    with pytest.raises(SystemExit) as exit_:
        call_command("verify_certificates")
    assert exit_.value.code == 1
    return capsys.readouterr().out


def change(table, pk: int, **values) -> None:
    """Change a row behind the product's back."""
    settings = ", ".join(f"{name} = %s" for name in values)
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table._meta.db_table} SET {settings} WHERE id = %s", [*values.values(), pk])


def test_it_says_what_it_checked_and_how_many(three, capsys):
    call_command("verify_certificates")
    out = capsys.readouterr().out
    assert "certificates: 3 files" in out
    assert "registers: 1 run from 1" in out


def test_nothing_issued_is_no_error(db, capsys):
    call_command("verify_certificates")
    assert "certificates: 0 files" in capsys.readouterr().out


def test_a_changed_file_is_named(three, capsys):
    with storages["private"].open(three[1].file_name, "r+b") as file:
        file.seek(100)
        file.write(b"!")
    out = refused(capsys)
    assert three[1].serial in out
    assert "was changed" in out


def test_a_missing_file_is_named(three, capsys):
    storages["private"].delete(three[2].file_name)
    assert f"{three[2].serial}: the file" in refused(capsys)


def test_a_fact_changed_by_sql_is_named(three, capsys):
    change(Certificate, three[0].pk, course_name="Khóa khác")
    assert f"{three[0].serial}: course_name differs" in refused(capsys)


def test_evidence_changed_by_sql_is_named(three, capsys):
    change(Completion, three[0].completion_id, evidence='{"score": "100.00"}')
    assert f"{three[0].serial}: the evidence" in refused(capsys)


def test_a_gap_is_named(three, capsys):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM certificates_credential WHERE certificate_id = %s", [three[1].pk])
        cursor.execute("DELETE FROM certificates_certificate WHERE id = %s", [three[1].pk])
    assert "number 2 is missing" in refused(capsys)


def test_a_number_changed_by_sql_is_named(three, capsys):
    change(Certificate, three[1].pk, number=7)
    assert "00007: serial differs from the facts it was issued with" in refused(capsys)


def test_facts_changed_by_sql_are_named(three, capsys):
    change(Certificate, three[1].pk, facts='{"serial": "SNV.2026.00002"}')
    assert f"{three[1].serial}: the facts it was issued with were changed" in refused(capsys)


def test_a_counter_out_of_step_is_named(three, capsys):
    RegisterCounter.objects.update(last=9)
    assert "the counter says 9, the last number is 3" in refused(capsys)


def test_a_register_without_counter_is_named(three, capsys):
    RegisterCounter.objects.all().delete()
    assert "its counter is missing" in refused(capsys)
