"""Every address refuses a stranger, except those made for the public.

The list of addresses comes from the URL configuration: a new address that answers a stranger fails
until it stands in PUBLIC with its reason.
"""

import re

import pytest
from django.urls import URLPattern, get_resolver

pytestmark = pytest.mark.django_db

PUBLIC = {
    "health/live": "asked by the load balancer",
    "health/ready": "asked by the load balancer",
    "i18n/setlang/": "sets a cookie, reads nothing",
    "verify/": "certificates are verified by anybody",
    "verify/<code>/": "certificates are verified by anybody",
    "api/v1/schema/": "the interface's description, no data",
    "api/v1/docs/": "the interface's description, no data",
    "courses/": "the catalogue is public",
    "media/<path>": "pictures of public pages",
    "accounts/": "signing in",
    "admin/": "Wagtail asks for its own permission and sends strangers to sign in",
    "documents/": "Wagtail's documents keep their own privacy",
    "h5p/play/": "the sandboxed frame has no cookie: the signed token in the address is asked instead",
    "_util/": "Wagtail's password-protected pages",
    "": "Wagtail's pages keep their own privacy",
}


def addresses(resolver=None, prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        shape = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", str(entry.pattern))
        route = prefix + shape.replace("^", "").replace("$", "")
        if isinstance(entry, URLPattern):
            yield re.sub(r"<\w+:(\w+)>", r"<\1>", route)
        else:
            yield from addresses(entry, route)


def is_public(route):
    if route in PUBLIC or re.fullmatch(r"[(\[].*", route):
        return True
    return any(
        route.startswith(start) for start in ("accounts/", "admin/", "documents/", "h5p/play/", "_util/")
    )


def example(route):
    filled = re.sub(r"<(pk|[a-z_]*id)>", "1", route)
    filled = filled.replace("<uuid>", "3f2c7a52-1111-4222-8333-444455556666")
    return "/" + re.sub(r"<\w+>", "a", filled)


PRIVATE = sorted({route for route in addresses() if not is_public(route)})


def test_there_are_private_addresses():
    assert len(PRIVATE) > 20


@pytest.mark.parametrize("route", PRIVATE)
@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_a_stranger_is_refused(client, route, method):
    answer = getattr(client, method)(example(route))
    if answer.status_code == 302:
        assert answer.url.startswith("/accounts/login/"), f"{route} sends a stranger to {answer.url}"
    else:
        assert answer.status_code in {401, 403, 404, 405}, f"{route} answered {answer.status_code}"
