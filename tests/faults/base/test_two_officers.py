"""Two officers import the same people at once: one waits and is checked anew, neither loses."""

import threading

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

from lms.base.importing import work
from lms.base.importing.lock import prepare_lock, take_lock
from lms.base.jobs import run_due
from lms.base.models import ImportRun, Job
from lms.people.models import Person, Post
from tests.factories.people import agency, person, sign_in
from tests.factories.uploads import HEAD, confirm, upload

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officers():
    root = agency("82")
    agency("SNV", parent=root)
    found = []
    for name in ("Lê Thị Mỹ Hạnh", "Trần Đặng Quốc Ân"):
        found.append(sign_in(Client(), person(name, agency=root, role="provincial_hr")))
    return found


class Holder:
    """Another worker in the middle of writing people: holds the domain until it is let go."""

    def __init__(self):
        self.holding, self.let_go = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._hold)

    def _hold(self):
        try:
            with transaction.atomic():
                take_lock("people")
                self.holding.set()
                self.let_go.wait(30)
        finally:
            connections.close_all()

    def __enter__(self):
        prepare_lock("people")
        self.thread.start()
        assert self.holding.wait(10)
        return self

    def __exit__(self, *exc):
        self.let_go.set()
        self.thread.join()


def click(client, run):
    client.post(f"/imports/runs/{run.pk}/apply/")


def test_the_second_waits_for_the_first_says_so_and_then_goes_on(officers):
    one, two = officers
    first = upload(one, HEAD + "A,Lê A,CC,SNV,2020-01-01\n")
    second = upload(two, HEAD + "B,Lê B,CC,SNV,2020-01-01\n")
    click(one, first)
    click(two, second)
    page = two.get(f"/imports/runs/{second.pk}/")
    assert page.context["waits_for"] == first
    assert "Lê Thị Mỹ Hạnh" in page.content.decode()
    assert one.get(f"/imports/runs/{first.pk}/").context["waits_for"] is None
    # Even when a worker takes the second first, it waits its turn.
    Job.objects.filter(key=f"{first.pk}-1", kind="imports.apply").update(run_after=timezone.now() + work.WAIT)
    run_due()
    second.refresh_from_db()
    assert second.state == "applying"
    Job.objects.filter(state="waiting").update(run_after=timezone.now())
    run_due()
    assert list(ImportRun.objects.order_by("pk").values_list("state", flat=True)) == ["applied", "applied"]
    assert Person.objects.filter(code__in=["A", "B"]).count() == 2
    assert list(Job.objects.filter(kind="imports.apply").values_list("attempts", flat=True)) == [1, 1]


def test_what_the_first_wrote_is_seen_by_the_second_before_it_writes(officers):
    one, two = officers
    first = upload(one, HEAD + "A,Lê A,CC,SNV,2020-01-01\n")
    second = upload(two, HEAD + "A,Lê Á,VC,SNV,2020-01-01\n")
    click(one, first)
    click(two, second)
    run_due()
    second.refresh_from_db()
    # It would have added a person; now it would correct one: the officer looks again.
    assert (second.state, second.report["stale"]) == ("checked", True)
    assert (second.report["added"], second.report["changed"]) == (0, 1)
    assert Person.objects.get(code="A").full_name == "Lê A"
    assert confirm(two, second).state == "applied"
    assert (Person.objects.get(code="A").full_name, Post.objects.get(person__code="A").category) == (
        "Lê Á",
        "VC",
    )


def test_without_looking_anew_the_second_would_overwrite_what_nobody_confirmed(officers, monkeypatch):
    one, two = officers
    first = upload(one, HEAD + "A,Lê A,CC,SNV,2020-01-01\n")
    second = upload(two, HEAD + "A,Lê Á,VC,SNV,2020-01-01\n")
    click(one, first)
    click(two, second)
    monkeypatch.setattr(work, "digest_of", lambda lines: second.digest)
    ImportRun.objects.update(digest=second.digest)
    run_due()
    assert Person.objects.get(code="A").full_name == "Lê Á"


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's one write transaction is the lock")
class TestLock:
    def test_while_another_worker_writes_the_import_is_put_back_without_a_failed_try(self, officers):
        one, _two = officers
        run = upload(one, HEAD + "A,Lê A,CC,SNV,2020-01-01\n")
        click(one, run)
        with Holder():
            run_due()
            run.refresh_from_db()
            assert run.state == "applying"
            assert not Person.objects.filter(code="A").exists()
        Job.objects.filter(state="waiting").update(run_after=timezone.now())
        run_due()
        run.refresh_from_db()
        assert run.state == "applied"
        assert Job.objects.get(pk=run.job_id).attempts == 1

    def test_without_the_lock_both_would_write_at_once(self, officers, monkeypatch):
        one, _two = officers
        run = upload(one, HEAD + "A,Lê A,CC,SNV,2020-01-01\n")
        click(one, run)
        monkeypatch.setattr(work, "take_lock", lambda domain: None)
        with Holder():
            run_due()
            run.refresh_from_db()
            assert run.state == "applied"

    def test_a_command_waits_for_the_page(self, officers, tmp_path):
        from io import StringIO

        from django.core.management import call_command

        path = tmp_path / "a.csv"
        path.write_text(HEAD + "A,Lê A,CC,SNV,2020-01-01\n")
        said = StringIO()

        def command():
            try:
                call_command("import_staff", str(path), stdout=StringIO(), stderr=said)
            finally:
                connections.close_all()

        with Holder():
            thread = threading.Thread(target=command)
            thread.start()
            thread.join(1.5)
            assert thread.is_alive()
            assert said.getvalue().strip()
            assert not Person.objects.filter(code="A").exists()
        thread.join(20)
        assert Person.objects.filter(code="A").exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has the row lock")
def test_on_sqlite_the_write_transaction_is_the_lock(officers):
    one, _two = officers
    run = upload(one, HEAD + "A,Lê A,CC,SNV,2020-01-01\n")
    click(one, run)
    with Holder() as holder:
        threading.Timer(1, holder.let_go.set).start()
        begun = timezone.now()
        run_due()
        assert (timezone.now() - begun).total_seconds() > 0.8
    run.refresh_from_db()
    assert run.state == "applied"
