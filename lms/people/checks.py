"""What is wrong with an installation's sign-in is said at the start, with what to do."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@register()
def sign_in_check(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Find a province's sign-in without its parts, over an open line, or second factors switched off."""
    found: list[CheckMessage] = []
    issuer = urlsplit(settings.OIDC_ISSUER)
    if settings.OIDC_ISSUER:
        [app] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        if issuer.scheme != "https" and issuer.hostname not in LOOPBACK:
            found.append(Error("OIDC_ISSUER must begin with https://.", id="people.E001"))
        if not app["client_id"]:
            found.append(Error("OIDC_ISSUER needs OIDC_CLIENT_ID too.", id="people.E002"))
    if not settings.DEBUG and not settings.DEMONSTRATION and not settings.SECOND_FACTOR_DEMANDED:
        hint = "Leave SECOND_FACTOR_DEMANDED unset on a province's server."
        found.append(Warning("No second factor is demanded of anybody.", hint=hint, id="people.W001"))
    return found
