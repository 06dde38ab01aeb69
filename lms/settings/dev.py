"""A developer's machine and the demonstration: nothing needs to be set."""

from lms.settings.base import *  # noqa: F403
from lms.settings.environment import env

DEBUG = env.bool("DEBUG", True)
SECRET_KEY = env.str("SECRET_KEY", "for development only, never in production")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["*"])
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
SECOND_FACTOR_DEMANDED = env.bool("SECOND_FACTOR_DEMANDED", False)
