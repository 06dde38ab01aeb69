"""The nightly derivation finds what was changed behind the product's back, and the database refuses the change."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from certificates.actions import issue_due
from certificates.models import Certificate
from courses import guards
from courses.actions import finish_lesson, open_lesson, revoke_completion
from courses.actions.replays import answer_drift, derive_again
from courses.models import Attempt, Completion, Decision, Drift, Enrolment, LearningFact, Revocation
from courses.queries import FactRewritten
from lms.base.dates import today
from lms.base.models import AuditEvent
from tests.factories import courses, people
from tests.factories.facts import passed, sit, tamper, unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return people.agency("SNV", name="Sở Nội vụ")


@pytest.fixture
def course(unit):
    row = courses.ready_course("DS06")
    row.agency, row.valid_months = unit, 24
    row.save()
    return row


@pytest.fixture
def learner(unit):
    return people.person("Nguyễn Hoàng Thị Phương Thảo", agency=unit)


@pytest.fixture
def done(learner, course):
    return passed(learner, course)


def kinds() -> list[str]:
    derive_again()
    return sorted(Drift.objects.open().values_list("kind", flat=True))


def test_a_course_done_by_its_actions_is_what_its_facts_say(done, learner, course):
    other = courses.enrolled(people.person("Lê Thị Út"), course, lessons_done=True)
    sit(other, right=1)
    issue_due()
    run = derive_again()
    assert (run.enrolments, run.drifts, Drift.objects.count()) == (2, 0, 0)
    assert done.valid_until == date(
        done.completed_on.year + 2, done.completed_on.month, done.completed_on.day
    )
    assert Certificate.objects.get().valid_until == done.valid_until


def test_a_withdrawn_completion_drifts_nowhere(done):
    revoke_completion(completion=done, mode="from_date", on=today(), reason="Thi hộ", by=None)
    assert kinds() == []


TAMPERINGS = {
    "a lesson is finished without being read": (
        "UPDATE courses_lessonprogress SET finished_at = opened_at WHERE finished_at IS NOT NULL",
        ["lesson", "lesson"],
    ),
    "a lesson's end is taken away": ("UPDATE courses_lessonprogress SET finished_at = NULL", ["lesson"] * 2),
    "marks are raised": (
        "UPDATE courses_attempt SET score = 20 WHERE score = 100",
        ["attempt", "grading"],
    ),
    "a pass is taken away": ("UPDATE courses_attempt SET passed = NOT passed", ["attempt", "grading"]),
    "an answer is rewritten": ("UPDATE courses_answer SET response = '{}' WHERE id > 0", ["grading"]),
    "the key is rewritten": ("UPDATE courses_attemptquestion SET key = '{}'", ["grading"]),
    "an end of an enrolment is moved": (
        "UPDATE courses_enrolment SET finished_at = '2026-12-31 00:00:00+00'",
        ["finished"],
    ),
    "periods are raised": (
        "UPDATE courses_completion SET hours = 80",
        ["certificate", "completion"],
    ),
    "validity is made longer": (
        "UPDATE courses_completion SET valid_until = '2099-01-01'",
        ["certificate", "completion"],
    ),
    "the verification is taken away": (
        "UPDATE courses_completion SET verified_on = NULL",
        ["certificate", "completion"],
    ),
    "the fact of the exam is forged": (
        'UPDATE courses_learningfact SET detail = \'{"right": 0, "score": "0.00", "passed": false}\''
        " WHERE kind = 'attempt'",
        ["attempt", "completion", "finished"],
    ),
    "the log loses that it was written": (
        "DELETE FROM courses_learningfact WHERE kind = 'completed'",
        ["completion"],
    ),
    "the log is emptied": (
        "DELETE FROM courses_learningfact",
        ["attempt", "completion", "finished", "lesson", "lesson"],
    ),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_each_tampering_is_found_and_named_and_nothing_is_mended(done, what):
    issue_due()
    assert kinds() == []  # the control: untouched, nothing is found
    statement, found = TAMPERINGS[what]
    assert tamper(statement) > 0
    assert kinds() == found
    since = set(Drift.objects.values_list("found_at", flat=True))
    assert kinds() == found  # and the next night again: since when stays, nothing was repaired
    assert set(Drift.objects.values_list("found_at", flat=True)) == since
    assert {row.person_id for row in Drift.objects.all()} == {done.person_id}
    assert all(row.stored != row.derived for row in Drift.objects.all())


def test_a_completion_made_from_nothing_is_found(learner, course):
    now, day = timezone.now(), today()
    enrolment = Enrolment.objects.create(person=learner, course=course, enrolled_at=now, finished_at=now)
    Completion.objects.create(
        person=learner, person_name=learner.full_name, course=course, enrolment=enrolment,
        course_code=course.code, course_version=1, course_name=course.name, hours=Decimal(8), is_ds=True,
        is_da=False, completed_at=now, completed_on=day, verified_on=day, passed=True, source="exam",
    )  # fmt: skip
    assert kinds() == ["completion", "finished"]


def test_a_certificate_that_is_due_and_does_not_come_is_found(done):
    tamper("UPDATE courses_completion SET completed_at = '2026-01-05 03:00:00+00'")
    derive_again()
    assert Drift.objects.open().filter(kind="certificate", derived="a certificate of DS06").count() == 1


def test_a_difference_that_is_gone_keeps_its_dates(done):
    tamper("UPDATE courses_enrolment SET finished_at = NULL")
    assert kinds() == ["finished"]
    Enrolment.objects.update(finished_at=done.completed_at)
    assert kinds() == []
    row = Drift.objects.get()
    assert row.gone_at is not None
    assert row.found_at < row.gone_at


def test_the_replay_asks_as_much_for_fifteen_as_for_three(course, django_assert_num_queries):
    for number in range(3):
        passed(people.person(f"Học viên {number}"), course)
    with django_assert_num_queries(19):
        derive_again()
    for number in range(12):
        passed(people.person(f"Người học {number}"), course)
    with django_assert_num_queries(19):
        derive_again()


# What the database refuses


REFUSED = [
    "UPDATE courses_learningfact SET at = '2020-01-01 00:00:00+00'",
    "DELETE FROM courses_learningfact",
    "UPDATE courses_completion SET hours = 80",
    "UPDATE courses_completion SET verified_on = '2020-01-01'",
    "UPDATE courses_completion SET verified_on = NULL",
    "UPDATE courses_completion SET course_code = 'DA01'",
    "UPDATE courses_completion SET source = 'import'",
    "UPDATE courses_completion SET valid_until = NULL",
    "DELETE FROM courses_completion",
    "UPDATE courses_revocation SET reason = 'khác'",
    "DELETE FROM courses_revocation",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_refuses_to_change_a_fact(done, statement):
    revoke_completion(completion=done, mode="from_date", on=today(), reason="Thi hộ", by=None)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        connection.cursor().execute(statement)
    with transaction.atomic(), unguarded():  # the control: without the triggers it goes through
        if "DELETE FROM courses_completion" not in statement:
            assert connection.cursor().execute(statement) is not None


def test_a_name_may_be_taken_out_and_an_imported_record_corrected(done, learner):
    assert Completion.objects.filter(pk=done.pk).correct(person_name="(đã xóa)") == 1
    imported = Completion.objects.create(
        person=learner, person_name=learner.full_name, course_code="X", course_name="Ngoài", hours=8,
        is_ds=True, is_da=False, completed_at=timezone.now(), completed_on=today(), passed=True, source="import",
    )  # fmt: skip
    assert Completion.objects.filter(pk=imported.pk).correct(hours=12, verified_on=today()) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Completion.objects.filter(pk=imported.pk).correct(source="class")


def test_the_guards_stand_after_the_migrations():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'courses_%%_refused'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'courses_%%'")
        names = {row[0] for row in cursor.fetchall()}
    assert {f"{table}_{verb}_refused" for table in guards.TABLES for verb in ("update", "delete")} <= names


def test_the_models_refuse_too(done):
    for act in (
        lambda: LearningFact.objects.update(subject="x"),
        lambda: LearningFact.objects.all().delete(),
        lambda: LearningFact.objects.first().delete(),
        lambda: LearningFact.objects.first().save(),
        lambda: Decision.objects.update(reason="x"),
        lambda: Decision.objects.all().delete(),
        lambda: Decision().delete(),
    ):
        with pytest.raises(FactRewritten):
            act()


# Who left


def test_who_left_keeps_the_completion_and_gets_the_certificate(done, learner, unit):
    learner.posts.update(valid_to=today())
    assert issue_due().count == 1
    certificate = Certificate.objects.get()
    assert (certificate.person, certificate.agency_name, certificate.completion) == (
        learner,
        "Sở Nội vụ",
        done,
    )
    assert kinds() == []


def test_who_finishes_after_leaving_has_a_completion_without_agency(learner, course):
    learner.posts.update(valid_to=today() - timedelta(days=1))
    done = passed(learner, course)
    assert (done.agency, done.agency_name, done.verified_on) == (None, "", today())
    assert issue_due().count == 1  # the course names who issues
    assert Attempt.objects.get().passed


def test_a_practice_course_drifts_nowhere(learner):
    course = courses.course("TH01", pass_rule="lessons")
    courses.course_page(course)
    enrolment = courses.enrolled(learner, course)
    for lesson in courses.lessons(course.page):
        open_lesson(enrolment=enrolment, lesson=lesson, by=None)
        finish_lesson(enrolment=enrolment, lesson=lesson, by=None)
    assert Completion.objects.get().source == "lessons"
    assert kinds() == []
    assert issue_due().count == 0


# What a person says of it


def test_an_answer_needs_words_and_somebody_over_the_person(done, unit):
    tamper("UPDATE courses_enrolment SET finished_at = NULL")
    derive_again()
    drift = Drift.objects.get()
    officer = people.person("Trần Văn Đức", agency=unit, role="provincial_hr")
    elsewhere = people.person("Lê Khác", agency=people.agency("STC"), role="provincial_hr")
    for who in (elsewhere, people.person("Đỗ Thanh Tra", agency=unit, role="auditor"), done.person):
        with pytest.raises(PermissionDenied):
            answer_drift(drift=drift, answer="Đã xem", by=who)
    with pytest.raises(ValidationError):
        answer_drift(drift=drift, answer="  ", by=officer)
    answer_drift(drift=drift, answer="Khôi phục từ bản sao ngày 12/11.", by=officer)
    drift.refresh_from_db()
    assert (drift.answered_by, drift.answer) == (officer, "Khôi phục từ bản sao ngày 12/11.")
    assert Enrolment.objects.get().finished_at is None  # nothing is mended
    assert AuditEvent.objects.get(action="courses.answer_drift").reason.startswith("Khôi phục")
    assert Revocation.objects.count() == 0
