"""The boards of 50,000 inspections against one group-by over the same rows, in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from typing import Any

import pytest
from django.db.models import Count
from django.utils import timezone

from inspections.models import (
    Announcement,
    ChecklistRecord,
    Finding,
    InspectedSubject,
    Inspection,
    InspectionKind,
    TeamMember,
)
from inspections.states import Duty, Status
from lms.base.dates import today
from lms.reports.inspections import year_of
from lms.targets.figures import ask
from tests.factories.inspections import version
from tests.factories.people import agency, person, sign_in

pytestmark = pytest.mark.django_db

CASES, AGENCIES = 50_000, 200
# The share is read case by case for its class, as everywhere: that is most of what the province's board costs.
PROVINCE_LIMIT, HEAD_LIMIT, DEADLINES_LIMIT = 60.0, 20.0, 20.0


@pytest.fixture
def province():
    """50,000 inspections of this year in 200 agencies: half of them completed, a third running, 20,000 findings."""
    root = agency("82", name="Tỉnh")
    offices = [agency(f"X{n}", parent=root, name=f"Sở {n}") for n in range(AGENCIES)]
    head = person("Người Đứng Đầu", agency=root, role="agency_head")
    day = today()
    kind = InspectionKind.objects.get(code="kiem-tra-chuyen-nganh")
    latest = kind.versions.last()
    cases = Inspection.objects.bulk_create(
        (_case(n, offices[n % AGENCIES], kind, latest, day) for n in range(CASES)), batch_size=1000
    )
    leaders = [person(f"Trưởng đoàn {n}", agency=offices[n % AGENCIES]) for n in range(100)]
    TeamMember.objects.bulk_create(
        (
            TeamMember(
                inspection=case,
                person=leaders[n % 100],
                duty=Duty.LEADER,
                name="Trưởng đoàn",
                declared_no_conflict=True,
            )
            for n, case in enumerate(cases)
        ),
        batch_size=1000,
    )
    Announcement.objects.bulk_create(
        (
            Announcement(
                inspection=case, announced_on=case.announced_on, days=10, mode="calendar", announced_by=head,
                deadline_on=case.announced_on + timedelta(days=1 + n % 40),
                last_day=case.announced_on + timedelta(days=1 + n % 40),
            )
            for n, case in enumerate(cases)
        ),
        batch_size=1000,
    )  # fmt: skip
    subjects = InspectedSubject.objects.bulk_create(
        (
            InspectedSubject(
                inspection=case, kind="DN", name=f"Công ty {n}", identifier=f"12{n:08d}", steps="DDDDD"
            )
            for n, case in enumerate(cases)
        ),
        batch_size=1000,
    )
    _findings(subjects, head)
    return head


def _case(n: int, lead: Any, kind: Any, latest: Any, day: Any) -> Inspection:
    status = (Status.COMPLETED, Status.COMPLETED, Status.IN_PROGRESS)[n % 3]
    first = day.replace(month=1, day=1)
    decided = first + timedelta(days=n % max(1, (day - first).days))
    return Inspection(
        code=f"X-{n:06d}", kind=kind, kind_version=latest, lead=lead, status=status, decided_on=decided,
        announced_on=decided, completed_on=day if status == Status.COMPLETED else None, method="REMOTE",
        field=f"Lĩnh vực {n % 30}", decision_no=f"{n}/QĐ", search_text=f"x-{n:06d}",
    )  # fmt: skip


def _findings(subjects: list[InspectedSubject], by: Any) -> None:
    record = ChecklistRecord.objects.create(
        subject=subjects[0], version=version(), examined_on=today(), instance="<data/>", answers={},
        content_sha256="0" * 64, finalised_at=timezone.now(), filled_by=by,
    )  # fmt: skip
    facts = {"record": record, "checklist": "an-toan-thong-tin", "label": "Sao lưu", "result": "chua_dat"}
    Finding.objects.bulk_create(
        (Finding(subject=subject, item="sao_luu_kq", **facts) for subject in subjects[:20_000]),
        batch_size=1000,
    )


def _seconds(work: Callable[[], Any], rounds: int = 3) -> float:
    work()
    taken = []
    for _round in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def _group_by() -> list[Any]:
    rows = Inspection.objects.filter(decided_on__year=today().year).order_by()
    return list(rows.values("lead", "status").annotate(count=Count("pk")))


def test_the_boards_of_50000_inspections(province, client, capsys):
    sign_in(client, province)
    plain = _seconds(_group_by)
    found = {
        "province": (_seconds(lambda: year_of(ask(as_of=today()), today())), PROVINCE_LIMIT),
        "head": (_seconds(lambda: client.get("/inspections/head/")), HEAD_LIMIT),
        "deadlines": (_seconds(lambda: client.get("/inspections/deadlines/")), DEADLINES_LIMIT),
    }
    with capsys.disabled():
        for name, (taken, limit) in found.items():
            print(f"\n{name}: {taken:.3f} s = {taken / plain:.1f} group-bys of {plain:.3f} s (limit {limit})")
    for name, (taken, limit) in found.items():
        assert taken / plain <= limit, name
