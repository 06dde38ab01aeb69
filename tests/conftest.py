"""What every test shares: markers by folder, a migrated template database, no network but loopback."""

from __future__ import annotations

import gc
import socket
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests.database import own_copy

# The longest first, so that no core waits at the end for another's last long file, but one core begins with what needs
# no database: pytest-django's own order has every process wait while the first one migrates.
ORDER = ("integration/authority/test_matrix.py", "unit", "architecture", "browser", "properties", "")
FOLDERS = {"unit", "integration", "architecture", "properties", "browser", "performance", "faults"}
ROOT = Path(__file__).parent

# A busy machine is slow at making examples and at trying them: neither says anything about the code.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by its folder, and put the tests in the house's order."""
    items.sort(key=_place)
    for item in items:
        folder = Path(item.path).relative_to(ROOT).parts[0]
        if folder in FOLDERS:
            item.add_marker(getattr(pytest.mark, folder))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Let the collector pass over the million objects of Django and of the tests: a tenth of the suite's minutes."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _place(item: pytest.Item) -> int:
    path = Path(item.path).relative_to(ROOT).as_posix()
    return next(place for place, start in enumerate(ORDER) if path.startswith(start))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """Give this process its own copy of the migrated database, and put it back after tests that commit."""
    with django_db_blocker.unblock():
        own = own_copy()
    emptying = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda case: own.put_back()
    yield
    TransactionTestCase._fixture_teardown = emptying
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture(autouse=True)
def language():
    """Begin in the language of the installation: a page asked for by an earlier test leaves its own behind."""
    with translation.override(django_settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch):
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in (
            "127.0.0.1",
            "::1",
            "localhost",
        ):
            raise OSError(f"a test must not reach {address[0]}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
