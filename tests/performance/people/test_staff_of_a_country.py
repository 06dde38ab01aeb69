"""Millions of staff by CSV on PostgreSQL, against COPY of the same rows into the same tables with their indexes.

How many is said by STAFF_OF_A_COUNTRY (default 300,000; the country's staff are 2,300,000).
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection

from lms.people.models import Person, Post
from tests.factories.people import agency
from tests.performance.people.test_staff_import import AGENCIES, HEADERS, staff

pytestmark = pytest.mark.django_db(transaction=True)

STAFF = int(os.environ.get("STAFF_OF_A_COUNTRY", "300000"))
TABLES = ("people_person", "people_post")


def import_in_a_process_of_its_own(path) -> tuple[float, int]:
    """Return how long the command took, and the most memory it held, in MB."""
    name = connection.settings_dict["NAME"]
    base = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    command = [sys.executable, "manage.py", "import_staff", str(path)]
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env={**os.environ, "DATABASE_URL": f"{base}/{name}"}
    )
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = status
    assert status == 0
    return time.perf_counter() - start, used.ru_maxrss // 1024


def copy_with_indexes(cursor, table: str) -> float:
    """Return how long the server takes to read the table's rows from a file into an empty twin with its indexes."""
    file = f"/tmp/{connection.settings_dict['NAME']}_{table}.copy"
    cursor.execute(f"COPY {table} TO '{file}'")
    cursor.execute(f"CREATE TABLE {table}_twin (LIKE {table} INCLUDING ALL)")
    start = time.perf_counter()
    cursor.execute(f"COPY {table}_twin FROM '{file}'")
    taken = time.perf_counter() - start
    cursor.execute(f"DROP TABLE {table}_twin")
    cursor.execute(f"COPY (SELECT 1) TO PROGRAM 'rm -f {file}'")
    return taken


@pytest.mark.skipif(connection.vendor != "postgresql", reason="COPY is PostgreSQL's")
def test_millions_of_staff_against_copy(tmp_path, capsys):
    root = agency("82")
    for number in range(AGENCIES):
        agency(f"X{number}", parent=root)
    path = tmp_path / "staff.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS.split())
        writer.writerows(staff(STAFF))
    first, memory = import_in_a_process_of_its_own(path)
    again, memory_again = import_in_a_process_of_its_own(path)
    with connection.cursor() as cursor:
        bare = sum(copy_with_indexes(cursor, table) for table in TABLES)
    with capsys.disabled():
        print(
            f"\n{STAFF} staff by CSV ({path.stat().st_size // 2**20} MB): COPY with indexes {bare:.1f} s;"
            f" import {first:.0f} s, {first / bare:.1f} times, {memory} MB;"
            f" second import {again:.0f} s, {memory_again} MB"
        )
    assert (Person.objects.count(), Post.objects.count()) == (STAFF, STAFF)
    assert memory < 400
