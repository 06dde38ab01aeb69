"""Loading twice is loading once."""

import pytest
from django.apps import apps
from django.core.management import call_command

from certificates.models import Certificate
from courses.examiners import attempts_of
from courses.models import (
    Attempt,
    Completion,
    CoursePage,
    ExtraTime,
    IntegrityFlag,
    LessonPage,
    QuestionBank,
    Reopening,
)
from courses.states import Signal
from inspections.models import Inspection
from lms.people.models import Agency, Approval, Grant, Leave, Person, Post
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.DEMONSTRATION = True
    call_command("load_demo", verbosity=0)
    return tmp_path


def rows_of_all_tables():
    return {model._meta.label: model.objects.count() for model in apps.get_models()}


def test_twice_is_once_and_every_account_opens_its_door(loaded, client):
    first = rows_of_all_tables()
    call_command("load_demo", verbosity=0)
    assert rows_of_all_tables() == first

    assert Agency.objects.count() > 500
    assert Person.objects.filter(merged_into=None).count() >= 1500
    assert Person.objects.exclude(merged_into=None).count() == 8
    assert Post.objects.count() > 2500
    assert Leave.objects.count() == 48
    assert Completion.objects.count() > 5000
    assert len({completion.person_id for completion in Completion.objects.all()}) > 1200
    earned = Completion.objects.filter(source="exam")
    assert {code: earned.filter(course_code=code).count() for code in ("DS06", "DS02", "DA02")} == {
        "DS06": 12, "DS02": 4, "DA02": 4,
    }  # fmt: skip
    assert Attempt.objects.filter(passed=False).count() == 7
    assert Certificate.objects.count() == 20
    assert Inspection.objects.count() >= 60
    assert {case.status: case.pk for case in Inspection.objects.run_here()}.keys() == {
        "PLANNED", "IN_PROGRESS", "COMPLETED",
    }  # fmt: skip
    completed = Inspection.objects.run_here().filter(status="COMPLETED")
    assert completed.count() == 10
    assert sorted({subject.steps for case in completed for subject in case.subjects.all()}) == [
        "DDDDD", "PDDDD",
    ]  # fmt: skip
    assert CoursePage.objects.live().count() == 3
    assert LessonPage.objects.live().count() == 10
    assert {bank.code: bank.questions.count() for bank in QuestionBank.objects.all()} == {
        "DS06": 20, "DS02": 12, "DA02": 17,
    }  # fmt: skip
    assert {grant.role for grant in Grant.objects.all()} == {
        "hr_officer", "provincial_hr", "author", "trainer", "inspector", "agency_head", "registry_clerk",
        "auditor", "administrator",
    }  # fmt: skip
    _sign_in_with_every_listed_account(client)
    _what_the_examiner_finds(client)


def _what_the_examiner_finds(client):
    trainer = Person.objects.get(grants__role="trainer")
    sign_in(client, trainer)
    assert client.get("/examining/").context["listing"].count == 3
    seen = set(
        IntegrityFlag.objects.filter(attempt__in=attempts_of(trainer)).values_list("signal", flat=True)
    )
    assert seen >= {Signal.FAST_WHOLE, Signal.FAST_QUESTION, Signal.SHARED_DEVICE, Signal.FOCUS_LOST}
    assert Reopening.objects.get().attempt.closed_at is None
    assert ExtraTime.objects.get().percent == 25
    assert [row.kind for row in Approval.objects.filter(state="pending")] == ["courses.allow_attempts"]


def _sign_in_with_every_listed_account(client):
    from lms.people.sign_in.demonstration import demonstration_accounts

    accounts = demonstration_accounts()
    assert len(accounts) == 10
    for account in accounts:
        person = Person.objects.get(email=account["email"])
        assert person.check_password(account["password"])
