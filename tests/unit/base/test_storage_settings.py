"""The embedded database keeps what it acknowledged through a power cut; only the tests do without."""

import sqlite3
from contextlib import closing

from lms.settings.storage import database

FULL = 2


def test_an_acknowledged_row_is_on_the_disk(tmp_path):
    settings = database(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    with closing(sqlite3.connect(settings["NAME"])) as connection:
        connection.executescript(settings["OPTIONS"]["init_command"])
        assert connection.execute("PRAGMA synchronous").fetchone() == (FULL,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
