"""A case at any stage, reached through the actions alone."""

from __future__ import annotations

import io
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from inspections.actions import (
    checklist,
    collection,
    course,
    decision,
    document,
    minutes,
    numbering,
    once_a_year,
    party,
    plans,
    remedies,
    work_plan,
)
from inspections.actions.gate import Paper
from inspections.models import (
    CaseDocument,
    ChecklistVersion,
    DocumentRequest,
    Finding,
    InspectedSubject,
    Inspection,
    InspectionKind,
    PartyAccess,
    PlanVersion,
    ReceivedFile,
    Remedy,
    RemedyEvidence,
    Subject,
    YearOverride,
)
from lms.base.dates import today
from lms.people.actions.approvals import approve
from lms.people.models import Agency, Approval, Person
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


def paper(number: str = "31/QĐ-SKHCN", on: date | None = None) -> Paper:
    """Return a document an event rests on."""
    return Paper(number, on or today())


def leave(who: Cast, second: Person, *, party: decision.Party = PARTY, **given: Any) -> YearOverride:
    """Return leave for a second inspection in the year, asked by the head and approved by a second person."""
    facts: dict[str, Any] = {
        "by": who.head,
        "subject": Subject.objects.get(identifier=party.identifier),
        "lead": who.lead,
        "field": "An toàn thông tin",
        "year": today().year,
        "signs": "Ngộ độc tập thể ngày 01/11",
        "reason": "Bảo vệ sức khỏe người dân",
        "evidence": photo("don-to-cao.png"),
        **given,
    }
    row = once_a_year.ask_second_inspection(**facts)
    approve(
        approval=Approval.objects.get(target_id=str(row.pk), kind=once_a_year.SECOND_INSPECTION), by=second
    )
    row.refresh_from_db()
    return row


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
    by = words.pop("by", who.secretary)
    facts: dict[str, Any] = {
        "started_at": now - timedelta(minutes=1),
        "ended_at": now,
        "place": "Trụ sở công ty, phường Mỹ Tho",
        "representative": "Phạm Thị Đại Diện",
        "representative_title": "Giám đốc",
        "conclusion": "Cơ bản chấp hành quy định.",
        **words,
    }
    return minutes.write_minutes(by=by, subject=subject, **facts)


def with_minutes(who: Cast, **given: Any) -> Inspection:
    case = announced(who, **given)
    for subject in case.subjects.all():
        send_sheet(who, subject, sheet_xml())
        write(who, subject)
        minutes.lock_minutes(by=who.leader, subject=subject)
    return Inspection.objects.get(pk=case.pk)


def with_findings(who: Cast, answers: dict[str, str] | None = None, **given: Any) -> Inspection:
    """Return a case whose locked minutes hold findings."""
    case = announced(who, **given)
    for subject in case.subjects.all():
        send_sheet(
            who, subject, sheet_xml(answers or {"sao_luu_kq": "chua_dat", "sao_luu_ghi_chu": "Chưa thử"})
        )
        write(who, subject)
        minutes.lock_minutes(by=who.leader, subject=subject)
    return Inspection.objects.get(pk=case.pk)


def remedy_of(case: Inspection, *, by: Person, **given: Any) -> Remedy:
    """Return a remedy of the case's first finding."""
    facts: dict[str, Any] = {
        "finding": Finding.objects.filter(subject__inspection=case).first(),
        "what": "Khôi phục thử bản sao lưu và lập biên bản",
        "responsible": "Phạm Thị Đại Diện, Giám đốc",
        "deadline": today() + timedelta(days=5),
        **given,
    }
    return remedies.ask_remedy(by=by, **facts)


def bring(remedy: Remedy, *, by: Person, **given: Any) -> RemedyEvidence:
    """Return a file brought for a remedy."""
    facts: dict[str, Any] = {"file": photo("bien-ban.png"), "uuid": uuid.uuid4(), **given}
    return remedies.add_remedy_evidence(by=by, remedy=remedy, **facts)


def completed(who: Cast, **given: Any) -> Inspection:
    case = with_minutes(who, **given)
    course.issue_result(by=who.head, inspection=case, number="22/TB-SKHCN", issued_on=today())
    course.complete(by=who.leader, inspection=case)
    return Inspection.objects.get(pk=case.pk)


def planned(who: Cast, case: Inspection) -> None:
    """Let the leader submit the work plan."""
    work_plan.submit_plan(
        by=who.leader,
        inspection=case,
        aims="Đánh giá việc chấp hành quy định.",
        content="Hồ sơ, quy chế, phương án bảo đảm an toàn.",
        schedule="Từ ngày 23 đến ngày 27, tại trụ sở đối tượng kiểm tra.",
        assignments="Trưởng đoàn phụ trách chung; thư ký ghi biên bản.",
    )


def drafted(who: Cast, case: Inspection, type_: str, **inputs: str) -> CaseDocument:
    return document.make_document(by=who.leader, inspection=case, type=type_, **inputs)


def signed(who: Cast, case: Inspection, type_: str, **inputs: str) -> CaseDocument:
    row = drafted(who, case, type_, **inputs)
    return document.sign_document(by=row.signer, document=row)


def clerk(who: Cast, name: str = "Huỳnh Thị Văn Thư") -> Person:
    return person(name, agency=who.lead, role="registry_clerk")


def numbered(who: Cast, case: Inspection, type_: str, by: Person, **inputs: str) -> CaseDocument:
    return numbering.number_document(by=by, document=signed(who, case, type_, **inputs))


def requested(who: Cast, subject: InspectedSubject, *items: Any, **given: Any) -> DocumentRequest:
    """Return a drafted request for documents."""
    facts: dict[str, Any] = {"due_on": today() + timedelta(days=3), **given}
    return collection.make_request(by=who.leader, subject=subject, items=items, **facts)


def handed_over(
    who: Cast, subject: InspectedSubject, *items: Any, by: Person | None = None, **given: Any
) -> DocumentRequest:
    """Return a request whose document is signed and numbered, as the subject has it."""
    row = requested(who, subject, *items, **given)
    paper = collection.draft_request_paper(by=who.leader, request=row)
    paper = document.sign_document(by=who.leader, document=paper)
    numbering.number_document(by=by or clerk(who), document=paper)
    collection.hand_request(by=who.leader, request=row)
    return DocumentRequest.objects.select_related("document", "subject__inspection").get(pk=row.pk)


def papers(who: Cast, subject: InspectedSubject, **given: Any) -> ReceivedFile:
    """Return the receipt of papers the team registered."""
    facts: dict[str, Any] = {
        "by": who.secretary,
        "name": "Quy chế.pdf",
        "giver": "Phạm Thị Đại Diện, Giám đốc",
        "came_on": today(),
        "uuid": uuid.uuid4(),
        **given,
    }
    return collection.register_papers(subject=subject, **facts)


def invited(who: Cast, subject: InspectedSubject, **given: Any) -> party.Invited:
    """Return an invitation with its link and code."""
    facts: dict[str, Any] = {
        "by": who.leader,
        "key": uuid.uuid4(),
        "name": "Phạm Thị Đại Diện",
        "title": "Giám đốc",
        "phone": "0909 123 456",
        **given,
    }
    return party.invite_party(subject=subject, **facts)


def come_in(who: Cast, subject: InspectedSubject, **given: Any) -> tuple[PartyAccess, str]:
    """Return an access that has come in, and the cookie of its session."""
    fresh = invited(who, subject, **given)
    opened = party.open_link(token=fresh.token, code=fresh.code, address=None)
    assert opened is not None
    return opened


def cookie_of(who: Cast, subject: InspectedSubject, **given: Any) -> str:
    """Return the cookie of a party that has come in."""
    return come_in(who, subject, **given)[1]


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


def subject(
    identifier: str = "1200345678", name: str = "Công ty TNHH Một thành viên Cửu Long", kind: str = "DN"
):
    """Return the row of the register."""
    return Subject.objects.get_or_create(identifier=identifier, defaults={"name": name, "kind": kind})[0]


def line_facts(**given: Any) -> dict[str, Any]:
    kind = InspectionKind.objects.get(code="kiem-tra-chuyen-nganh")
    facts = {"field": "An toàn thông tin", "content": "Việc chấp hành quy định về cấp độ", "kind": kind}
    return {**facts, "month_from": 1, "month_to": 12, "leader": None, **given}


def plan_draft(who: Cast, *, by: Person | None = None, lines: Any = None, **given: Any) -> PlanVersion:
    """Return the draft of a plan with one line, or with the lines told as (subjects, facts)."""
    drafter = by or who.leader
    facts = {
        "agency": who.lead, "year": today().year, "scope": "ANNUAL", "title": "Kiểm tra năm",
        "legal_ground": "Nghị định số 217/2025/NĐ-CP", **given,
    }  # fmt: skip
    version = plans.make_plan(by=drafter, **facts)
    for subjects, words in lines if lines is not None else [([subject()], {})]:
        plans.keep_line(by=drafter, version=version, subjects=subjects, **line_facts(**words))
    return version


def approved_plan(who: Cast, **given: Any) -> PlanVersion:
    """Return a plan that the head approved."""
    version = plan_draft(who, **given)
    plans.send_plan(by=who.leader, version=version, sent_to="Thanh tra tỉnh")
    return plans.approve_plan_version(by=who.head, version=version, overlaps_settled="Đã thống nhất")
