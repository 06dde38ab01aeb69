"""A log that begins empty: the migrations wrote events of their own."""

import pytest

from lms.base.models import AuditEvent


@pytest.fixture(autouse=True)
def empty_log(db):
    AuditEvent.objects.all().delete()
