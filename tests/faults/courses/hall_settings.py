"""The product as it runs, on the database a test names, with a bell of its own."""

import os

from lms.settings.dev import *  # noqa: F403

DEBUG = False
SECRET_KEY = "for tests only"  # the tests sign people in
HUEY = {
    "name": "exam-hall",
    "immediate": False,
    "utc": False,
    "results": False,
    "huey_class": "huey.SqliteHuey",
    "filename": os.environ["HALL_HUEY"],
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGGING = {"version": 1, "disable_existing_loggers": True}
SILENCED_SYSTEM_CHECKS = ["people.W001"]
