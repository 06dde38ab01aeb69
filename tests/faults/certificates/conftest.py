"""Real worker processes on the test's own database, and people who pass courses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.factories import certificates as made
from tests.factories import people, signing

ROOT = Path(__file__).parents[3]


def database_url() -> str:
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    return f"postgres://{facts['USER']}:{facts['PASSWORD']}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"


class Nursery:
    """Bears and kills workers; see nursery.py. With a folder they sign, by a key in it."""

    def __init__(self, keys: Path | None = None) -> None:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "lms.settings.test",
            "DATABASE_URL": database_url(),
            "PRIVATE_FOLDER": str(settings.STORAGES["private"]["OPTIONS"]["location"]),
            "PYTHONPATH": str(ROOT),
            "SIGNS_WITH": str(keys or ""),
        }
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("nursery.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            cwd=ROOT,
            text=True,
        )
        assert self.process.stdout.readline() == "ready\n"

    def ask(self, do: str, **more) -> int:
        self.process.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(10)


@pytest.fixture
def nursery(transactional_db):
    found = Nursery()
    yield found
    found.close()


@pytest.fixture
def signing_nursery(transactional_db, settings, tmp_path):
    """Workers that sign what they issue; without a key no worker reaches the points of signing."""
    signing.use_key(settings, tmp_path)
    found = Nursery(tmp_path)
    yield found
    found.close()


@pytest.fixture
def course(transactional_db):
    return made.course("DS06", issuer=people.agency("SNV", name="Sở Nội vụ"))


@pytest.fixture
def pupils(transactional_db):
    """Make this many persons quickly."""
    from lms.people.models import Person

    def make(count: int) -> list[Person]:
        rows = [Person(code=f"0829{number:08d}", full_name=f"Người Học {number}") for number in range(count)]
        for row in rows:
            row.derive_name_forms()
        return Person.objects.bulk_create(rows)

    return make
