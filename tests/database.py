"""One migrated database for all test processes: made once, copied for each, put back after a test that commits.

Migrations take longer than most test files. After a test that commits Django would empty every table and send
`post_migrate` again: seconds each time, where copying the template's rows takes a fifth of one.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import os
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connections

from lms.people.actions.organisation import note_organisation_changed

ROOT = Path(__file__).resolve().parents[1]
# What a migrated database holds comes from these: when one changes, the template is made again.
SOURCES = (
    "*/migrations/*.py",
    "lms/*/migrations/*.py",
    "uv.lock",
    "*/actions.py",
    "*/actions/*.py",
    "lms/*/actions.py",
    "*/checklists/*/*.csv",
    "courses/h5p/starter/*/*.*",
    "courses/h5p/starter/*/language/*.json",
    "*/receivers.py",
    "lms/base/audit/guards.py",
    "lms/base/triggers.py",
    "courses/guards.py",
    "inspections/guards.py",
)


class Copy(Protocol):
    """A test process's own database."""

    def put_back(self) -> None:
        """Make it equal to the template again."""


def own_copy() -> Copy:
    """Return this process's copy of the template, which is made where it is missing; Django points at it."""
    return OnSqlite() if connections["default"].vendor == "sqlite" else OnPostgres()


class OnSqlite:
    """A file beside the template's."""

    def __init__(self) -> None:
        self.folder = settings.VAR_DIR / "test"
        self.template = self.folder / f"template-{_fingerprint()}.sqlite3"
        with _Lock(self.folder / "lock"):
            if not self.template.exists():
                self._make()
            # Kept open: a run on changed code removes the file while this one still needs it.
            self.source = _sqlite().connect(str(self.template))
            self.source.execute("SELECT 1 FROM sqlite_master")
        own = self.folder / f"{_worker()}-{os.getpid()}.sqlite3"
        _point_at(str(own))
        atexit.register(_remove, own)
        self.put_back()

    def put_back(self) -> None:
        """Copy the template page by page under SQLite's own locks."""
        with connections["default"].temporary_connection() as cursor:
            self.source.backup(cursor.connection)
        _forget_rows()

    def _make(self) -> None:
        for old in self.folder.glob("template-*"):
            old.unlink(missing_ok=True)
        building = self.folder / "building.sqlite3"
        _remove(building)
        _point_at(str(building))
        call_command("migrate", verbosity=0)
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA journal_mode=DELETE")
        connections["default"].close()
        building.rename(self.template)
        _remove(building)


def _sqlite() -> Any:
    """Return the module Django speaks to SQLite by."""
    from django.db.backends.sqlite3 import base

    return base.Database


class OnPostgres:
    """A database made from the template's. Making it anew each time would cost a checkpoint of the whole server."""

    def __init__(self) -> None:
        self.settings = connections["default"].settings_dict
        self.settings["OPTIONS"] = {k: v for k, v in self.settings["OPTIONS"].items() if k != "pool"}
        self.template = f"songtien_template_{_fingerprint()}"
        self.own = f"songtien_test_{_worker()}_{os.getpid()}"
        with _Lock(settings.VAR_DIR / "test" / "lock"), self._server("postgres") as server:
            if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.template]).fetchone():
                self._make(server)
            server.execute(f"CREATE DATABASE {self.own} TEMPLATE {self.template}")
            # A killed process loses nothing by it, a power cut would: that no test makes.
            server.execute(f"ALTER DATABASE {self.own} SET synchronous_commit = off")
        _point_at(self.own)
        atexit.register(self._drop)
        with self._server(self.own) as server:
            self._read(server)

    def put_back(self) -> None:
        """Give every table the template's rows and every sequence its value, whoever still listens."""
        connections.close_all()
        with self._server(self.own) as server, server.transaction():
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            # Rows that may not be deleted (the audit log) and foreign keys are guarded by triggers.
            server.execute("SET LOCAL session_replication_role = replica")
            server.execute(self.emptying)
            for table, rows in self.rows.items():
                with server.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(rows)
            server.execute(self.sequences)
        _forget_rows()

    def _make(self, server: Any) -> None:
        building = f"{self.template}_building"
        server.execute(f"DROP DATABASE IF EXISTS {building}")
        server.execute(f"CREATE DATABASE {building}")
        _point_at(building)
        call_command("migrate", verbosity=0)
        connections["default"].close()
        server.execute(f"ALTER DATABASE {building} RENAME TO {self.template}")

    def _read(self, server: Any) -> None:
        """Keep the template's rows and sequences in memory: some thousand rows."""
        named = server.execute(
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        ).fetchall()
        tables = [table for (table,) in named]
        self.emptying = ";".join(f"DELETE FROM {table}" for table in tables)
        self.rows = {table: rows for table in tables if (rows := _copied(server, table))}
        values = server.execute(
            "SELECT format('setval(%L, %s, %L)', quote_ident(sequencename),"
            " coalesce(last_value, start_value), last_value IS NOT NULL)"
            " FROM pg_sequences WHERE schemaname = 'public'"
        ).fetchall()
        self.sequences = "SELECT " + ", ".join(value for (value,) in values)

    def _drop(self) -> None:
        connections.close_all()
        with self._server("postgres") as server:
            server.execute(f"DROP DATABASE IF EXISTS {self.own} WITH (FORCE)")

    def _server(self, name: str) -> Any:
        import psycopg

        return psycopg.connect(
            host=self.settings["HOST"],
            port=self.settings["PORT"] or 5432,
            user=self.settings["USER"],
            password=self.settings["PASSWORD"],
            dbname=name,
            autocommit=True,
        )


def _copied(server: Any, table: str) -> bytes:
    with server.cursor().copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(copy)


class _Lock:
    """One process at a time makes the template."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        self.file = self.path.open("w")
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *exc: object) -> None:
        self.file.close()


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in ROOT.glob(pattern)}):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _worker() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def _point_at(name: str) -> None:
    connection = connections["default"]
    connection.close()
    connection.settings_dict["NAME"] = name
    settings.DATABASES["default"]["NAME"] = name


def _forget_rows() -> None:
    """Forget what this process remembers of rows that are no more."""
    ContentType.objects.clear_cache()
    note_organisation_changed()


def _remove(database: Path) -> None:
    for path in database.parent.glob(f"{database.name}*"):
        path.unlink(missing_ok=True)
