"""Workers are killed while people pass: every certificate once. Without the job table some are lost.

CERTIFICATES_N and CERTIFICATES_KILLS set how many completions and kills (1,000 and 30), CERTIFICATES_ROUNDS how
often a process exits at each named point (50), CERTIFICATES_BETWEEN how many are issued in peace after each (2).
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from certificates import points
from certificates.actions import issue_due
from certificates.models import Certificate, RegisterCounter
from courses.models import Completion
from courses.signals import completed
from lms.base.models import AuditEvent, Job
from tests.factories import certificates as made
from tests.faults.certificates.nursery import queue

N = int(os.environ.get("CERTIFICATES_N", "1000"))
KILLS = int(os.environ.get("CERTIFICATES_KILLS", "30"))
PATIENCE = 600  # seconds; about 60 are needed where nothing else runs
WORKERS = 2
POINTS = [name for name in points.POINTS if not name.startswith("spoil")]


def kill_now_and_then(nursery, workers: list[int], *, bear, done, wanted: int) -> int:
    """Kill a worker at random moments, spread over the work, and bear another; return how many were killed."""
    dice = random.Random(20261122)
    killed, deadline = 0, time.monotonic() + PATIENCE
    while time.monotonic() < deadline and (found := done()) < wanted:
        time.sleep(dice.uniform(0.02, 0.12))
        if killed < KILLS and found >= wanted * killed / (KILLS + 1):
            victim = dice.randrange(len(workers))
            nursery.ask("kill", pid=workers[victim])
            workers[victim] = bear()
            killed += 1
    for worker in workers:
        nursery.ask("kill", pid=worker)
    return killed


def test_every_completion_gets_its_certificate_once(nursery, course, pupils):
    for person in pupils(N):
        with transaction.atomic():
            completed.send(sender=Completion, completion=made.completion(person, course))
    started = time.monotonic()
    workers = [nursery.ask("work") for _ in range(WORKERS)]
    killed = kill_now_and_then(
        nursery, workers, bear=lambda: nursery.ask("work"), done=Certificate.objects.issued().count, wanted=N
    )
    taken_over = Job.objects.filter(attempts__gt=1).count()
    print(
        f"\n{N} completions, {killed} kills, {taken_over} jobs taken over,"
        f" {Certificate.objects.count()} certificates in {time.monotonic() - started:.1f} s"
    )
    assert killed == KILLS
    assert taken_over > 0, "no kill hit a job at work: the test saw nothing"
    assert list(Certificate.objects.order_by("number").values_list("number", flat=True)) == list(
        range(1, N + 1)
    )
    assert Certificate.objects.values("completion").distinct().count() == N
    assert AuditEvent.objects.filter(action="certificates.issue").count() == N
    assert RegisterCounter.objects.get().last == N
    call_command("verify_certificates")


def test_the_control_without_the_job_table_loses_some(nursery, course, pupils, tmp_path):
    count = max(60, N // 4)
    path = str(tmp_path / "queue.sqlite3")
    bell = queue(path)
    for person in pupils(count):
        bell.issue_alone(made.completion(person, course).pk)
    workers = [nursery.ask("work_from_queue", **{"with": [path]}) for _ in range(WORKERS)]
    killed = kill_now_and_then(
        nursery,
        workers,
        bear=lambda: nursery.ask("work_from_queue", **{"with": [path]}),
        done=lambda: count - bell.pending_count(),
        wanted=count,
    )
    lost = count - Certificate.objects.issued().count()
    print(f"\ncontrol: {count} completions, {killed} kills, {lost} certificates lost")
    assert lost > 0
    assert issue_due().count == lost, "the facts are still there: pulling finds what the queue lost"


@pytest.mark.parametrize("point", POINTS)
def test_dying_at_a_named_point_leaves_neither_gap_nor_double(request, course, pupils, point):
    nursery = request.getfixturevalue("signing_nursery" if point.startswith("sign.") else "nursery")
    rounds = int(os.environ.get("CERTIFICATES_ROUNDS", "50"))
    each = int(os.environ.get("CERTIFICATES_BETWEEN", "2"))  # certificates made in peace after each death
    persons = pupils(rounds * (each + 1))
    keys = [made.completion(person, course).pk for person in persons]
    for start in range(0, len(keys), each + 1):
        first, *others = keys[start : start + each + 1]
        assert nursery.ask("die_at", wait=True, **{"with": [point, first]}) == 9  # killed
        assert nursery.ask("issue_some", wait=True, **{"with": others}) == 0
    issue_due()
    print(f"\n{point}: {rounds} exits among {len(keys)} issues")
    assert Certificate.objects.issued().count() == len(keys)
    assert list(Certificate.objects.order_by("number").values_list("number", flat=True)) == list(
        range(1, len(keys) + 1)
    )
    for action in ("certificates.number", "certificates.issue"):
        assert AuditEvent.objects.filter(action=action).count() == len(keys)
    assert RegisterCounter.objects.get().last == len(keys)
    call_command("verify_certificates")


def test_the_control_that_counts_before_the_row_leaves_a_gap(nursery, course, pupils, monkeypatch):
    """Without one transaction around counter and row, an exit between them loses a number."""
    rounds = 10
    keys = [made.completion(person, course).pk for person in pupils(rounds)]
    for key in keys:
        assert nursery.ask("die_unprotected", wait=True, **{"with": [key]}) == 9
    issue_due()
    numbers = list(Certificate.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(rounds + 1, 2 * rounds + 1))
    with pytest.raises(SystemExit):
        call_command("verify_certificates")


def test_files_left_by_the_dead_are_nobody_s(nursery, course, pupils):
    (person,) = pupils(1)
    completion = made.completion(person, course)
    nursery.ask("die_at", wait=True, **{"with": ["render.stored", completion.pk]})
    issue_due()
    folder = Path(settings.STORAGES["private"]["OPTIONS"]["location"]) / "certificates"
    names = {str(path.relative_to(folder.parent)) for path in folder.rglob("*.pdf")}
    assert Certificate.objects.get().file_name in names
    assert len(names) >= 2
