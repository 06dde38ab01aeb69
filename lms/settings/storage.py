"""Where rows, files and background work are kept."""

from typing import Any

from lms.settings.environment import VAR_DIR, env

VAR_DIR.mkdir(exist_ok=True)  # neither SQLite nor SqliteHuey makes its folder

DATABASE_URL = env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'song-tien.sqlite3'}")
REDIS_URL = env.str("REDIS_URL", "")

# WAL lets readers go on while one writes; IMMEDIATE takes the write lock at once instead of
# failing halfway; synchronous FULL keeps an acknowledged row through a power cut. 20 MB of pages are kept in memory:
# with SQLite's own 2 MB an import of tens of thousands of rows reads its indexes again and again.
SAFE_SQLITE: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-20000;"
    ),
}


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for a database URL, made safe for its kind."""
    if url.startswith("sqlite"):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url.removeprefix("sqlite:///"),
            "OPTIONS": dict(SAFE_SQLITE),
            # With IMMEDIATE transactions every page would take the write lock.
            "ATOMIC_REQUESTS": False,
        }
    import dj_database_url

    settings: dict[str, Any] = dict(dj_database_url.parse(url))
    settings["OPTIONS"] = {**settings.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": 8}}
    settings["CONN_MAX_AGE"] = 0  # the pool keeps the connections
    return settings


DATABASES = {"default": database(DATABASE_URL)}


def huey(redis_url: str) -> dict[str, Any]:
    """Return huey's settings: the bell that wakes the job table, on Redis or on a file of its own."""
    common = {"name": "song-tien", "immediate": False, "utc": False, "results": False}
    if redis_url:
        return {**common, "huey_class": "huey.PriorityRedisHuey", "connection": {"url": redis_url}}
    return {**common, "huey_class": "huey.SqliteHuey", "filename": str(VAR_DIR / "huey.sqlite3")}


HUEY = huey(REDIS_URL)

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

MEDIA_ROOT = env.str("MEDIA_ROOT", str(VAR_DIR / "media"))
MEDIA_URL = "/media/"
# Certificates, evidence and uploads: served by views that ask who is asking, never by address.
PRIVATE_ROOT = env.str("PRIVATE_ROOT", str(VAR_DIR / "private"))

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# Built by `npm run build` from lms/frontend and node_modules.
ASSETS_DIR = VAR_DIR / "assets"
STATICFILES_DIRS = [ASSETS_DIR] if ASSETS_DIR.exists() else []
FONTS_DIR = ASSETS_DIR / "fonts"

STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

EMAIL_URL = env.dj_email_url("EMAIL_URL", "console://")
vars().update({key: value for key, value in EMAIL_URL.items() if key.startswith("EMAIL_")})
DEFAULT_FROM_EMAIL = EMAIL_URL.get("DEFAULT_FROM_EMAIL") or env.str(
    "DEFAULT_FROM_EMAIL", "song-tien@localhost"
)
