"""The auditor's list over many events: a page far back costs what the first one does, however it is narrowed.

AUDIT_ROWS sets how many (the default is smaller, so that a test run stays short).
"""

from __future__ import annotations

import os
import time

import pytest
from django.db import connection
from django.test import Client

from lms.base.models import AuditEvent
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db
ROWS = int(os.environ.get("AUDIT_ROWS", "100000"))
FAR_BACK, SLOWEST = 4, 1.5  # times the first page; seconds
COLUMNS = (
    "id, happened_at, actor_id, actor_name, actor_roles, acting_for, actor_agency, actor_agency_id, action,"
    " target_type, target_id, target_label, old, new, reason, channel, address, search_text"
)


def fill(who, unit):
    """Write a million events a second apart, one in a hundred thousand with a rare word."""
    series, moment = {
        "postgresql": (
            "SELECT n FROM generate_series(1, %s) AS n",
            "now() - n * interval '1 second'",
        ),
        "sqlite": (
            "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < %s) SELECT n FROM s",
            "datetime('now', '-' || n || ' seconds')",
        ),
    }[connection.vendor]
    actions = (
        "CASE n %% 3 WHEN 0 THEN 'courses.enrol' WHEN 1 THEN 'courses.complete' ELSE 'people.grant_role' END"
    )
    words = "CASE WHEN n %% 100000 = 7 THEN 'can bo hiem gap' ELSE 'nguyen van binh thuong' END"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO base_auditevent ({COLUMNS}) SELECT n + 1000000, {moment},"
            f" CASE n %% 50 WHEN 0 THEN '{who.pk}' ELSE '999' END, 'x', '', '', '', {unit.pk}, {actions}, 'base.Job',"
            f" '1', 'x', '{{}}', '{{}}', '', 'page', NULL, {words} FROM ({series}) AS s",
            [ROWS],
        )
        cursor.execute("ANALYZE base_auditevent")


def test_pages_of_a_million_events():
    unit = agency("SNV")
    who = person("Lê Thị Hiếm", agency=unit)
    AuditEvent.objects.all().delete()
    fill(who, unit)
    client = sign_in(Client(), person(role="auditor"))
    middle = AuditEvent.objects.order_by("-happened_at", "-pk")[ROWS // 2].pk
    asked = {
        "first": "",
        "far back": f"after={middle}",
        "action": "action=courses.enrol",
        "who": "who=hiem",
        "agency": "agency=SNV",
        "a rare word": "q=hiem gap",
        "a common word": "q=binh thuong",
        "three days": "since=2026-01-01&until=2026-12-31",
    }
    client.get("/audit/")
    took = {}
    for name, query in asked.items():
        times = []
        for _again in range(3):
            started = time.perf_counter()
            answer = client.get(f"/audit/?{query}")
            times.append(time.perf_counter() - started)
            assert answer.status_code == 200
        took[name] = min(times)
    print(
        f"\n{connection.vendor}, {ROWS} events: "
        + ", ".join(f"{name} {one * 1000:.0f} ms" for name, one in took.items())
    )
    assert took["far back"] <= FAR_BACK * took["first"]
    assert max(took.values()) <= SLOWEST
