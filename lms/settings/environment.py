"""What the environment says, read once."""

import sys
from pathlib import Path

from environs import Env

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)


def use_safe_sqlite() -> None:
    """Replace Python's SQLite by pysqlite3's newer one where it is installed.

    SQLite 3.7.0 to 3.51.2 can corrupt a WAL database that two connections write
    (sqlite.org/wal.html, "the WAL-reset bug"); Debian 12 ships 3.40.1.
    """
    try:
        import pysqlite3
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
