"""The register as a book, the papers of a unit, a round of issuing, and closing a year."""

import csv
import hashlib
import io
import uuid
import zipfile
from datetime import UTC, date, datetime

import pdfplumber
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from openpyxl import load_workbook

from certificates.actions import NotIssued, RegisterRefused, issue, spoil, take_number
from certificates.actions.requests import ask_register, close_year
from certificates.models import RegisterRequest
from lms.base.jobs import run_due
from lms.base.models import AuditEvent
from tests.factories import certificates as made
from tests.factories import people

YEAR = {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}


def asked(wish, agency, by, **period) -> RegisterRequest:
    key = uuid.uuid4()
    name = "Sở Nội vụ"
    ask_register(key=key, wish=wish, agency_id=agency.pk, name=name, by=by, **{**YEAR, **period})
    run_due()
    found = RegisterRequest.objects.get(key=key)
    assert found.made_at
    return found


def content(found: RegisterRequest, place: int) -> bytes:
    with storages["private"].open(found.files[place]["name"]) as file:
        read = file.read()
    assert hashlib.sha256(read).hexdigest() == found.files[place]["sha256"]
    return read


@pytest.fixture
def four(world):
    """Issue, annul, number and issue again: four lines of one book."""
    rows = [made.certificate(world.learner, world.course, agency=world.commune)]
    rows.append(made.certificate(people.person("Lê Thị Hủy", agency=world.commune), world.course))
    spoil(certificate=rows[1], reason="In sai khổ giấy", by=world.head)
    half = made.completion(people.person("Phạm Dở Dang", agency=world.commune), world.course)
    rows.append(take_number(completion=half, by=None))
    rows.append(made.certificate(people.person("Võ Văn Bốn", agency=world.other), world.course))
    return rows


def test_the_book_has_every_number_annulled_ones_with_their_reason(world, four):
    found = asked("book", world.department, world.auditor)
    assert found.counts == {"numbers": 4, "issued": 2, "spoilt": 1, "making": 1}
    with pdfplumber.open(io.BytesIO(content(found, 0))) as pdf:
        assert pdf.pages[0].width > pdf.pages[0].height
        text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for words in ("SỔ CẤP GIẤY CHỨNG NHẬN", "STT", "Số vào sổ", "Họ và tên", "Ghi chú"):
        assert words in text
    for row in four:
        assert row.register_number in text
    assert "Đang lập" in text
    assert "số đã hủy: 1" in text
    sheet = load_workbook(io.BytesIO(content(found, 1))).active
    cells = list(sheet.iter_rows(values_only=True))
    assert [row[1] for row in cells[1:]] == [f"{number:05d}/2026" for number in (1, 2, 3, 4)]
    assert "In sai khổ giấy" in cells[2][-1]


def test_nobody_asks_for_a_book_outside_their_reach(world, four):
    for wish, who in (("book", world.hr), ("book", world.learner), ("issue", world.auditor)):
        with pytest.raises(PermissionDenied):
            asked(wish, world.department, who)
    assert not RegisterRequest.objects.exists()


def test_the_papers_of_a_unit_come_in_one_file_with_their_hashes(world, four):
    found = asked("papers", world.commune, world.hr)
    with zipfile.ZipFile(io.BytesIO(content(found, 0))) as archive:
        lines = list(csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig"))))
        assert [line["file"] for line in lines] == [f"snv.{four[0].year}.00001-nguyen-thi-my-tien.pdf"]
        for line in lines:
            assert hashlib.sha256(archive.read(line["file"])).hexdigest() == line["sha256"]
    assert found.counts == {"certificates": 1}


def test_a_year_is_closed_with_its_counts_and_numbers_no_more(world):
    last_year = datetime(2025, 11, 6, tzinfo=UTC)
    for _ in range(2):
        fresh = made.completion(people.person(agency=world.commune), world.course, at=last_year)
        issue(completion=fresh, by=None, at=last_year)
    half = take_number(
        completion=made.completion(people.person(), world.course, at=last_year), by=None, at=last_year
    )
    with pytest.raises(RegisterRefused, match="đang được lập"):
        close_year(agency_id=world.department.pk, year=2025, by=world.head)
    spoil(certificate=half, reason="Không cấp nữa", by=world.head)
    closed = close_year(agency_id=world.department.pk, year=2025, by=world.head)
    assert (closed.last, closed.counts) == (3, {"numbers": 3, "issued": 2, "spoilt": 1})
    assert AuditEvent.objects.get(action="certificates.close_year").new["last"] == 3
    with pytest.raises(NotIssued, match="Sổ cấp năm 2025 đã khóa"):
        issue(completion=half.completion, by=None, at=last_year)
    for year, words in ((2025, "đã khóa"), (2026, "khi hết năm"), (2024, "Không có sổ")):
        with pytest.raises(RegisterRefused, match=words):
            close_year(agency_id=world.department.pk, year=year, by=world.head)
    with pytest.raises(PermissionDenied):
        close_year(agency_id=world.department.pk, year=2024, by=world.hr)
    assert issue(completion=half.completion, by=None).year == 2026


def test_the_pages_ask_show_and_send(world, four, client):
    people.sign_in(client, world.auditor)
    assert client.get("/certificates/books/").status_code == 200
    key = uuid.uuid4()
    data = {"key": key, "wish": "book", "agency": world.department.pk, "start": "2026-01-01"}
    assert client.post("/certificates/books/ask/", {**data, "end": "2025-01-01"}).status_code == 400
    assert client.post("/certificates/books/ask/", {**data, "end": "2026-12-31"}).status_code == 302
    run_due()
    page = client.get(f"/certificates/books/{key}/").content.decode()
    assert "so-cap.pdf" in page
    response = client.get(f"/certificates/books/{key}/0/")
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert client.get(f"/certificates/books/{key}/7/").status_code == 404
    people.sign_in(client, world.other_hr)
    assert client.get(f"/certificates/books/{key}/").status_code == 403
