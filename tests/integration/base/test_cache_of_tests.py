"""Test processes share one Redis: what one forgets, another still remembers."""

import pytest
from django.conf import settings
from django.core.cache import caches

from tests.fakes.redis_cache import OwnKeys

pytestmark = pytest.mark.skipif(not settings.REDIS_URL, reason="needs Redis (REDIS_URL)")


@pytest.fixture
def two_processes():
    made = [
        OwnKeys(settings.REDIS_URL, {"KEY_PREFIX": f"{settings.CACHES['default']['KEY_PREFIX']}-{n}"})
        for n in (1, 2)
    ]
    yield made
    for cache in made:
        cache.clear()


def test_one_process_forgets_its_own_keys_only(two_processes):
    one, other = two_processes
    one.set("code", "used")
    other.set("code", "used")
    one.clear()
    assert (one.get("code"), other.get("code")) == (None, "used")


def test_the_suite_runs_on_it():
    assert isinstance(caches["default"], OwnKeys)
