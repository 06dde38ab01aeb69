"""Events get their place after the commit, heads are signed, the database refuses changes."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from datetime import UTC, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from lms.base.audit import chain_waiting, close_day, guards, last_daily_head, printed_head, verify
from lms.base.audit.canonical import FIELDS, GENESIS
from lms.base.dates import today
from lms.base.models import AuditEvent, AuditHead, AuditLink
from tests.factories.audit import events

pytestmark = pytest.mark.django_db


def test_every_column_of_an_event_is_hashed():
    assert set(FIELDS) == {field.attname for field in AuditEvent._meta.concrete_fields}


def test_events_are_chained_in_order_without_gap_and_once():
    events(25)
    assert chain_waiting(batch=10) == 25
    assert chain_waiting(batch=10) == 0
    links = list(AuditLink.objects.order_by("sequence"))
    assert [link.sequence for link in links] == list(range(1, 26))
    assert [link.event_id for link in links] == sorted(AuditEvent.objects.values_list("pk", flat=True))
    assert [link.previous for link in links] == [GENESIS, *(link.hash for link in links[:-1])]
    assert list(AuditHead.objects.order_by("number").values_list("sequence", flat=True)) == [10, 20, 25]
    assert verify().holds


def test_an_event_that_commits_late_comes_behind_those_with_a_higher_id():
    first, late, last = events(3)
    copy = AuditEvent.objects.get(pk=late.pk)
    late.delete()
    chain_waiting()
    AuditEvent.objects.bulk_create([copy])
    assert chain_waiting() == 1
    assert list(AuditLink.objects.order_by("sequence").values_list("event_id", flat=True)) == [
        first.pk,
        last.pk,
        copy.pk,
    ]
    assert verify().holds


def test_the_hash_can_be_computed_by_anybody_from_the_documented_form():
    (event,) = events(1)
    chain_waiting()
    event.refresh_from_db()
    values = [getattr(event, name) for name in FIELDS]
    values[1] = event.happened_at.astimezone(UTC).isoformat(timespec="microseconds")
    array = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    expected = hashlib.sha256(f"{GENESIS}\n1\n{array}".encode()).hexdigest()
    assert AuditLink.objects.get().hash == expected


def test_a_day_is_closed_once_and_only_after_its_end():
    now = timezone.now()
    assert close_day(at=now) is None
    events(3)
    chain_waiting(at=now)
    head = close_day(at=now)
    assert head.day == today() - timedelta(days=1)
    assert close_day(at=now) is None
    assert close_day(at=now + timedelta(days=1)).day == today()
    assert last_daily_head().day == today()
    assert verify().heads == 3


def test_a_report_prints_the_last_daily_head():
    assert printed_head() == ""
    events(1)
    chain_waiting()
    head = close_day()
    digits = " ".join(head.hash[place : place + 4] for place in (0, 4, 8, 12))
    assert printed_head() == f"Nhật ký kiểm toán: {head.day:%d/%m/%Y} · 1 · {digits}"


@pytest.mark.parametrize("table", guards.TABLES)
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_the_database_refuses_to_change_what_is_chained(table, verb):
    events(2)
    chain_waiting()
    column = {"base_auditevent": "reason", "base_auditlink": "hash", "base_audithead": "hash"}[table]
    statement = f"UPDATE {table} SET {column} = 'x'" if verb == "UPDATE" else f"DELETE FROM {table}"
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        connection.cursor().execute(statement)


def test_an_event_is_never_updated_not_even_before_it_has_a_place():
    events(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.update(reason="khác")


def test_a_changed_key_goes_on_believing_the_one_before(settings):
    events(2)
    chain_waiting()
    old = Ed25519PrivateKey.from_private_bytes(base64.b64decode(settings.SIGNING_AUDIT_KEY)).public_key()
    settings.SIGNING_AUDIT_KEY = base64.b64encode(b"another key of thirty-two bytes!").decode()
    events(2)
    chain_waiting()
    found = verify()
    assert (found.finding, found.sequence) == ("key_unknown", 2)
    settings.SIGNING_AUDIT_OLD_KEYS = [base64.b64encode(old.public_bytes_raw()).decode()]
    assert verify().holds


def test_a_key_that_is_none_is_said(settings):
    settings.SIGNING_AUDIT_KEY = "ngắn"
    events(1)
    with pytest.raises(ImproperlyConfigured, match="SIGNING_AUDIT_KEY"):
        chain_waiting()


def test_in_development_a_key_is_made_once(settings, tmp_path):
    settings.SIGNING_AUDIT_KEY, settings.SIGNING_AUDIT_KEY_FILE = "", str(tmp_path / "audit-key")
    events(1)
    chain_waiting()
    assert (tmp_path / "audit-key").stat().st_mode & 0o777 == 0o600
    events(1)
    chain_waiting()
    assert verify().holds


def test_the_commands_say_what_they_did():
    events(3)
    chain_waiting()
    out = io.StringIO()
    call_command("verify_audit", stdout=out)
    assert "3" in out.getvalue()
    made = io.StringIO()
    call_command("make_audit_key", stdout=made)
    secret = made.getvalue().splitlines()[0].removeprefix("SIGNING_AUDIT_KEY=")
    assert len(base64.b64decode(secret)) == 32
