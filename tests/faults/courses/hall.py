"""An examination hall: real web processes and a real worker on the test's database, and people with real browsers'
manners: they send again what was not acknowledged, under the same id.

The web server is gunicorn, killed with SIGKILL by the test; the worker is huey's consumer.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.utils import timezone

from courses.models import Course, Enrolment
from lms.people.models import Person

ROOT = Path(__file__).parents[3]
TOKEN = "t" * 32
BROKEN = (OSError, http.client.HTTPException, ValueError)
OPTION = re.compile(r'name="q(\d+)"\s+value="([0-9a-f-]{36})"')
ATTEMPT = re.compile(r"/learn/attempts/([0-9a-f-]{36})/")


def database_url() -> str:
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    return f"postgres://{facts['USER']}:{facts['PASSWORD']}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Hall:
    """The web server and the worker, and how often they were killed."""

    def __init__(self, folder: Path, *, wsgi: str = "lms.wsgi", worker: bool = True) -> None:
        self.port, self.wsgi, self.with_worker = free_port(), wsgi, worker
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.faults.courses.hall_settings",
            "DATABASE_URL": database_url(),
            "HALL_HUEY": str(folder / "huey.sqlite3"),
            "PYTHONPATH": str(ROOT),
        }
        self.kills = {"web worker": 0, "web server": 0, "job worker": 0}
        self.web = self._open_web()
        self.worker = self._open_worker() if worker else None
        self.wait_for_web()

    def _open_web(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "gunicorn", self.wsgi, "--bind", f"127.0.0.1:{self.port}"]
        more = ["--workers", "2", "--threads", "4", "--preload", "--log-level", "critical", "--reuse-port"]
        return self._open([*command, *more, "--backlog", "2048"])

    def _open_worker(self) -> subprocess.Popen[bytes]:
        return self._open([sys.executable, "manage.py", "run_huey", "--workers", "1", "--quiet"])

    def _open(self, command: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            env=self.environment,
            cwd=ROOT,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait_for_web(self, patience: float = 60) -> None:
        ends = time.monotonic() + patience
        while time.monotonic() < ends:
            try:
                visitor = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                visitor.request("GET", "/health/live")
                if visitor.getresponse().status == 200:
                    return
            except BROKEN:
                time.sleep(0.1)
        raise TimeoutError("the web server does not answer")

    def web_workers(self) -> list[int]:
        children = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children")
        return [int(one) for one in children.read_text().split()] if children.exists() else []

    def kill_web_worker(self, dice: random.Random) -> None:
        if workers := self.web_workers():
            os.kill(dice.choice(workers), signal.SIGKILL)
            self.kills["web worker"] += 1

    def kill_web_server(self, *, reopen: bool = True) -> None:
        os.killpg(self.web.pid, signal.SIGKILL)
        self.web.wait()
        self.kills["web server"] += 1
        if reopen:
            self.open_web()

    def open_web(self) -> None:
        self.web = self._open_web()

    def kill_worker(self) -> None:
        if self.worker is None:
            return
        os.killpg(self.worker.pid, signal.SIGKILL)
        self.worker.wait()
        self.kills["job worker"] += 1
        self.worker = self._open_worker()

    def close(self) -> None:
        for process in (self.web, self.worker):
            if process is not None and process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def people_enrolled(course: Course, count: int) -> list[dict[str, str]]:
    """Enrol so many new persons and sign them in; return their cookies."""
    first = Person.objects.count()
    rows = [
        Person(code=f"0830{first + number:08d}", full_name=f"Người Dự Thi {number}", password="!")
        for number in range(count)
    ]
    for row in rows:
        row.derive_name_forms()
    rows = Person.objects.bulk_create(rows)
    now = timezone.now()
    Enrolment.objects.bulk_create([Enrolment(person=row, course=course, enrolled_at=now) for row in rows])
    return [_signed_in(row) for row in rows]


def _signed_in(person: Person) -> dict[str, str]:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return {settings.SESSION_COOKIE_NAME: session.session_key, "csrftoken": TOKEN}


@dataclass
class Acknowledged:
    """What the server said it has saved."""

    attempt: str
    position: int
    client_id: str
    sequence: int
    response: dict


@dataclass
class Tally:
    """What happened to all the people together."""

    answers: list[Acknowledged] = field(default_factory=list)
    late: int = 0
    cuts: int = 0
    retries: int = 0
    errors: list[str] = field(default_factory=list)


class Examinee:
    """One person with one device, who gives up nothing that was not acknowledged."""

    def __init__(
        self,
        port: int,
        cookies: dict[str, str],
        course_pk: int,
        tally: Tally,
        dice: random.Random,
        *,
        cuts=0.0,
    ) -> None:
        self.port, self.course_pk, self.tally, self.dice, self.cuts = port, course_pk, tally, dice, cuts
        self.cookies = dict(cookies)
        self.line: http.client.HTTPConnection | None = None
        self.patience = 2000

    def sit(self, *, submit: bool, answers_each: int = 1) -> None:
        key = self.start()
        offered = self.open(key)
        for position, options in offered.items():
            for sequence in range(1, answers_each + 1):
                if not self.answer(key, position, self.dice.choice(options), sequence):
                    return
        if submit:
            self.submit(key)

    def start(self) -> str:
        while True:
            reply = self.ask("POST", f"/learn/courses/{self.course_pk}/exam/start/", {})
            found = reply and ATTEMPT.search(reply[1].get("Location", ""))
            if not found:  # perhaps it began and only the answer was lost: the exam's page knows
                reply = self.ask("GET", f"/learn/courses/{self.course_pk}/exam/")
                found = reply and ATTEMPT.search(reply[2])
            if found:
                return found[1]
            self.wait()

    def open(self, key: str) -> dict[int, list[str]]:
        while True:
            reply = self.ask("GET", f"/learn/attempts/{key}/")
            if reply and reply[0] == 200:
                offered: dict[int, list[str]] = {}
                for position, option in OPTION.findall(reply[2]):
                    offered.setdefault(int(position), []).append(option)
                return offered
            if reply and reply[0] == 302:
                return {}
            self.wait()

    def answer(self, key: str, position: int, option: str, sequence: int) -> bool:
        response = {"chosen": [option]}
        fields = {"client_id": str(uuid.uuid4()), "sequence": sequence, "response": json.dumps(response)}
        while True:
            reply = self.ask("POST", f"/learn/attempts/{key}/answers/{position}/", fields)
            if reply and reply[0] == 200 and json.loads(reply[2])["client_id"] == fields["client_id"]:
                kept = Acknowledged(key, position, fields["client_id"], sequence, response)
                self.tally.answers.append(kept)
                return True
            if reply and reply[0] == 409 and json.loads(reply[2])["code"] in ("late", "closed"):
                self.tally.late += 1
                return False
            if reply and reply[0] in (400, 403, 404):
                self.tally.errors.append(f"{reply[0]} {reply[2][:200]}")
                return False
            self.wait()

    def submit(self, key: str) -> None:
        while True:
            reply = self.ask("POST", f"/learn/attempts/{key}/submit/", {})
            if reply and reply[0] == 302 and reply[1].get("Location", "").endswith("/result/"):
                return
            self.wait()

    def wait(self) -> None:
        self.tally.retries += 1
        self.patience -= 1
        if self.patience < 0:
            raise TimeoutError("nobody answers any more")
        time.sleep(self.dice.uniform(0.05, 0.3))

    def ask(self, method: str, path: str, fields: dict | None = None):
        """Return status, headers and text, or None when nobody answered or the line was cut."""
        body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN}) if fields is not None else None
        cut = self.dice.random() < self.cuts
        try:
            if self.line is None:
                self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
            if cut:
                return self._cut(method, path, body)
            self.line.request(method, path, body, self._headers(body))
            reply = self.line.getresponse()
            text = reply.read().decode()
            self._keep_cookies(reply)
            return (reply.status, dict(reply.headers), text) if reply.status < 500 else None
        except BROKEN:
            self.hang_up()
            return None

    def _cut(self, method: str, path: str, body: str | None) -> None:
        """Lose the line: in the middle of what is said, or before the answer is heard."""
        self.tally.cuts += 1
        headers = self._headers(body)
        if body and self.dice.random() < 0.5:
            headers["Content-Length"] = str(len(body))
            self.line.request(method, path, body[: len(body) // 2], headers)
        else:
            self.line.request(method, path, body, headers)
        self.hang_up()

    def _headers(self, body: str | None) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        return {"Cookie": cookies, "Host": "127.0.0.1", **kind}

    def _keep_cookies(self, reply: http.client.HTTPResponse) -> None:
        for line in reply.headers.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            if name == "device":
                self.cookies[name] = rest.split(";")[0]

    def hang_up(self) -> None:
        if self.line is not None:
            self.line.close()
        self.line = None


def in_threads(acts: list, hands: int) -> None:
    """Do all acts by so many hands."""
    waiting, lock = list(reversed(acts)), threading.Lock()

    def work() -> None:
        while True:
            with lock:
                if not waiting:
                    return
                act = waiting.pop()
            act()

    threads = [threading.Thread(target=work) for _ in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
