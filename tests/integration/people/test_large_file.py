"""A file too large to hold is imported part by part, and comes out as if it had been held whole."""

import csv
import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from lms.base.importing import command, parts
from lms.base.importing.importer import Importer
from lms.base.importing.undo import undo_import
from lms.base.models import AuditEvent, ImportRun
from lms.people.importing import StaffImporter
from lms.people.models import Person, Post
from tests.factories.people import agency

pytestmark = pytest.mark.django_db

HEADERS = [
    "person_id",
    "same_as",
    "full_name",
    "birth_date",
    "category",
    "agency_code",
    "position",
    "post_from",
    "post_to",
]


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch):
    """Let a file of a few kilobytes be dealt into many parts."""
    monkeypatch.setattr(command, "LARGE", 10)
    monkeypatch.setattr(parts, "BYTES_A_PART", 400)


@pytest.fixture(autouse=True)
def offices():
    agency("SNV")
    agency("SYT")


def rows():
    """Two hundred persons with two posts each, far apart in the file; every tenth has a second record."""
    first, second, twins = [], [], []
    for number in range(200):
        own = [f"CB{number:03d}", "", f"Nguyễn Văn {number}", "1980-05-17", "CC"]
        first.append([*own, "SNV", "Chuyên viên", "2020-03-01", "2022-01-01"])
        second.append([*own, "SYT", "Chuyên viên", "2022-01-01", ""])
        if number % 10 == 0:
            twins.append(
                [f"TR{number:03d}", f"CB{number:03d}", f"Nguyễn Văn {number}", "", "", "", "", "", ""]
            )
    return twins + first + second


def write(path, lines):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEADERS, *lines])
    return str(path)


def held():
    return (
        list(
            Person.objects.order_by("code").values_list(
                "code", "full_name", "birth_date", "merged_into__code"
            )
        ),
        list(
            Post.objects.order_by("person__code", "valid_from").values_list(
                "person__code", "agency", "position", "valid_from", "valid_to"
            )
        ),
    )


def test_it_comes_out_as_if_it_had_been_held_whole(tmp_path, django_assert_max_num_queries):
    path = write(tmp_path / "staff.csv", rows())
    out = io.StringIO()
    call_command("import_staff", path, stdout=out)
    in_parts = held()
    assert [len(side) for side in in_parts] == [220, 400]
    run = ImportRun.objects.get()
    assert (run.report["added"], run.report["refused"]) == (420, 0)
    undo_import(run=run, importer=StaffImporter(), by=None, reason="so sánh")
    assert not Post.objects.exists()
    StaffImporter().run((tmp_path / "staff.csv").read_bytes(), "staff.csv")
    assert held() == in_parts


def test_the_second_time_nothing_is_written(tmp_path):
    path = write(tmp_path / "staff.csv", rows())
    call_command("import_staff", path)
    before, events = held(), AuditEvent.objects.count()
    out = io.StringIO()
    call_command("import_staff", path, stdout=out)
    assert held() == before
    assert (ImportRun.objects.count(), AuditEvent.objects.count()) == (1, events)


def test_one_bad_row_at_the_end_and_nothing_of_it_is_written(tmp_path):
    bad = ["CB199", "", "Nguyễn Văn 199", "1980-05-17", "CC", "SNV", "", "2023-01-01", ""]  # overlaps 2022-…
    path, report = write(tmp_path / "staff.csv", [*rows(), bad]), tmp_path / "report.csv"
    with pytest.raises(CommandError):
        call_command("import_staff", path, report=report)
    assert not Person.objects.exists()
    assert not Post.objects.exists()
    assert not ImportRun.objects.exists()
    with report.open(encoding="utf-8") as file:
        problems = list(csv.DictReader(file))
    assert [(line["row"], line["column"]) for line in problems] == [("422", "post_from")]
    call_command("import_staff", path, skip_errors=True)
    assert Post.objects.count() == 400


def test_a_dry_run_writes_nothing(tmp_path):
    call_command("import_staff", write(tmp_path / "staff.csv", rows()), dry_run=True)
    assert not Person.objects.exists()


def test_a_contradiction_is_seen_across_the_whole_file(tmp_path):
    lines = rows()
    lines[-1][2] = "Trần Thị Khác"
    with pytest.raises(CommandError):
        call_command("import_staff", write(tmp_path / "staff.csv", lines))
    assert not Person.objects.exists()


def test_what_is_already_known_as_a_duplicate_is_planned_with_its_person(tmp_path):
    call_command("import_staff", write(tmp_path / "staff.csv", rows()))
    later = [["TR010", "", "Nguyễn Văn 10", "", "CC", "SNV", "Kiêm nhiệm", "2023-01-01", ""]]
    out = io.StringIO()
    call_command("import_staff", write(tmp_path / "more.csv", later), stdout=out)
    post = Post.objects.get(position="Kiêm nhiệm")
    assert (post.person.code, post.person.merged_into.code, post.valid_from) == (
        "TR010",
        "CB010",
        date(2023, 1, 1),
    )


@pytest.mark.parametrize("broken", [b"\x00", b"\xff\xfe"])
def test_what_is_no_csv_gets_a_sentence(tmp_path, broken):
    path = tmp_path / "staff.csv"
    write(path, rows())
    path.write_bytes(path.read_bytes() + broken + b",,,\n")
    with pytest.raises(CommandError) as refusal:
        call_command("import_staff", str(path))
    assert "staff.csv" in str(refusal.value)
    assert not Person.objects.exists()


def test_parts_do_separate_persons(tmp_path, monkeypatch):
    """The control: dealt by the row instead of the person, the two posts of one person miss each other."""
    seen = []
    compare = Importer.compare

    def spy(self, given, **how):
        seen.append({row["person_id"][2:] for row in given})
        return compare(self, given, **how)

    monkeypatch.setattr(Importer, "compare", spy)
    call_command("import_staff", write(tmp_path / "staff.csv", rows()))
    assert len([part for part in seen if part]) > 10
    assert sum(len(part) for part in seen) == 200


def test_all_persons_are_read_for_duplicates_once_and_not_for_every_part(tmp_path):
    path = write(tmp_path / "staff.csv", rows())
    whole_table = []

    def listen(execute, sql, params, many, context):
        if 'NOT ("people_person"."merged_into_id" IS NULL)' in sql:
            whole_table.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        call_command("import_staff", path)
    assert len(whole_table) == 2  # once to deal the file, once to plan its dozens of parts
