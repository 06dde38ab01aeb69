"""Workbooks handed in with an attempt: checked by the rules, tied to the attempt, read by their owner only."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from courses.actions import start_attempt, submit_attempt
from courses.models import Answer, Attempt, Upload
from lms.base.models import AuditEvent
from tests.factories import courses, people

pytestmark = pytest.mark.django_db
RULES = [
    {"cell": "A3", "check": "number", "value": "30", "points": 2, "message": "MẬT: tổng phải là 30"},
    {"cell": "A3", "check": "formula_uses", "value": "SUM", "points": 1, "message": "MẬT: dùng SUM"},
]
GOOD = {"A1": 10, "A2": 20, "A3": ("=SUM(A1:A2)", 30)}


@pytest.fixture
def learner(client):
    who = people.person()
    people.sign_in(client, who)
    return who


@pytest.fixture
def attempt(learner):
    course = courses.course("DA02")
    courses.course_page(course, lessons=0)
    exam = courses.exam(course, questions=0, draw=1)
    task = {"instructions": "Tính tổng cột A.", "start_file": courses.start_file(), "rules": RULES}
    courses.reviewed(exam.bank, "spreadsheet", task)
    return start_attempt(enrolment=courses.enrolled(learner, course), by=learner)


def upload(client, attempt: Attempt, content: bytes, name: str = "bài làm.xlsx", query: str = ""):
    file = SimpleUploadedFile(name, content)
    return client.post(f"/learn/attempts/{attempt.key}/uploads/1/{query}", {"file": file})


def answer(client, attempt: Attempt, upload_id: object):
    data = {"client_id": str(uuid.uuid4()), "sequence": 1, "response": json.dumps({"upload": str(upload_id)})}
    return client.post(f"/learn/attempts/{attempt.key}/answers/1/", data)


def packed(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(courses.workbook(GOOD))) as source,
        zipfile.ZipFile(stream, "w") as target,
    ):
        for entry in source.infolist():
            kept = parts.pop(entry.filename.replace("/", "__").replace(".", "_"), None)
            target.writestr(entry.filename, source.read(entry) if kept is None else kept)
    return stream.getvalue()


def test_a_workbook_is_kept_answered_graded_and_given_back(client, attempt):
    page = client.get(f"/learn/attempts/{attempt.key}/").content.decode()
    assert "Tính tổng cột A." in page and "MẬT" not in page
    reply = upload(client, attempt, courses.workbook(GOOD)).json()
    row = Upload.objects.get()
    assert (reply["upload"], reply["name"], reply["note"]) == (str(row.pk), "bài làm.xlsx", "")
    assert AuditEvent.objects.get(action="courses.take_upload").new["sha256"] == row.sha256
    assert answer(client, attempt, row.pk).status_code == 200
    back = client.get(f"/learn/attempts/{attempt.key}/workbooks/{row.pk}/")
    assert b"".join(back.streaming_content) == courses.workbook(GOOD) or back["Content-Disposition"]
    assert client.get(f"/learn/attempts/{attempt.key}/start-file/1/").status_code == 200
    closed = submit_attempt(attempt=attempt, by=None, at=timezone.now())
    assert (closed.score, closed.passed, attempt.questions.get().credit) == (100, True, "1")
    assert "MẬT: dùng SUM" in client.get(f"/learn/attempts/{attempt.key}/result/").content.decode()


def test_a_part_of_the_rules_earns_a_part_of_the_points(client, attempt):
    first = upload(client, attempt, courses.workbook({**GOOD, "A3": 30})).json()["upload"]
    answer(client, attempt, first)
    assert submit_attempt(attempt=attempt, by=None, at=timezone.now()).score == Decimal("66.67")
    assert attempt.questions.get().credit == "2/3"


def test_a_formula_without_its_value_does_not_count_and_that_is_said(client, attempt):
    content = packed(
        xl__worksheets__sheet1_xml=b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<sheetData><row r="3"><c r="A3"><f>SUM(A1:A2)</f></c></row></sheetData></worksheet>'
    )
    reply = upload(client, attempt, content).json()
    assert "Số liệu!A3" in reply["note"]
    answer(client, attempt, reply["upload"])
    submit_attempt(attempt=attempt, by=None, at=timezone.now())
    assert attempt.questions.get().credit == "1/3", "the formula is there, its value is not"


def test_the_same_bytes_are_one_upload_and_the_plain_form_saves_the_answer(client, attempt):
    content = courses.workbook(GOOD)
    assert upload(client, attempt, content).json() == upload(client, attempt, content).json()
    assert Upload.objects.count() == 1
    assert upload(client, attempt, content, query="?plain=1&part=").status_code == 302
    assert Answer.objects.get().response == {"upload": str(Upload.objects.get().pk)}


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a workbook",
        b"PK\x03\x04 broken",
        packed(xl__worksheets__sheet1_xml=DOCTYPE),
        # Past the part of the file the first look reads.
        packed(xl__worksheets__sheet1_xml=b"<!--" + b" " * 9000 + b"-->" + DOCTYPE[21:]),
        packed(xl__worksheets__sheet1_xml=b"<worksheet><sheetData><row>"),
        packed(xl__worksheets__sheet1_xml=b'<worksheet><row r="9999999"><c r="A9999999"><v>1</v></c></row></worksheet>'),
        packed(xl__workbook_xml=b"<workbook/>"),
        b"PK" + b"0" * (6 * 1024 * 1024),
    ],
    ids=["empty", "text", "broken", "entities", "late entities", "cut", "far row", "no sheet", "too large"],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_with_a_sentence_and_leaves_nothing(client, attempt, content):
    reply = upload(client, attempt, content)
    assert reply.status_code == 400
    assert reply.json()["sentence"]
    assert not Upload.objects.exists()


def test_only_its_own_attempt_takes_and_shows_a_workbook(client, learner, attempt):
    mine = upload(client, attempt, courses.workbook(GOOD)).json()["upload"]
    assert answer(client, attempt, uuid.uuid4()).json()["code"] == "no_upload"
    other = people.person()
    people.sign_in(client, other)
    assert upload(client, attempt, courses.workbook(GOOD)).status_code == 404
    assert client.get(f"/learn/attempts/{attempt.key}/workbooks/{mine}/").status_code == 404
    assert client.get(f"/learn/attempts/{attempt.key}/start-file/1/").status_code == 404
    # In an attempt of one's own, somebody else's workbook is not there either.
    own = start_attempt(enrolment=courses.enrolled(other, attempt.exam.course), by=other)
    assert answer(client, own, mine).json()["code"] == "no_upload"
    assert client.get(f"/learn/attempts/{own.key}/workbooks/{mine}/").status_code == 404


def test_a_workbook_that_comes_too_late_is_refused(client, attempt):
    submit_attempt(attempt=attempt, by=None, at=timezone.now())
    assert upload(client, attempt, courses.workbook(GOOD)).status_code == 400
    assert not Upload.objects.exists()
