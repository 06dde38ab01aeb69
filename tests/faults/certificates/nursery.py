"""A process that has loaded the product once and bears workers by forking: a killed one is replaced in no time.

Run by the tests with the database and the private folder in its environment; it reads one JSON command a line
and answers each with one line.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from datetime import timedelta

import django


def work() -> None:
    """Do what the job table has, as huey's worker does, and look again."""
    from lms.base.jobs import run_due, running

    running.LEASE = timedelta(seconds=3)
    while True:
        if not run_due():
            time.sleep(0.05)


def work_from_queue(path: str) -> None:
    """Do what huey's queue alone has: the control, without the job table."""
    # Under its own name: huey looks tasks up by module, and this file runs as __main__.
    from tests.faults.certificates.nursery import queue as named_queue

    huey = named_queue(path)
    while True:
        task = huey.dequeue()
        if task is None:
            time.sleep(0.05)
        else:
            huey.execute(task)


def queue(path: str):
    """Return a queue with one kind of task: issue the certificate of a completion."""
    from huey import SqliteHuey

    huey = SqliteHuey(name="control", filename=path, immediate=False, results=False)

    @huey.task(name="issue")
    def issue_alone(completion_id: int) -> None:
        from certificates.actions import issue
        from courses.models import Completion

        issue(completion=Completion.objects.get(pk=completion_id), by=None)

    huey.issue_alone = issue_alone
    return huey


def die_at(point: str, *completion_ids: int) -> None:
    """Issue certificates and die at the named point of the first that reaches it."""
    from certificates import points
    from certificates.actions import issue
    from courses.models import Completion

    def then_die(reached: str) -> None:
        if reached == point:
            os.kill(os.getpid(), signal.SIGKILL)

    points.reached = then_die
    for completion in Completion.objects.filter(pk__in=completion_ids).order_by("pk"):
        issue(completion=completion, by=None)


def die_unprotected(completion_id: int) -> None:
    """Count as the control does: the counter commits first, the row would follow."""
    from django.utils import timezone

    from certificates.models import RegisterCounter
    from courses.models import Completion

    agency = Completion.objects.get(pk=completion_id).course.agency_id
    counter, _new = RegisterCounter.objects.get_or_create(agency_id=agency, year=timezone.localdate().year)
    counter.last += 1
    counter.save()
    os.kill(os.getpid(), signal.SIGKILL)


def issue_some(*completion_ids: int) -> None:
    """Issue certificates until the end, then leave in peace."""
    from certificates.actions import issue
    from courses.models import Completion

    for completion in Completion.objects.filter(pk__in=completion_ids).order_by("pk"):
        issue(completion=completion, by=None)
    os._exit(0)


def bear(command: dict) -> int:
    """Fork a child that does the command; return its number."""
    child = os.fork()
    if child:
        return child
    try:
        {
            "work": work,
            "work_from_queue": work_from_queue,
            "die_at": die_at,
            "issue_some": issue_some,
            "die_unprotected": die_unprotected,
        }[command["do"]](*command.get("with", []))
    except BaseException:
        traceback.print_exc()  # the test prints what its children said when it fails
        raise
    finally:
        os._exit(1)


def answer(command: dict) -> object:
    """Do one command of the test."""
    if command["do"] == "kill":
        os.kill(command["pid"], signal.SIGKILL)
        return os.waitpid(command["pid"], 0)[1]
    child = bear(command)
    return os.waitpid(child, 0)[1] if command.get("wait") else child


def main() -> None:
    """Load the product without touching the database, then obey."""
    from django.conf import settings

    settings.STORAGES["private"]["OPTIONS"]["location"] = os.environ["PRIVATE_FOLDER"]
    settings.FONTS_DIR  # noqa: B018 (settings are read once, here)
    if keys := os.environ["SIGNS_WITH"]:
        from tests.factories import signing

        settings.SIGNING_CERTIFICATES = "key"
        settings.SIGNING_KEY_FILE = f"{keys}/key.p12"
        settings.SIGNING_KEY_PASSPHRASE = signing.PASSPHRASE
        settings.SIGNING_TRUST_ROOTS = [f"{keys}/roots.pem"]
    django.setup()
    from certificates import tasks  # noqa: F401 (handlers)
    from lms.base.documents.fonts import register

    register()
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
