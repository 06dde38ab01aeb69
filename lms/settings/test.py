"""The test suite, on SQLite or, with DATABASE_URL and REDIS_URL, on PostgreSQL and Redis."""

import os
import tempfile
from pathlib import Path

from lms.settings.base import *  # noqa: F403
from lms.settings.environment import VAR_DIR
from lms.settings.storage import CACHES, DATABASES, HUEY, REDIS_URL, STORAGES

DEBUG = False
SECRET_KEY = "for tests only"  # noqa: S105
ALLOWED_HOSTS = ["*"]
SIGNING_AUDIT_KEY = "c29uZy10aWVuLWtleS1mb3ItdGVzdHMtb25seS0hISE="
SIGNING_CREDENTIAL_KEY = "dGVzdHMtb25seS1rZXktb2YtY3JlZGVudGlhbHMhISE="

_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
_scratch = Path(tempfile.gettempdir()) / f"song-tien-tests-{os.getuid()}-{os.getpid()}"
MEDIA_ROOT = str(_scratch / "media")
PRIVATE_ROOT = str(_scratch / "private")
STORAGES["private"]["OPTIONS"] = {"location": PRIVATE_ROOT, "base_url": None}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600  # a browser asks for a style sheet once, as it does in production

(VAR_DIR / "test").mkdir(parents=True, exist_ok=True)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test" / f"{_worker}.sqlite3")}
    # A killed process loses nothing by it, a power cut would: that no test makes.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

if REDIS_URL:
    # Processes of one run, and runs side by side, share the server but not what they remember.
    CACHES["default"] |= {
        "BACKEND": "tests.fakes.redis_cache.OwnKeys",
        "KEY_PREFIX": f"test-{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}-{_worker}",
    }

# The bell is not rung: a test runs the job table itself.
HUEY = {"huey_class": "huey.MemoryHuey", "name": HUEY["name"], "immediate": False, "utc": False}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Tests of pages sign anybody in; tests of the demand set it.
SECOND_FACTOR_DEMANDED = False
SILENCED_SYSTEM_CHECKS = ["people.W001"]
