"""Every address refuses a stranger, except those made for the public.

The list of addresses comes from the URL configuration: a new address that answers a stranger fails
until it stands as public, with its reason, in `authority/classification.py`.
"""

import re

import pytest

from tests.integration.authority.classification import URLS
from tests.integration.authority.test_matrix import ROUTES, family_of

pytestmark = pytest.mark.django_db

PUBLIC = {route for route, row in URLS.items() if row.public}


def is_public(route):
    return route in PUBLIC or family_of(route) is not None


def example(route):
    filled = re.sub(r"<(pk|[a-z_]*id)>", "1", route)
    filled = filled.replace("<uuid>", "3f2c7a52-1111-4222-8333-444455556666")
    return "/" + re.sub(r"<\w+>", "a", filled)


PRIVATE = sorted({route for route in ROUTES if not is_public(route)})


def test_there_are_private_addresses():
    assert len(PRIVATE) > 20


@pytest.mark.parametrize("route", PRIVATE)
@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_a_stranger_is_refused(client, route, method):
    answer = getattr(client, method)(example(route))
    if answer.status_code == 302:
        assert answer.url.startswith(("/accounts/login/", "/party/sign-in/")), (
            f"{route} sends a stranger to {answer.url}"
        )
    else:
        assert answer.status_code in {401, 403, 404, 405}, f"{route} answered {answer.status_code}"
