"""What every test shares: markers by folder, a migrated template database, no network but loopback."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections

FOLDERS = {"unit", "integration", "architecture", "properties", "browser", "performance", "faults"}
ROOT = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by its folder."""
    for item in items:
        folder = Path(item.path).relative_to(ROOT).parts[0]
        if folder in FOLDERS:
            item.add_marker(getattr(pytest.mark, folder))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, request):
    """Give this process its own copy of a database migrated once for all of them.

    Migrations take longer than most test files; the template is made again when one changes.
    """
    with django_db_blocker.unblock():
        if connections["default"].vendor == "sqlite":
            _copy_sqlite_template()
        else:
            _copy_postgresql_template()
    yield
    with django_db_blocker.unblock():
        connections.close_all()


def _fingerprint() -> str:
    digest = hashlib.sha256()
    code = [
        *ROOT.parent.glob("*/migrations/*.py"),
        *ROOT.parent.glob("lms/*/migrations/*.py"),
        ROOT.parent / "uv.lock",
    ]
    seeds = [
        *ROOT.parent.glob("*/actions.py"),
        *ROOT.parent.glob("*/actions/seeds.py"),
        *ROOT.parent.glob("*/checklists/*/*.csv"),
        *ROOT.parent.glob("*/actions/*.py"),
        *ROOT.parent.glob("lms/*/actions.py"),
        *ROOT.parent.glob("*/receivers.py"),
    ]
    for path in sorted([*code, *seeds]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _worker() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


class _Lock:
    """One process at a time makes the template."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        import fcntl

        self.file = self.path.open("w")
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *exc: object) -> None:
        self.file.close()


def _copy_sqlite_template() -> None:
    folder = settings.VAR_DIR / "test"
    template = folder / f"template-{_fingerprint()}.sqlite3"
    with _Lock(folder / "lock"):
        if not template.exists():
            for old in folder.glob("template-*"):
                old.unlink(missing_ok=True)
            building = folder / "building.sqlite3"
            for leftover in folder.glob("building.sqlite3*"):
                leftover.unlink()
            _point_at(str(building))
            call_command("migrate", verbosity=0)
            with connections["default"].cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connections["default"].close()
            building.rename(template)
            for leftover in folder.glob("building.sqlite3*"):
                leftover.unlink()
    own = folder / f"{_worker()}-{os.getpid()}.sqlite3"
    shutil.copyfile(template, own)
    _point_at(str(own))
    _forget_at_exit(own)


def _forget_at_exit(own: Path) -> None:
    import atexit

    atexit.register(lambda: [path.unlink(missing_ok=True) for path in own.parent.glob(f"{own.name}*")])


def _copy_postgresql_template() -> None:
    import psycopg

    database = connections["default"].settings_dict
    template, own = f"songtien_template_{_fingerprint()}", f"songtien_test_{_worker()}_{os.getpid()}"
    server = psycopg.connect(
        host=database["HOST"],
        port=database["PORT"] or 5432,
        user=database["USER"],
        password=database["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    )
    database["OPTIONS"] = {key: value for key, value in database["OPTIONS"].items() if key != "pool"}
    with server, _Lock(settings.VAR_DIR / "test" / "lock"):
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            server.execute(f"DROP DATABASE IF EXISTS {template}_building")
            server.execute(f"CREATE DATABASE {template}_building")
            _point_at(f"{template}_building")
            call_command("migrate", verbosity=0)
            connections["default"].close()
            server.execute(f"ALTER DATABASE {template}_building RENAME TO {template}")
        server.execute(f"CREATE DATABASE {own} TEMPLATE {template}")
    _point_at(own)
    import atexit

    def drop() -> None:
        connections.close_all()
        with psycopg.connect(
            host=database["HOST"],
            port=database["PORT"] or 5432,
            user=database["USER"],
            password=database["PASSWORD"],
            dbname="postgres",
            autocommit=True,
        ) as again:
            again.execute(f"DROP DATABASE IF EXISTS {own} WITH (FORCE)")

    atexit.register(drop)


def _point_at(name: str) -> None:
    connection = connections["default"]
    connection.close()
    connection.settings_dict["NAME"] = name
    settings.DATABASES["default"]["NAME"] = name


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch):
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in (
            "127.0.0.1",
            "::1",
            "localhost",
        ):
            raise OSError(f"a test must not reach {address[0]}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
