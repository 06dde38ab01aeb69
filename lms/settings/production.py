"""A province's server. SECRET_KEY and ALLOWED_HOSTS must be set."""

from lms.settings.base import *  # noqa: F403
from lms.settings.environment import env
from lms.settings.logging import LOGGING

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
SIGNING_AUDIT_KEY = env.str("SIGNING_AUDIT_KEY")
SIGNING_CREDENTIAL_KEY = env.str("SIGNING_CREDENTIAL_KEY")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_HSTS_SECONDS = 31536000
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^health/"]

LOGGING["handlers"]["console"]["formatter"] = "json"  # type: ignore[index]
