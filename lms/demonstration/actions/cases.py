"""Inspections run through the records themselves, from the decision to the result document."""

import io
from datetime import date, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from inspections.actions import checklist, course, decision, minutes
from inspections.actions.remedies import ask_remedy
from inspections.actions.steps import working_calendar
from inspections.actions.warnings import warn_of_deadlines
from inspections.models import (
    ChecklistVersion,
    Finding,
    InspectedSubject,
    Inspection,
    InspectionKind,
    Remedy,
)
from inspections.states import Duty
from lms.base.dates import today
from lms.demonstration.actions.accounts import player_of
from lms.demonstration.actions.places import agency_of
from lms.demonstration.actions.plans import planned_line
from lms.demonstration.actions.portal import open_portal
from lms.demonstration.content import case_texts
from lms.people.organisation import name_of

LEAD = "SKHCN"
KIND = "kiem-tra-chuyen-nganh"
CHECKLIST = "an-toan-thong-tin"
PHOTOGRAPHED = "ho_so_cap_do_anh"
PHOTO = "ho-so-cap-do.jpg"
# So long after the signing that the first step counts as paper.
LATE = timedelta(days=14)


class CaseTeam:
    """The players who run the cases of the demonstration."""

    def __init__(self) -> None:
        self.leader, self.head = player_of("inspector"), player_of("agency_head")
        self.member, self.secretary = player_of("author"), player_of("registry_clerk")
        self.agency = agency_of(LEAD)

    def places(self) -> list[decision.Place]:
        """Return the team of each case."""
        return [
            decision.Place(self.leader, Duty.LEADER),
            decision.Place(self.member, Duty.MEMBER),
            decision.Place(self.secretary, Duty.SECRETARY),
        ]


def run_cases() -> str:
    """Run the cases that are not there yet; return what was done."""
    team = CaseTeam()
    texts = case_texts()
    run = sum(_run(team, case, texts["field"]) for case in texts["cases"])
    return f"cases: {run} run through their records"


@transaction.atomic
def warn_ahead() -> str:
    """Ask for a remedy that is due soon, and let the night's look warn of it; return what was done."""
    team = CaseTeam()
    found = Finding.objects.filter(subject__inspection__lead=team.agency, frozen_at__isnull=False)
    finding = found.order_by("pk").first()
    if finding is None or Remedy.objects.exists():
        return "warnings: 0 new"
    ask_remedy(
        by=team.leader,
        finding=finding,
        what="Tổ chức diễn tập ứng phó sự cố và gửi báo cáo kết quả",
        responsible="Chánh Văn phòng HĐND và UBND",
        deadline=today() + timedelta(days=2),
    )
    return f"warnings: {warn_of_deadlines(on=today())} new"


@transaction.atomic
def _run(team: CaseTeam, text: dict[str, Any], field: str) -> bool:
    """Run a case as far as it goes or not at all, so that an interrupted load is made good by the next one."""
    if Inspection.objects.filter(lead=team.agency, decision_no=text["decision_no"]).exists():
        return False
    case = _open(team, text, field)
    if text["stage"] == "planned":
        return True
    course.announce(
        by=team.leader, inspection=case, announced_on=_last_working_day(), place=text["parties"][0]["place"]
    )
    if text["stage"] == "announced":
        open_portal(case.subjects.get(), text["portal"], text["parties"][0], team.leader, team.secretary)
        return True
    for subject, party in zip(case.subjects.order_by("pk"), text["parties"], strict=True):
        _examine(team, subject, text, party)
    course.issue_result(
        by=team.head,
        inspection=case,
        number=text["result_no"],
        issued_on=today(),
        signer_name=team.head.full_name,
        summary=text["conclusion"],
    )
    course.complete(by=team.leader, inspection=case)
    return True


def _open(team: CaseTeam, text: dict[str, Any], field: str) -> Inspection:
    signed_on = _last_working_day() - (LATE if text["is_late"] else timedelta(0))
    case = decision.open_decision(
        by=team.leader,
        kind=InspectionKind.objects.get(code=KIND),
        lead=team.agency,
        decision_no=text["decision_no"],
        signed_on=signed_on,
        signer=team.head,
        ground=text["ground"],
        ground_detail=text["ground_detail"],
        content=text["content"],
        days=text["days"],
        parties=[_party(party) for party in text["parties"]],
        field=field,
        method=text["method"],
        visit_reason=text["visit_reason"],
        plan_line=planned_line(text, signed_on.year),
    )
    return decision.form_team(by=team.leader, inspection=case, places=team.places())


def _party(party: dict[str, str]) -> decision.Party:
    return decision.Party(
        party["kind"], party["identifier"], party["name"] or _agency_name(party["identifier"])
    )


def _agency_name(code: str) -> str:
    return name_of(agency_of(code).pk, today())


def _last_working_day() -> date:
    """Return the working day before today: what happened then and is entered now is still in time."""
    calendar, day = working_calendar(), today() - timedelta(days=1)
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return day


def _examine(team: CaseTeam, subject: InspectedSubject, text: dict[str, Any], party: dict[str, str]) -> None:
    now = timezone.now()
    version = ChecklistVersion.objects.filter(template__code=CHECKLIST).latest("number")
    checklist.receive_sheet(
        by=team.member,
        subject=subject,
        version=version,
        xml=sheet(version, subject, text["fails"], text["conclusion"]),
        files={PHOTO: SimpleUploadedFile(PHOTO, _photo(), content_type="image/jpeg")},
        started_at=now - timedelta(minutes=50),
        finalised_at=now,
    )
    refused = text["refused"]
    minutes.write_minutes(
        by=team.secretary,
        subject=subject,
        started_at=now - timedelta(minutes=40),
        ended_at=now,
        place=party["place"],
        representative=party["representative"],
        representative_title=party["representative_title"],
        conclusion=text["conclusion"],
        opinion=text["opinion"],
        refused=bool(refused),
        refusal_reason=refused.get("reason", ""),
        witness_kind=refused.get("kind", ""),
        witness_name=refused.get("name", ""),
        witness_title=refused.get("title", ""),
    )
    minutes.lock_minutes(by=team.leader, subject=subject)


def sheet(version: ChecklistVersion, subject: InspectedSubject, fails: dict[str, str], remark: str) -> str:
    """Return the filled checklist as a form engine sends it: passed but for `fails` with their notes."""
    answers = {"examined_on": today().isoformat(), PHOTOGRAPHED: PHOTO, "nhan_xet": remark}
    for question in version.questions:
        if (item := question["name"].removesuffix("_kq")) != question["name"]:
            answers[question["name"]] = "chua_dat" if item in fails else "dat"
    answers |= {f"{item}_ghi_chu": note for item, note in fails.items()}
    body = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in answers.items())
    number = uuid5(NAMESPACE_URL, f"{subject.inspection.code}/{subject.pk}")
    meta = f"<meta><instanceID>uuid:{number}</instanceID></meta>"
    return f'<data id="{CHECKLIST}" version="{version.number}">{body}{meta}</data>'


def _photo() -> bytes:
    """Return a drawn stand-in for the photo of a document: a sheet of lines on a desk."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (800, 600), "#8d7b68")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((190, 40, 610, 590), fill="#fdfcf8")
    for row, width in enumerate((180, 300, 340, 330, 345, 320, 340, 210)):
        pen.rectangle((225, 110 + 48 * row, 225 + width, 120 + 48 * row), fill="#5b6470")
    pen.ellipse((480, 470, 570, 560), outline="#b3261e", width=6)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()
