"""A case at any stage, reached through the actions alone."""

from __future__ import annotations

import io
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from inspections.actions import checklist, course, decision, minutes
from inspections.models import ChecklistVersion, InspectedSubject, Inspection, InspectionKind
from lms.base.dates import today
from lms.people.models import Agency, Person
from tests.factories.people import agency, person

PARTY = decision.Party("DN", "1200345678", "Công ty TNHH Một thành viên Cửu Long")
# The smallest picture every browser shows: one white pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8ffff3f"
    "0005fe02fea7d6059b0000000049454e44ae426082"
)


@dataclass
class Cast:
    """Who takes part: an agency, its head who signs, an inspector who leads, one who takes notes."""

    lead: Agency
    head: Person
    leader: Person
    secretary: Person


def cast(code: str = "SKHCN", name: str = "Sở Khoa học và Công nghệ") -> Cast:
    lead = agency(code, name=name)
    return Cast(
        lead=lead,
        head=person("Nguyễn Văn Giám", agency=lead, role="agency_head"),
        leader=person("Trần Thị Trưởng", agency=lead, role="inspector"),
        secretary=person("Lê Minh Thư", agency=lead),
    )


def opened(who: Cast, **given: Any) -> Inspection:
    kind = InspectionKind.objects.get(code="kiem-tra-chuyen-nganh")
    facts: dict[str, Any] = {
        "by": who.leader,
        "kind": kind,
        "lead": who.lead,
        "decision_no": "15/QĐ-SKHCN",
        "signed_on": today(),
        "signer": who.head,
        "ground": "PLAN",
        "ground_detail": "Kế hoạch số 05/KH-UBND",
        "content": "Việc chấp hành quy định về an toàn thông tin",
        "days": 10,
        "parties": [PARTY],
        "field": "An toàn thông tin",
        "method": "REMOTE",
        **given,
    }
    return decision.open_decision(**facts)


def teamed(who: Cast, **given: Any) -> Inspection:
    case = opened(who, **given)
    places = [decision.Place(who.leader, "LEADER"), decision.Place(who.secretary, "SECRETARY")]
    return decision.form_team(by=who.leader, inspection=case, places=places)


def announced(who: Cast, *, on: date | None = None, **given: Any) -> Inspection:
    case = teamed(who, **given)
    course.announce(by=who.leader, inspection=case, announced_on=on or today())
    return Inspection.objects.get(pk=case.pk)


def version() -> ChecklistVersion:
    return ChecklistVersion.objects.get(template__code="an-toan-thong-tin", number=1)


def sheet_xml(
    answers: dict[str, str] | None = None, *, sheet: uuid.UUID | None = None, examined: date | None = None
) -> str:
    """Return instance XML as a form engine sends it; every item is Đạt unless told otherwise."""
    told = {"ho_so_cap_do_anh": "anh.png", **(answers or {})}
    items = []
    for question in version().questions:
        name = question["name"]
        if question["type"] == "select one":
            items.append(f"<{name}>{told.get(name, 'dat')}</{name}>")
        elif name == "examined_on":
            items.append(f"<examined_on>{(examined or today()).isoformat()}</examined_on>")
        elif told.get(name):
            items.append(f"<{name}>{told[name]}</{name}>")
    meta = f"<meta><instanceID>uuid:{sheet or uuid.uuid4()}</instanceID></meta>"
    return f'<data id="an-toan-thong-tin" version="1">{"".join(items)}{meta}</data>'


def photo(name: str = "anh.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/png")


def send_sheet(who: Cast, subject: InspectedSubject, xml: str | None = None, **given: Any):
    facts: dict[str, Any] = {
        "by": who.secretary,
        "subject": subject,
        "version": version(),
        "xml": xml or sheet_xml(),
        "files": {"anh.png": photo()},
        "started_at": None,
        "finalised_at": timezone.now(),
        **given,
    }
    return checklist.receive_sheet(**facts)


def write(who: Cast, subject: InspectedSubject, **words: Any):
    now = timezone.now()
    facts: dict[str, Any] = {
        "started_at": now - timedelta(minutes=1),
        "ended_at": now,
        "place": "Trụ sở công ty, phường Mỹ Tho",
        "representative": "Phạm Thị Đại Diện",
        "representative_title": "Giám đốc",
        "conclusion": "Cơ bản chấp hành quy định.",
        **words,
    }
    return minutes.write_minutes(by=who.secretary, subject=subject, **facts)


def with_minutes(who: Cast, **given: Any) -> Inspection:
    case = announced(who, **given)
    for subject in case.subjects.all():
        send_sheet(who, subject, sheet_xml())
        write(who, subject)
        minutes.lock_minutes(by=who.leader, subject=subject)
    return Inspection.objects.get(pk=case.pk)


def completed(who: Cast, **given: Any) -> Inspection:
    case = with_minutes(who, **given)
    course.issue_result(by=who.head, inspection=case, number="22/TB-SKHCN", issued_on=today())
    course.complete(by=who.leader, inspection=case)
    return Inspection.objects.get(pk=case.pk)


def xlsx(*sheets: tuple[str, list[list[str]]]) -> bytes:
    """Return a workbook for tests of uploads."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for name, rows in sheets:
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return buffer.getvalue()


def at(day: date, hour: int = 9) -> datetime:
    """Return an instant of a day in Vietnam."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))
