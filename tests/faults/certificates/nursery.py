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


def die_at(point: str, completion_id: int) -> None:
    """Issue a certificate and die at the named point, before the transaction ends."""
    from certificates import actions
    from courses.models import Completion

    real = getattr(actions, point)

    def then_die(*args, **kwargs):
        real(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(actions, point, then_die)
    actions.issue(completion=Completion.objects.get(pk=completion_id), by=None)


def bear(command: dict) -> int:
    """Fork a child that does the command; return its number."""
    child = os.fork()
    if child:
        return child
    try:
        {"work": work, "work_from_queue": work_from_queue, "die_at": die_at}[command["do"]](
            *command.get("with", [])
        )
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
    django.setup()
    from certificates import tasks  # noqa: F401 (handlers)
    from lms.base.documents.fonts import register

    register()
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
