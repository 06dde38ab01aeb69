"""The plan of the year of the agency that runs the cases, and a thematic one that waits for its approval."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from inspections.actions.plans import (
    approve_plan_version,
    keep_line,
    make_plan,
    publish_plan,
    send_plan,
    skip_line,
)
from inspections.models import InspectionKind, InspectionPlan, PlanLine, PlanVersion, Subject
from inspections.plan_states import PlanScope
from inspections.states import Ground
from lms.base.dates import today
from lms.base.vietnamese import fold
from lms.demonstration.actions.accounts import player_of
from lms.demonstration.actions.places import agency_of
from lms.demonstration.content import case_texts
from lms.people.organisation import name_of

LEAD, KIND = "SKHCN", "kiem-tra-chuyen-nganh"
GROUNDS = (
    "Nghị định số 217/2025/NĐ-CP ngày 05/8/2025 của Chính phủ quy định về hoạt động kiểm tra chuyên ngành\n"
    "Nghị quyết số 198/2025/QH15 ngày 17/5/2025 của Quốc hội về một số cơ chế, chính sách đặc biệt phát triển kinh tế"
    " tư nhân"
)
# What is planned beside the cases that are run: who, in what, from which month to which; the first is skipped.
MORE = (
    (
        ("CQNN", "", "Trung tâm Phục vụ hành chính công phường Mỹ Tho"),
        "Chữ ký số",
        "Việc sử dụng chữ ký số chuyên dùng công vụ trong giải quyết thủ tục hành chính",
        (2, 3),
    ),
    (
        ("CQNN", "", "Ủy ban nhân dân xã Tân Phước 2"),
        "Chuyển đổi số",
        "Việc thực hiện kế hoạch chuyển đổi số, kết nối và chia sẻ dữ liệu",
        (1, 1),
    ),
    (
        ("DN", "1201999888", "Công ty Cổ phần Dịch vụ Bưu chính và Chuyển phát nhanh Sông Tiền Đồng bằng"),
        "Bưu chính",
        "Việc chấp hành quy định về giấy phép và an toàn trong hoạt động bưu chính",
        (12, 12),
    ),
)


def plan_the_year() -> str:
    """Draft, approve and publish the plan of the year, once; return what was done."""
    agency, year = agency_of(LEAD), today().year
    if InspectionPlan.objects.filter(agency=agency, year=year).exists():
        return "plans: 0 made"
    with transaction.atomic():
        _annual(agency, year)
        _thematic(agency, year)
    return "plans: 2 made"


def planned_line(text: dict[str, Any], year: int) -> PlanLine | None:
    """Return the line of the plan in force that a case of the demonstration is opened from."""
    if text["ground"] != Ground.PLAN:
        return None
    plans = InspectionPlan.objects.in_force().filter(agency=agency_of(LEAD), year=year)
    rows = PlanLine.objects.filter(version__plan__in=plans, content=text["content"])
    subjects = [party["identifier"] for party in text["parties"]]
    return rows.filter(subjects__identifier__in=subjects).first()


def _annual(agency: Any, year: int) -> None:
    texts = case_texts()
    version = _draft(agency, year, PlanScope.ANNUAL, f"Kiểm tra chuyên ngành năm {year}")
    for text in texts["cases"]:
        if text["ground"] == Ground.PLAN:
            subjects = [
                _subject(party["kind"], party["identifier"], party["name"]) for party in text["parties"]
            ]
            _line(version, subjects, texts["field"], text["content"], (1, 12))
    for party, field, content, months in MORE:
        _line(version, [_subject(*party)], field, content, months)
    _approve(version)
    clerk = player_of("registry_clerk")
    publish_plan(by=clerk, version=version, paper_number="12/KH-SKHCN", issued_on=today())
    skipped = version.lines.get(field=MORE[0][1])
    reason = "Đơn vị được sắp xếp lại trong năm; chuyển sang kế hoạch năm sau."
    skip_line(by=player_of("inspector"), line=skipped, reason=reason)


def _thematic(agency: Any, year: int) -> None:
    """Draft a plan that meets the annual one: it waits for the head, with its overlaps shown."""
    title = f"Kiểm tra chuyên đề an toàn thông tin mạng đối với doanh nghiệp quý IV năm {year}"
    version = _draft(agency, year, PlanScope.THEMATIC, title)
    party, field, content, months = MORE[2]
    _line(version, [_subject(*party)], "An toàn thông tin", content, months)
    _line(version, [_subject(*MORE[1][0])], field, content, months)
    send_plan(by=player_of("inspector"), version=version, sent_to="Thanh tra tỉnh")


def _draft(agency: Any, year: int, scope: str, title: str) -> PlanVersion:
    leader = player_of("inspector")
    return make_plan(by=leader, agency=agency, year=year, scope=scope, title=title, legal_ground=GROUNDS)


def _approve(version: PlanVersion) -> None:
    send_plan(by=player_of("inspector"), version=version, sent_to="Thanh tra tỉnh")
    settled = "Đã thống nhất với các cơ quan liên quan: mỗi đối tượng chỉ kiểm tra một lần trong năm."
    approve_plan_version(by=player_of("agency_head"), version=version, overlaps_settled=settled)


def _line(
    version: PlanVersion, subjects: list[Subject], field: str, content: str, months: tuple[int, int]
) -> None:
    keep_line(
        by=player_of("inspector"),
        version=version,
        subjects=subjects,
        field=field,
        content=content,
        kind=InspectionKind.objects.get(code=KIND),
        month_from=months[0],
        month_to=months[1],
        leader=player_of("inspector"),
        team="Phòng Chuyển đổi số, Văn phòng Sở",
    )


def _subject(kind: str, identifier: str, name: str) -> Subject:
    name = name or name_of(agency_of(identifier).pk, today())
    if not identifier:
        same = Subject.objects.kept().filter(kind=kind, identifier="", name_folded=fold(name))
        return same.first() or Subject.objects.create(kind=kind, name=name)
    return Subject.objects.get_or_create(identifier=identifier, defaults={"kind": kind, "name": name})[0]
