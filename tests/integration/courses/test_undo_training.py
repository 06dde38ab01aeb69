"""A training file is taken back whole for 30 days; where something rests on a row of it, the row is named instead."""

import io
from datetime import timedelta

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.utils import timezone

from courses.actions import revoke_completion
from courses.models import Completion, Revocation
from lms.base.jobs import run_due
from lms.base.models import AuditEvent
from lms.followup.actions import ask_file
from lms.reports.models import PeriodReport
from tests.factories.certificates import completion, course
from tests.factories.people import agency, person, sign_in
from tests.factories.uploads import confirm, undo, upload

pytestmark = pytest.mark.django_db
HEAD = "person_id,course_code,completed_at,hours,passed,certificate_no,revoked_on\n"
ONE = HEAD + "082300000001,NGOAI1,2026-03-01,8,yes,12,\n"
RIGHT = HEAD + "082300000001,NGOAI1,2026-03-01,12.5,yes,12,\n"


@pytest.fixture
def unit():
    return agency("SNV", name="Sở Nội vụ")


@pytest.fixture
def officer(client, unit):
    who = person("Lê Thị Mỹ Hạnh", code="HR", agency=unit, role="provincial_hr")
    sign_in(client, who)
    client.cookies["django_language"] = "en"
    return who


@pytest.fixture(autouse=True)
def learner(unit, officer):
    return person("Trần Văn An", code="082300000001", agency=unit)


def facts():
    # Python's form keeps instants to the microsecond; Django's JSON cuts them to milliseconds.
    return [
        serializers.serialize("python", model.objects.order_by("pk")) for model in (Completion, Revocation)
    ]


def imported(client, text):
    run = confirm(client, upload(client, text, "training"))
    assert run.state == "applied", run.report
    return run


def stands_against(client, run):
    """Ask to take it back; return the sentences that name what stands against it."""
    before = facts()
    run = undo(client, run)
    assert run.state == "applied"
    assert facts() == before
    return [why for _what, why in run.report["undo_refused"]]


def test_what_a_file_brought_in_goes_with_its_withdrawals(client):
    imported(client, ONE)
    before = facts()
    run = imported(
        client,
        HEAD + "082300000001,NGOAI2,2026-03-02,8,yes,13,2026-05-01\n082300000001,NGOAI3,2026-03-03,,no,,\n",
    )
    assert Completion.objects.count() == 3
    assert undo(client, run).state == "undone"
    assert facts() == before
    assert AuditEvent.objects.get(action="import.undo").new["rows"] == 3


def test_corrected_facts_and_withdrawals_come_back_as_they_were(client):
    imported(client, HEAD + "082300000001,NGOAI1,2026-03-01,8,yes,12,2026-05-01\n")
    before = facts()
    for corrected in ("12.5,no,99,2026-06-01", "12.5,no,99,", "8,yes,12,2026-06-01"):
        run = imported(client, f"{HEAD}082300000001,NGOAI1,2026-03-01,{corrected}\n")
        assert facts() != before
        assert undo(client, run).state == "undone"
        assert facts() == before


def test_the_same_file_can_be_sent_again_after_it_was_taken_back(client):
    undo(client, imported(client, ONE))
    imported(client, ONE)
    assert Completion.objects.count() == 1


def test_a_file_for_the_national_database_stands_against_it(client, officer):
    run = imported(client, ONE)
    ask_file(by=officer)
    run_due()
    assert stands_against(client, run) == ["entry of a file for the national HR database depends on it"]


def test_it_stands_against_taking_a_correction_back(client, officer):
    imported(client, ONE)
    run = imported(client, RIGHT)
    ask_file(by=officer)
    run_due()
    assert stands_against(client, run) == ["it went into a file for the national HR database since"]


def test_a_withdrawal_by_a_person_stands_against_it(client, officer):
    run = imported(client, ONE)
    revoke_completion(
        completion=Completion.objects.get(),
        mode="from_date",
        on=timezone.localdate(),
        reason="Cấp nhầm",
        by=officer,
    )
    assert stands_against(client, run) == ["withdrawal depends on it"]


def test_a_withdrawal_anew_stands_against_bringing_the_old_one_back(client, officer):
    imported(client, HEAD + "082300000001,NGOAI1,2026-03-01,8,yes,12,2026-05-01\n")
    run = imported(client, HEAD + "082300000001,NGOAI1,2026-03-01,8,yes,12,\n")
    assert not Revocation.objects.exists()
    row = Completion.objects.get()
    revoke_completion(
        completion=row, mode="from_date", on=timezone.localdate(), reason="Cấp nhầm", by=officer
    )
    assert stands_against(client, run) == [f"“{row}” was withdrawn anew since"]


def test_a_later_correction_stands_against_it(client):
    run = imported(client, ONE)
    imported(client, RIGHT)
    (why,) = stands_against(client, run)
    assert "12.50" in why


@pytest.mark.parametrize(
    ("as_of", "of_unit", "stands"),
    [
        ("2026-06-30", None, True),
        ("2026-06-30", True, True),
        ("2026-06-30", False, False),
        ("2026-02-28", None, False),
    ],
)
def test_a_report_that_counts_it_stands_against_it(client, officer, unit, as_of, of_unit, stands):
    run = imported(client, ONE)
    scope = {None: None, True: unit, False: agency("STC", name="Sở Tài chính")}[of_unit]
    PeriodReport.objects.create(
        key="11111111-1111-1111-1111-111111111111",
        agency=scope,
        scope_name="Sở Nội vụ",
        as_of=as_of,
        known_at=as_of,
        period_start="2026-01-01",
        period_end="2027-01-01",
        variant="headline",
        org_view="historic",
        asked_by=officer,
    )
    if stands:
        assert stands_against(client, run) == ["the period report of 30/06/2026 for Sở Nội vụ counts it"]
    else:
        assert undo(client, run).state == "undone"


def test_after_thirty_days_it_stays(client):
    run = imported(client, ONE)
    type(run).objects.update(applied_at=timezone.now() - timedelta(days=30, minutes=1))
    run.refresh_from_db()
    assert undo(client, run).state == "applied"
    assert Completion.objects.count() == 1


def test_what_a_command_brought_in_is_taken_back_by_the_command(tmp_path):
    file = tmp_path / "training.csv"
    file.write_text(ONE)
    said = io.StringIO()
    call_command("import_training", str(file), stdout=said)
    assert "undo_import" in said.getvalue()
    number = said.getvalue().split("undo_import ")[1].split("`")[0]
    call_command("undo_import", number, reason="nhầm tệp", stdout=said)
    assert not Completion.objects.exists()
    with pytest.raises(CommandError):
        call_command("undo_import", number, reason="nhầm tệp", stdout=said)


def test_what_was_earned_here_is_never_touched(client, learner, unit):
    mine = completion(learner, course("DS01"), agency=unit)
    undo(client, imported(client, ONE))
    assert list(Completion.objects.all()) == [mine]
