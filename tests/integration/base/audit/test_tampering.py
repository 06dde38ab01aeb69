"""Whatever somebody changes by SQL is found and the first bad row is named; untouched, everything holds.

Each kind at N random places; the database is put back after each (a savepoint), and then holds again.
"""

from __future__ import annotations

import base64
import io
import os
import random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from lms.base.audit import chain_waiting, heads, verify
from lms.base.audit.canonical import COLUMNS, FIELDS, GENESIS, link_hash
from lms.base.models import AuditEvent, AuditHead, AuditLink
from tests.factories.audit import chained_days, events, sql, unguarded

pytestmark = pytest.mark.django_db
N = int(os.environ.get("TAMPER_PLACES", "8"))
EVENTS = 100  # four days of 25, chained in batches of ten and five


def hash_of(sequence, previous):
    link = AuditLink.objects.get(sequence=sequence)
    values = AuditEvent.objects.values_list(*COLUMNS).get(pk=link.event_id)
    return link_hash(previous, sequence, values)


def rewrite_from(sequence):
    """Compute the chain anew from a place on, as somebody without the key would."""
    previous = AuditLink.objects.get(sequence=sequence - 1).hash if sequence > 1 else GENESIS
    for place in range(sequence, AuditLink.objects.count() + 1):
        digest = hash_of(place, previous)
        sql("UPDATE base_auditlink SET previous = %s, hash = %s WHERE sequence = %s", previous, digest, place)
        previous = digest


def event_at(sequence):
    return AuditLink.objects.get(sequence=sequence).event_id


def signed_before(sequence):
    """The place up to which the last head before this place signs."""
    before = AuditHead.objects.filter(sequence__lt=sequence).order_by("-sequence").first()
    return before.sequence if before else 0


def close_gap(sequence):
    """Move every later place down by one, leaving no gap in the numbers."""
    sql("UPDATE base_auditlink SET sequence = -sequence WHERE sequence > %s", sequence)
    sql("UPDATE base_auditlink SET sequence = -sequence - 1 WHERE sequence < 0")


def make_room(sequence):
    sql("UPDATE base_auditlink SET sequence = -sequence WHERE sequence >= %s", sequence)
    sql("UPDATE base_auditlink SET sequence = -sequence + 1 WHERE sequence < 0")


def edit(column, value):
    def tamper(place):
        key = event_at(place)
        sql(f"UPDATE base_auditevent SET {column} = {value} WHERE id = %s", key)
        return "event_changed", place, key

    return tamper


def edit_key(place):
    key = event_at(place)
    sql("UPDATE base_auditevent SET id = id + 1000000 WHERE id = %s", key)
    return "event_missing", place, key


def edit_and_rewrite(place):
    sql("UPDATE base_auditevent SET reason = 'khác' WHERE id = %s", event_at(place))
    rewrite_from(place)
    return "rewritten", signed_before(place) + 1, None


def delete_event(place):
    key = event_at(place)
    sql("DELETE FROM base_auditevent WHERE id = %s", key)
    return "event_missing", place, key


def delete_event_and_link(place):
    key = event_at(place)
    sql("DELETE FROM base_auditevent WHERE id = %s", key)
    sql("DELETE FROM base_auditlink WHERE sequence = %s", place)
    return ("tail_missing" if place == EVENTS else "link_missing"), place, None


def delete_close_and_rewrite(place):
    sql("DELETE FROM base_auditevent WHERE id = %s", event_at(place))
    sql("DELETE FROM base_auditlink WHERE sequence = %s", place)
    close_gap(place)
    if place < EVENTS:
        rewrite_from(place)
    later = AuditHead.objects.filter(sequence__gte=place, sequence__lt=EVENTS)
    return ("rewritten", signed_before(place) + 1, None) if later else ("tail_missing", EVENTS, None)


def delete_tail(place):
    for table, column in (("base_auditevent", "id"), ("base_auditlink", "event_id")):
        sql(f"DELETE FROM {table} WHERE {column} >= %s", event_at(place) if column == "id" else _tail[0])
    return "tail_missing", place, None


_tail = [0]


def remember_tail(place):
    _tail[0] = event_at(place)
    return delete_tail(place)


def delete_tail_and_heads(place):
    """The heads that signed the tail go too, but for the last: its number shows the gap."""
    _tail[0] = event_at(place)
    delete_tail(place)
    last = AuditHead.objects.order_by("-number").first().number
    sql("DELETE FROM base_audithead WHERE sequence >= %s AND number < %s", place, last)
    return "tail_missing", place, None


def insert_with_link(place):
    key = event_at(place)
    names = ", ".join(f'"{name}"' for name in FIELDS if name != "id")
    sql(
        f"INSERT INTO base_auditevent (id, {names}) SELECT 5000000, {names} FROM base_auditevent WHERE id = %s",
        key,
    )
    make_room(place)
    previous = AuditLink.objects.get(sequence=place - 1).hash if place > 1 else GENESIS
    values = AuditEvent.objects.values_list(*COLUMNS).get(pk=5000000)
    sql(
        "INSERT INTO base_auditlink (sequence, event_id, previous, hash) VALUES (%s, %s, %s, %s)",
        place,
        5000000,
        previous,
        link_hash(previous, place, values),
    )
    follower = AuditLink.objects.get(sequence=place + 1)
    if place in AuditHead.objects.values_list("sequence", flat=True):
        return "rewritten", signed_before(place) + 1, None
    return "link_changed", place + 1, follower.event_id


def insert_and_rewrite(place):
    insert_with_link(place)
    rewrite_from(place)
    return "rewritten", signed_before(place) + 1, None


def insert_outside(place):
    """An event among long settled ones, without a place in the chain."""
    settled = AuditEvent.objects.order_by("id").first().pk - 1 - place
    names = ", ".join(f'"{name}"' for name in FIELDS if name != "id")
    sql(
        f"INSERT INTO base_auditevent (id, {names}) SELECT %s, {names} FROM base_auditevent WHERE id = %s",
        settled,
        event_at(place),
    )
    return "outside", None, settled


def backdated(place):
    """An event put at the end that claims a day long closed; the sequencer takes it and the check names it."""
    names = ", ".join(f'"{name}"' for name in FIELDS if name != "id")
    sql(
        f"INSERT INTO base_auditevent (id, {names}) SELECT 6000000, {names} FROM base_auditevent WHERE id = %s",
        event_at(1 + place % 25),
    )
    chain_waiting()
    return "backdated", EVENTS + 1, 6000000


def swap_places(place):
    """Two neighbours change places."""
    one, two = event_at(place), event_at(place % EVENTS + 1)
    sql("UPDATE base_auditlink SET event_id = -1 WHERE event_id = %s", one)
    sql("UPDATE base_auditlink SET event_id = %s WHERE event_id = %s", one, two)
    sql("UPDATE base_auditlink SET event_id = %s WHERE event_id = -1", two)
    first = min(place, place % EVENTS + 1)
    return "event_changed", first, event_at(first)


def swap_keys(place):
    """Two events change their ids: every link finds a row, the wrong one."""
    one, two = event_at(place), event_at(place % EVENTS + 1)
    sql("UPDATE base_auditevent SET id = -1 WHERE id = %s", one)
    sql("UPDATE base_auditevent SET id = %s WHERE id = %s", one, two)
    sql("UPDATE base_auditevent SET id = %s WHERE id = -1", two)
    first = min(place, place % EVENTS + 1)
    return "event_changed", first, event_at(first)


def reorder_numbers(place):
    """Two places change their numbers."""
    other = place % EVENTS + 1
    sql("UPDATE base_auditlink SET sequence = -1 WHERE sequence = %s", place)
    sql("UPDATE base_auditlink SET sequence = %s WHERE sequence = %s", place, other)
    sql("UPDATE base_auditlink SET sequence = %s WHERE sequence = -1", other)
    first = min(place, other)
    return "link_changed", first, event_at(first)


def reorder_and_rewrite(place):
    swap_places(place)
    first = min(place, place % EVENTS + 1)
    rewrite_from(first)
    later = AuditHead.objects.filter(sequence__gte=first).order_by("sequence").first()
    if later.sequence == EVENTS or later.sequence >= first:
        return "rewritten", signed_before(first) + 1, None
    raise AssertionError


def change_hash(place):
    sql("UPDATE base_auditlink SET hash = %s WHERE sequence = %s", "0" * 64, place)
    return "event_changed", place, event_at(place)


def change_previous(place):
    sql("UPDATE base_auditlink SET previous = %s WHERE sequence = %s", "0" * 64, place)
    return "link_changed", place, event_at(place)


def change_head(column, value):
    def tamper(place):
        head = AuditHead.objects.filter(sequence__gte=place).order_by("number").first()
        sql(f"UPDATE base_audithead SET {column} = {value} WHERE number = %s", head.number)
        return "head_changed", head.sequence, None

    return tamper


def move_head(place):
    head = AuditHead.objects.filter(sequence__gte=place).order_by("number").first()
    sql("UPDATE base_audithead SET sequence = sequence - 1 WHERE number = %s", head.number)
    return "head_changed", head.sequence - 1, None


def delete_head(place):
    head, *following = AuditHead.objects.filter(sequence__gte=place).order_by("number")
    sql("DELETE FROM base_audithead WHERE number = %s", head.number)
    if not following:
        return "unsigned", signed_before(EVENTS) + 1, None
    before = AuditHead.objects.filter(number__lt=head.number).order_by("-number").first()
    return "head_missing", (before.sequence if before else 0) + 1, None


def foreign_key(place):
    """Rewritten and signed anew, with a key of one's own."""
    from django.test import override_settings

    sql("UPDATE base_auditevent SET reason = 'khác' WHERE id = %s", event_at(place))
    rewrite_from(place)
    first = AuditHead.objects.filter(sequence__gte=place).order_by("number").first().number
    rest = list(AuditHead.objects.filter(number__gte=first).order_by("number"))
    sql("DELETE FROM base_audithead WHERE number >= %s", first)
    with override_settings(SIGNING_AUDIT_KEY=base64.b64encode(b"a stranger's thirty-two byte key").decode()):
        for head in rest:
            link = AuditLink.objects.get(sequence=head.sequence)
            heads.sign_head(link=link, last_event_id=head.last_event_id, at=head.made_at, day=head.day)
    return "key_unknown", rest[0].sequence, None


JSON_COLUMNS = {"old": """'{"a": 1}'""", "new": """'{"tên": "khác"}'"""}
EDITS = {
    "happened_at": "'2020-01-01 00:00:00+00:00'",
    "actor_id": "'999'",
    "actor_name": "'Người khác'",
    "actor_roles": "'administrator'",
    "acting_for": "'Người khác'",
    "actor_agency": "'Cơ quan khác'",
    "actor_agency_id": "77",
    "action": "'x.y'",
    "target_type": "'people.Person'",
    "target_id": "'12345678'",
    "target_label": "'Bản ghi khác'",
    "reason": "''",
    "channel": "'page '",
    "address": "'10.0.0.1'",
    "search_text": "''",
    **JSON_COLUMNS,
}
KINDS = {
    **{f"edit {column}": edit(column, value) for column, value in EDITS.items()},
    "edit id": edit_key,
    "edit and rewrite the chain": edit_and_rewrite,
    "edit, rewrite and sign with another key": foreign_key,
    "delete an event": delete_event,
    "delete an event and its place": delete_event_and_link,
    "delete, close the gap and rewrite": delete_close_and_rewrite,
    "cut the tail": remember_tail,
    "cut the tail and its heads but the last": delete_tail_and_heads,
    "insert with a place": insert_with_link,
    "insert and rewrite the chain": insert_and_rewrite,
    "insert outside the chain": insert_outside,
    "insert backdated": backdated,
    "swap two places": swap_places,
    "swap two ids": swap_keys,
    "reorder the numbers": reorder_numbers,
    "reorder and rewrite the chain": reorder_and_rewrite,
    "change a hash": change_hash,
    "change a hash before": change_previous,
    "change a head's hash": change_head("hash", f"'{'1' * 64}'"),
    "change a head's signature": change_head("signature", f"'{'2' * 128}'"),
    "change a head's day": change_head("day", "'2019-01-01'"),
    "change a head's time": change_head("made_at", "'2019-01-01 00:00:00+00:00'"),
    "change a head's event": change_head("last_event_id", "last_event_id + 1"),
    "move a head": move_head,
    "delete a head": delete_head,
}


def test_every_column_is_edited_by_a_kind():
    assert {*EDITS, "id"} == set(FIELDS)


class Undo(Exception):
    pass


def test_every_tampering_is_found_and_named():
    chained_days()
    assert AuditLink.objects.count() == EVENTS
    control = verify()
    assert control.holds, control.words
    assert control.events == EVENTS
    dice, named = random.Random(20261122), 0
    with unguarded():
        for kind, tamper in KINDS.items():
            for place in dice.sample(range(2, EVENTS + 1), N):
                try:
                    with transaction.atomic():
                        expected = tamper(place)
                        found = verify()
                        assert (found.finding, found.sequence, found.event_id) == expected, (kind, place)
                        named += 1
                        raise Undo
                except Undo:
                    pass
    assert verify().holds
    print(
        f"\n{connection.vendor}: {len(KINDS)} kinds × {N} places, {named} of {len(KINDS) * N} named; untouched holds"
    )
    assert named == len(KINDS) * N


def test_the_command_names_the_row_and_exits_1():
    events(10)
    chain_waiting()
    with unguarded():
        sql("UPDATE base_auditevent SET reason = 'khác' WHERE id = %s", event_at(7))
    key = event_at(7)
    with pytest.raises(CommandError) as refusal:
        call_command("verify_audit", stdout=io.StringIO())
    assert "7" in str(refusal.value) and str(key) in str(refusal.value)


def test_a_chain_put_back_to_an_earlier_day_is_found_by_a_printed_head():
    """What the database alone cannot show: events, places and heads all gone from a day on."""
    chained_days()
    printed = AuditHead.objects.exclude(day=None).order_by("-number").first().short
    out = io.StringIO()
    call_command("verify_audit", "--printed", printed, stdout=out)
    with unguarded():
        start = AuditHead.objects.get(number=3).sequence
        last = event_at(start)
        sql("DELETE FROM base_auditevent WHERE id > %s", last)
        sql("DELETE FROM base_auditlink WHERE sequence > %s", start)
        sql("DELETE FROM base_audithead WHERE number > 3")
    assert verify().holds
    assert verify(printed=printed).finding == "printed_differs"
