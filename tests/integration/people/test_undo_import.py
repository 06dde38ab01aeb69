"""An import is taken back whole, or not at all and with the rows that stand against it."""

import io
from datetime import date, timedelta

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.utils import timezone

from courses.models import Completion
from lms.base.importing import dependence
from lms.base.importing import undo as undoing
from lms.base.models import AuditEvent, ImportRun
from lms.people.models import AccessEvent, Agency, AgencyPeriod, Leave, Person, Post, Succession
from lms.reports.models import PeriodReport
from tests.factories.certificates import completion, course
from tests.factories.people import agency, person, sign_in
from tests.factories.uploads import HEAD, confirm, undo, upload

pytestmark = pytest.mark.django_db
LONG = "person_id,same_as,full_name,category,agency_code,post_from,post_to\n"


@pytest.fixture(autouse=True)
def world(client):
    root = agency("82")
    agency("SNV", parent=root)
    agency("STC", parent=root)
    sign_in(client, person(code="HR", agency=root, role="provincial_hr"))


def everything():
    """Return every row of people and agencies as it stands."""
    models = (Agency, AgencyPeriod, Succession, Person, Post, Leave)
    return [serializers.serialize("python", model.objects.order_by("pk")) for model in models]


def imported(client, text, kind="staff", **numbers):
    run = confirm(client, upload(client, text, kind), **numbers)
    assert run.state == "applied"
    return run


def test_new_changed_merged_and_ended_rows_come_back_as_they_were(client):
    imported(
        client, LONG + "A,,Lê A,CC,SNV,2020-01-01,\nB,,Lê B,CC,SNV,2020-01-01,\nC,,Lê A,CC,STC,2020-01-01,\n"
    )
    before = everything()
    text = (
        "A,,Lê Ánh,VC,SNV,2020-01-01,2025-01-01\nA,,Lê Ánh,VC,STC,2025-01-01,\n"
        "C,A,Lê A,CC,STC,2020-01-01,2024-01-01\nD,,Mới,CC,STC,2020-01-01,\n"
    )
    run = imported(client, LONG + text, leaving=1)
    assert everything() != before
    run = undo(client, run)
    assert (run.state, run.undo_reason) == ("undone", "nhầm tệp")
    assert everything() == before
    event = AuditEvent.objects.get(action="import.undo")
    assert (event.reason, event.new["rows"]) == ("nhầm tệp", 7)
    # Once taken back it is over.
    undo(client, run)
    assert AuditEvent.objects.filter(action="import.undo").count() == 1


def test_a_full_list_is_taken_back(client):
    imported(client, HEAD + "A,Lê A,CC,SNV,2020-01-01\nB,Lê B,CC,SNV,2020-01-01\n")
    before = everything()
    run = upload(client, HEAD + "A,Lê A,CC,SNV,2020-01-01\n", scope="full", agency="SNV", on="2026-01-01")
    run = confirm(client, run, ended=1)
    assert Post.objects.get(person__code="B").valid_to == date(2026, 1, 1)
    assert undo(client, run).state == "undone"
    assert everything() == before


def test_agencies_with_their_successions_and_leave_are_taken_back(client):
    head = "code,name,level,parent_code,valid_from,valid_to,successor_code\n"
    imported(
        client,
        head + "Q1,Xã Một,commune,82,2020-01-01,2025-07-01,Q2\nQ2,Xã Hai,commune,82,2020-01-01,,\n",
        "agencies",
    )
    imported(client, HEAD + "A,Lê A,CC,SNV,2020-01-01\n")
    before = everything()
    run = imported(
        client,
        head + "Q1,Xã Một cũ,commune,82,2020-01-01,2025-06-01,Q3\nQ3,Xã Ba,commune,82,2025-06-01,,\n",
        "agencies",
    )
    leave = imported(client, "person_id,leave_from,leave_to\nA,2025-01-01,2025-03-01\n", "leave")
    assert undo(client, leave).state == "undone"
    assert undo(client, run).state == "undone"
    assert everything() == before


def test_having_looked_at_a_new_person_does_not_stand_against_it(client):
    run = imported(client, HEAD + "A,Lê A,CC,SNV,2020-01-01\n")
    who = Person.objects.get(code="A")
    assert client.get(f"/people/{who.pk}/").status_code == 200
    assert AccessEvent.objects.filter(person=who).exists()
    assert undo(client, run).state == "undone"
    assert not AccessEvent.objects.exists()


def refused(client, run):
    now = everything()
    run = undo(client, run)
    assert run.state == "applied"
    assert everything() == now
    assert client.get(f"/imports/runs/{run.pk}/").context["run"].report["undo_refused"]
    return [" | ".join(reason) for reason in run.report["undo_refused"]]


def test_a_later_change_stands_against_it_and_is_named(client):
    run = imported(client, HEAD + "A,Lê A,CC,SNV,2020-01-01\n")
    imported(client, HEAD + "A,Lê A,VC,SNV,2020-01-01\n")
    (reason,) = refused(client, run)
    assert "“VC”" in reason


def test_a_completion_or_an_account_stands_against_it(client):
    run = imported(client, HEAD + "A,Lê A,CC,SNV,2020-01-01\nB,Lê B,CC,SNV,2020-01-01\n")
    completion(Person.objects.get(code="A"), course("DS06"))
    user = Person.objects.get(code="B")
    user.last_login = timezone.now()
    user.save()
    reasons = refused(client, run)
    assert any(reason.startswith("người Lê A") or "Lê A" in reason for reason in reasons)
    assert any("Lê B" in reason for reason in reasons)


@pytest.mark.parametrize(
    ("as_of", "unit", "stands"),
    [
        ("2026-06-30", None, True),
        ("2026-06-30", "STC", True),
        ("2026-06-30", "SNV", True),
        ("2025-12-31", "SNV", False),
        ("2025-12-31", None, False),
        ("2019-12-31", None, False),
    ],
)
def test_a_report_that_counts_it_stands_against_it(client, as_of, unit, stands):
    """The file moved somebody on 01/01/2026: reports of a later day, of either place, would say something else."""
    imported(client, LONG + "A,,Lê A,CC,SNV,2020-01-01,\n")
    moving = "A,,Lê A,CC,SNV,2020-01-01,2026-01-01\nA,,Lê A,CC,STC,2026-01-01,\n"
    run = imported(client, LONG + moving, leaving=1)
    PeriodReport.objects.create(
        key="11111111-1111-1111-1111-111111111111",
        agency=unit and Agency.objects.get(periods__code=unit),
        scope_name="Sở",
        as_of=as_of,
        known_at=as_of,
        period_start="2026-01-01",
        period_end="2027-01-01",
        variant="headline",
        org_view="historic",
        asked_by=Person.objects.get(code="HR"),
    )
    if stands:
        said = f"báo cáo định kỳ đến ngày {date.fromisoformat(as_of):%d/%m/%Y} của Sở đã tính"
        assert all(said in reason for reason in refused(client, run))
    else:
        assert undo(client, run).state == "undone"


def test_without_the_question_what_depends_on_it_the_person_would_be_lost(client, monkeypatch):
    run = imported(client, HEAD + "A,Lê A,CC,SNV,2020-01-01\n")
    user = Person.objects.get(code="A")
    user.last_login = timezone.now()
    user.save()
    monkeypatch.setattr(undoing, "dependents", lambda entries, since: iter(()))
    assert undo(client, run).state == "undone"
    assert not Person.objects.filter(code="A").exists()
    assert dependence.dependents is not undoing.dependents


def test_a_completion_that_rests_on_a_changed_post_stands_against_it(client):
    imported(client, HEAD + "A,Lê A,CC,SNV,2020-01-01\n")
    text = LONG + "A,,Lê A,CC,SNV,2020-01-01,2025-01-01\nA,,Lê A,CC,STC,2025-01-01,\n"
    run = imported(client, text)
    where = AgencyPeriod.objects.get(code="STC").agency
    completion(Person.objects.get(code="A"), course("DS06"), agency=where)
    assert refused(client, run)


def test_a_post_that_came_later_stands_against_opening_the_old_one_again(client):
    imported(client, HEAD + "A,Lê A,CC,SNV,2020-01-01\n")
    run = imported(client, LONG + "A,,Lê A,CC,SNV,2020-01-01,2025-01-01\n", leaving=1)
    imported(client, HEAD + "A,Lê A,CC,STC,2025-01-01\n")
    (reason,) = refused(client, run)
    assert "01/01/2025" in reason


def test_new_staff_stand_against_taking_their_agency_back(client):
    head = "code,name,level,parent_code,valid_from\n"
    run = imported(client, head + "Q1,Xã Một,commune,82,2020-01-01\n", "agencies")
    imported(client, HEAD + "A,Lê A,CC,Q1,2020-01-01\n")
    assert refused(client, run)


def test_after_thirty_days_it_is_over_and_files_and_previews_are_gone(client):
    from lms.base.jobs import run_due
    from lms.base.tasks import forget_old_imports

    run = imported(client, HEAD + "A,Lê A,CC,SNV,2020-01-01\n")
    ago = timezone.now() - timedelta(days=30, minutes=1)
    ImportRun.objects.filter(pk=run.pk).update(applied_at=ago, uploaded_at=ago)
    assert undo(client, run).state == "applied"
    kept = imported(client, HEAD + "B,Lê B,CC,SNV,2020-01-01\n")
    forget_old_imports.call_local()
    run_due()
    run.refresh_from_db()
    kept.refresh_from_db()
    assert (bool(run.file), bool(run.journal), run.lines.count()) == (False, False, 0)
    assert (bool(kept.file), bool(kept.journal), kept.lines.count()) == (True, True, 1)


def test_it_needs_a_reason(client):
    run = imported(client, HEAD + "A,Lê A,CC,SNV,2020-01-01\n")
    assert client.post(f"/imports/runs/{run.pk}/undo/", {}).status_code == 422


def by_command(tmp_path, kind, text, *options):
    """Import by the command; return the run."""
    path = tmp_path / "tệp.csv"
    path.write_text(text, encoding="utf-8")
    out = io.StringIO()
    call_command(f"import_{kind}", str(path), *options, stdout=out)
    run = ImportRun.objects.latest("pk")
    assert str(run.pk) in out.getvalue()
    return run


def take_back(run, reason="nhầm tệp"):
    call_command("undo_import", str(run.pk), "--reason", reason, stdout=io.StringIO(), stderr=io.StringIO())
    run.refresh_from_db()
    return run


class TestByCommand:
    """An import made by a command has no page: a command takes it back, by the same rules."""

    def test_it_is_taken_back_whole_and_audited(self, tmp_path):
        before = everything()
        run = by_command(tmp_path, "staff", HEAD + "A,Lê A,CC,SNV,2020-01-01\nB,Lê B,CC,STC,2020-01-01\n")
        assert everything() != before
        assert take_back(run).state == "undone"
        assert everything() == before
        event = AuditEvent.objects.get(action="import.undo")
        assert (event.reason, event.new["rows"], event.actor_name, event.channel) == (
            "nhầm tệp",
            4,
            "",
            "command",
        )

    @pytest.mark.parametrize(
        ("kind", "text"),
        [
            ("agencies", "code,name,level,parent_code,valid_from\nQ1,Xã Một,commune,82,2020-01-01\n"),
            ("leave", "person_id,leave_from,leave_to\nHR,2025-01-01,2025-03-01\n"),
        ],
    )
    def test_every_kind_of_hr_files_is(self, tmp_path, kind, text):
        before = everything()
        run = by_command(tmp_path, kind, text)
        assert everything() != before
        assert take_back(run).state == "undone"
        assert everything() == before

    def test_what_depends_on_it_stands_against_it_and_is_named(self, tmp_path):
        run = by_command(tmp_path, "staff", HEAD + "A,Lê A,CC,SNV,2020-01-01\n")
        completion(Person.objects.get(code="A"), course("DS06"))
        now, err = everything(), io.StringIO()
        with pytest.raises(CommandError):
            call_command("undo_import", str(run.pk), "--reason", "x", stderr=err)
        assert "Lê A" in err.getvalue()
        assert everything() == now
        assert not AuditEvent.objects.filter(action="import.undo").exists()

    def test_twice_too_late_unknown_and_without_a_reason_are_refused(self, tmp_path):
        run = by_command(tmp_path, "staff", HEAD + "A,Lê A,CC,SNV,2020-01-01\n")
        late = by_command(tmp_path, "staff", HEAD + "B,Lê B,CC,SNV,2020-01-01\n")
        ImportRun.objects.filter(pk=late.pk).update(applied_at=timezone.now() - timedelta(days=30, minutes=1))
        with pytest.raises(CommandError):
            take_back(run, " ")
        assert take_back(run).state == "undone"
        for number in (run.pk, late.pk, late.pk + 1000):
            with pytest.raises(CommandError):
                call_command("undo_import", str(number), "--reason", "x")
        assert Person.objects.filter(code="B").exists()

    def test_training_results_that_must_stay_are_withdrawn_by_a_file(self, tmp_path):
        """Withdrawn from the start, a completion counts as if it had never been."""
        by_command(tmp_path, "staff", HEAD + "A,Lê A,CC,SNV,2020-01-01\n")
        head = "person_id,course_code,completed_at,revoked_on,revoked_mode\n"
        by_command(tmp_path, "training", head + "A,K1,2025-01-01,,\n")
        counting = Completion.objects.counting_on(date(2025, 6, 1), known_at=date(2026, 2, 1))
        assert counting.count() == 1
        by_command(tmp_path, "training", head + "A,K1,2025-01-01,2026-01-01,ab_initio\n")
        assert counting.all().count() == 0
