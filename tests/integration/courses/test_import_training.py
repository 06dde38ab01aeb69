"""Training results from a file, read word by word as the contract says."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.importing import TrainingImporter
from courses.models import Completion, Course, Revocation
from lms.base.models import AuditEvent
from tests.factories import people

pytestmark = pytest.mark.django_db
HEAD = "person_id,course_code,completed_at"


@pytest.fixture
def learner():
    return people.person(code="082300000001", agency=people.agency("SNV", name="Sở Nội vụ"))


def load(text: str, **options):
    return TrainingImporter(**options).run(text.encode(), "training.csv")


def only() -> Completion:
    return Completion.objects.get()


def messages(outcome, severity: str) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in outcome.problems if problem.severity == severity]


def test_a_short_row_takes_the_defaults(learner):
    outcome = load(f"{HEAD}\n082300000001,NGOAI1,2024-03-01\n")
    assert (outcome.added, outcome.changed, outcome.unchanged, outcome.refused) == (1, 0, 0, 0)
    row = only()
    assert row.course is None
    assert (row.course_code, row.course_name) == ("NGOAI1", "NGOAI1")
    assert (row.is_ds, row.is_da, row.hours) == (True, False, Decimal(0))
    assert (row.passed, row.verified_on) == (True, date(2024, 3, 1))
    assert row.completed_on == date(2024, 3, 1)
    assert row.completed_at == datetime(2024, 2, 29, 17, tzinfo=UTC)
    assert (row.agency_code, row.agency_name, row.post_category) == ("SNV", "Sở Nội vụ", "CC")
    assert row.source == "import"


def test_a_full_row_is_kept_as_it_stands(learner):
    head = f"{HEAD},course_name,tags,hours,passed,verified,verified_on,provider,certificate_no"
    load(
        f"{head}\n082300000001,X1,2024-03-01T23:30:00+07:00,Dữ liệu mở,DS;DA,12.5,yes,yes,2024-04-02,One Touch,00123\n"
    )
    row = only()
    assert (row.course_name, row.hours, row.is_ds, row.is_da) == ("Dữ liệu mở", Decimal("12.5"), True, True)
    assert (row.completed_on, row.verified_on) == (date(2024, 3, 1), date(2024, 4, 2))
    assert (row.provider, row.certificate_no) == ("One Touch", "00123")


def test_an_instant_late_in_the_evening_of_greenwich_is_the_next_day_here(learner):
    load(f"{HEAD}\n082300000001,X1,2024-12-31T18:00:00Z\n")
    assert only().completed_on == date(2025, 1, 1)
    assert only().verified_on == date(2025, 1, 1)


def test_tags_and_hours_are_those_of_the_row_whatever_the_course_says(learner):
    Course.objects.create(code="DA03", name="Thống kê", hours=16, is_ds=False, is_da=True)
    outcome = load(f"{HEAD},hours\n082300000001,DA03,2024-03-01,8\n")
    row = only()
    assert (row.course.code, row.course_name, row.course_version) == ("DA03", "Thống kê", 1)
    assert (row.hours, row.is_ds, row.is_da) == (Decimal(8), True, False)
    assert (2, "hours") in messages(outcome, "warning")


def test_hours_left_out_are_those_of_the_course(learner):
    Course.objects.create(code="DS06", name="An toàn thông tin", hours=8)
    load(f"{HEAD}\n082300000001,DS06,2024-03-01\n")
    assert only().hours == Decimal(8)


def test_validity_is_that_of_the_row_else_of_the_course(learner):
    Course.objects.create(code="DS06", name="An toàn thông tin", hours=8, valid_months=24)
    load(f"{HEAD}\n082300000001,DS06,2024-03-01\n082300000001,NGOAI1,2024-03-01\n")
    assert [row.valid_until for row in Completion.objects.order_by("course_code")] == [date(2026, 3, 1), None]
    rows = "082300000001,DS06,2024-03-01,\n082300000001,NGOAI1,2024-03-01,31/12/2027\n"
    outcome = load(f"{HEAD},có giá trị đến ngày\n{rows}")
    assert (outcome.changed, outcome.refused) == (2, 0)
    assert [row.valid_until for row in Completion.objects.order_by("course_code")] == [
        None,
        date(2027, 12, 31),
    ]
    # A file that says nothing of it leaves it as it is.
    assert load(f"{HEAD}\n082300000001,NGOAI1,2024-03-01\n").unchanged == 1


def test_a_validity_that_ends_before_the_completion_is_refused(learner):
    outcome = load(f"{HEAD},valid_until\n082300000001,X1,2024-03-01,2024-02-29\n")
    assert messages(outcome, "error") == [(2, "valid_until")]
    assert not Completion.objects.exists()
    assert load(f"{HEAD},valid_until\n082300000001,X1,2024-03-01,2024-03-01\n").added == 1


def test_unverified_and_failed_rows_are_kept_as_such(learner):
    load(f"{HEAD},passed,verified\n082300000001,A,2024-03-01,no,yes\n082300000001,B,2024-03-01,yes,no\n")
    failed, unverified = Completion.objects.order_by("course_code")
    assert (failed.passed, failed.verified_on) == (False, date(2024, 3, 1))
    assert (unverified.passed, unverified.verified_on) == (True, None)


def test_a_withdrawal_comes_with_its_mode(learner):
    head = f"{HEAD},revoked_on,revoked_mode"
    load(f"{head}\n082300000001,A,2024-03-01,2024-06-01,ab_initio\n082300000001,B,2024-03-01,01/07/2024,\n")
    assert [(r.on, r.mode) for r in Revocation.objects.order_by("on")] == [
        (date(2024, 6, 1), "ab_initio"),
        (date(2024, 7, 1), "from_date"),
    ]


def test_importing_twice_changes_nothing(learner):
    text = (
        f"{HEAD},tags,hours,revoked_on,revoked_mode\n082300000001,A,2024-03-01,DA;DS,8,2024-06-01,ab_initio\n"
    )
    load(text)
    before = list(Completion.objects.values()), list(Revocation.objects.values()), AuditEvent.objects.count()
    outcome = load(text)
    assert (outcome.added, outcome.changed, outcome.unchanged) == (0, 0, 1)
    assert (
        list(Completion.objects.values()),
        list(Revocation.objects.values()),
        AuditEvent.objects.count(),
    ) == before


def test_a_known_key_with_other_values_is_a_correction_and_audited(learner):
    load(f"{HEAD},hours,verified\n082300000001,A,2024-03-01,8,no\n")
    outcome = load(f"{HEAD},hours,verified\n082300000001,A,2024-03-01,16,yes\n")
    assert (outcome.added, outcome.changed) == (0, 1)
    assert (only().hours, only().verified_on) == (Decimal(16), date(2024, 3, 1))
    event = AuditEvent.objects.get(action="import.training.correct")
    assert event.old == {"hours": "8.00", "verified_on": None}
    assert event.new == {"hours": "16", "verified_on": "2024-03-01"}


def test_a_correction_may_withdraw_and_take_the_withdrawal_back(learner):
    head = f"{HEAD},revoked_on,revoked_mode"
    load(f"{head}\n082300000001,A,2024-03-01,,\n")
    load(f"{head}\n082300000001,A,2024-03-01,2024-06-01,from_date\n")
    assert Revocation.objects.get().mode == "from_date"
    load(f"{head}\n082300000001,A,2024-03-01,2024-06-01,ab_initio\n")
    assert Revocation.objects.get().mode == "ab_initio"
    load(f"{head}\n082300000001,A,2024-03-01,,\n")
    assert not Revocation.objects.exists()


def test_columns_the_file_does_not_have_are_left_alone(learner):
    load(f"{HEAD},tags,hours,verified,provider\n082300000001,A,2024-03-01,DS;DA,8,no,Trường Chính trị\n")
    outcome = load(f"{HEAD},certificate_no\n082300000001,A,2024-03-01,55\n")
    assert outcome.changed == 1
    row = only()
    assert (row.is_da, row.hours, row.verified_on, row.provider) == (
        True,
        Decimal(8),
        None,
        "Trường Chính trị",
    )


def test_the_last_of_two_rows_about_one_completion_counts(learner):
    text = f"{HEAD},hours\n082300000001,A,2024-03-01,8\n082300000001,A,2024-03-01,16\n"
    outcome = load(text)
    assert (outcome.added, only().hours) == (1, Decimal(16))
    assert (3, "completed_at") in messages(outcome, "warning")
    again = load(text)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 1)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (",A,2024-03-01,,,,", "person_id"),
        ("999999999999,A,2024-03-01,,,,", "person_id"),
        ("082300000001,,2024-03-01,,,,", "course_code"),
        ("082300000001,A,,,,,", "completed_at"),
        ("082300000001,A,2024-02-30,,,,", "completed_at"),
        ("082300000001,A,2024-03-01,AI,,,", "tags"),
        ("082300000001,A,2024-03-01,,tám,,", "hours"),
        ("082300000001,A,2024-03-01,,,maybe,", "passed"),
        ("082300000001,A,2024-03-01,,,,later", "revoked_mode"),
    ],
)
def test_a_bad_row_names_row_and_column_and_nothing_is_written(learner, cells, column):
    text = f"{HEAD},tags,hours,passed,revoked_mode\n082300000001,GOOD,2024-03-01,,,,\n{cells}\n"
    outcome = load(text)
    assert messages(outcome, "error") == [(3, column)]
    assert not Completion.objects.exists()


def test_the_command_skips_errors_when_asked_and_reports_them(learner, tmp_path):
    file, report = tmp_path / "t.csv", tmp_path / "r.csv"
    file.write_text(f"{HEAD},hours\n082300000001,A,2024-03-01,8\n1,A,2024-03-01,8\n")
    with pytest.raises(CommandError):
        call_command("import_training", str(file), report=report)
    assert not Completion.objects.exists()
    with report.open() as lines:
        assert [(line["row"], line["column"]) for line in csv.DictReader(lines)] == [("3", "person_id")]
    call_command("import_training", str(file), skip_errors=True)
    assert Completion.objects.count() == 1


def test_a_dry_run_writes_nothing(learner, tmp_path):
    file = tmp_path / "t.csv"
    file.write_text(f"{HEAD}\n082300000001,A,2024-03-01\n")
    call_command("import_training", str(file), dry_run=True)
    assert not Completion.objects.exists()


def test_vietnamese_headers_and_words_are_understood(learner):
    load(
        "Số định danh;Mã khóa học;Tên khóa học;Nhóm kỹ năng;Số tiết;Ngày hoàn thành;Đạt;Đã xác minh;Ngày thu hồi;"
        "Hình thức thu hồi\n082300000001;X;Bảng tính;DA;7,5;05/01/2024;có;có;06/02/2024;từ đầu\n"
    )
    row = only()
    assert (row.is_ds, row.is_da, row.hours, row.completed_on) == (
        False,
        True,
        Decimal("7.5"),
        date(2024, 1, 5),
    )
    assert (row.revocation.on, row.revocation.mode) == (date(2024, 2, 6), "ab_initio")


def test_an_alias_of_a_merged_record_is_a_person(learner):
    twin = people.person(code="OLD-7")
    twin.merged_into = learner
    twin.save()
    load(f"{HEAD}\nOLD-7,A,2024-03-01\n")
    assert only().person.canonical == learner
    assert only().agency_code == "SNV"


@pytest.mark.parametrize(
    ("head", "cells", "column"),
    [
        ("", "082300000001,A,2999-01-01", "completed_at"),
        ("", "082300000001,A,2001-01-01", "completed_at"),
        (",passed,certificate_no", "082300000001,A,2024-03-01,no,7", "certificate_no"),
        (",revoked_mode", "082300000001,A,2024-03-01,ab_initio", "revoked_mode"),
        (",revoked_on", "082300000001,A,2024-03-01,2024-01-01", "revoked_on"),
        (",verified,verified_on", "082300000001,A,2024-03-01,no,2024-05-01", "verified_on"),
    ],
)
def test_what_looks_odd_is_taken_with_a_warning(learner, head, cells, column):
    outcome = load(f"{HEAD}{head}\n{cells}\n")
    assert (2, column) in messages(outcome, "warning")
    assert outcome.added == 1


def test_an_hr_officer_reaches_own_people_and_does_not_verify(learner):
    officer = people.person(agency=learner.posts.get().agency, role="hr_officer")
    stranger = people.person(code="082300000009", agency=people.agency("SYT"))
    outcome = load(f"{HEAD},verified\n082300000001,A,2024-03-01,yes\n", by=officer)
    assert only().verified_on is None
    assert (2, "verified") in messages(outcome, "warning")
    refused = load(f"{HEAD}\n{stranger.code},A,2024-03-01\n", by=officer)
    assert messages(refused, "error") == [(2, "person_id")]


def test_the_provincial_officer_verifies_everywhere(learner):
    officer = people.person(role="provincial_hr")
    load(f"{HEAD}\n082300000001,A,2024-03-01\n", by=officer)
    assert only().verified_on == date(2024, 3, 1)


def test_an_hr_officer_cannot_take_a_verification_away(learner):
    load(f"{HEAD}\n082300000001,A,2024-03-01\n")
    officer = people.person(agency=learner.posts.get().agency, role="hr_officer")
    load(f"{HEAD},verified,hours\n082300000001,A,2024-03-01,no,8\n", by=officer)
    assert (only().verified_on, only().hours) == (date(2024, 3, 1), Decimal(8))


def test_who_may_upload():
    unit = people.agency("SKHCN")
    assert TrainingImporter.may_be_used_by(people.person(role="provincial_hr")) is True
    assert TrainingImporter.may_be_used_by(people.person(agency=unit, role="hr_officer")) is True
    assert TrainingImporter.may_be_used_by(people.person(agency=unit)) is False
    assert TrainingImporter.may_be_used_by(people.person(agency=unit, role="inspector")) is False


def test_a_completion_freezes_the_agency_of_its_day():
    old, new = (
        people.agency("STTTT", name="Sở Thông tin", valid_to=date(2025, 3, 1)),
        people.agency("SKHCN", name="Sở Khoa học", valid_from=date(2025, 3, 1)),
    )
    people.succeed(old, new, on=date(2025, 3, 1))
    who = people.person(code="082300000002", agency=old)
    load(f"{HEAD}\n{who.code},A,2025-02-28\n{who.code},B,2025-03-01\n")
    assert list(Completion.objects.order_by("course_code").values_list("agency_name", flat=True)) == [
        "Sở Thông tin",
        "Sở Khoa học",
    ]


def test_the_number_of_queries_does_not_grow_with_the_file(learner):
    def queries(rows: int, course: str) -> int:
        text = HEAD + "".join(f"\n082300000001,{course}{n},2024-03-01" for n in range(rows))
        with CaptureQueriesContext(connection) as captured:
            load(text)
        return len(captured)

    queries(1, "W")
    assert queries(30, "X") == queries(2, "Y")  # more go in batches
