"""What a case's document says, frozen as plain values: the PDF is made from these and from nothing else."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils import timezone

from inspections.documents.signing import authority_lines, without_agency
from inspections.models import CaseDocument, InspectedSubject, Inspection, LegalBasis, Minutes
from inspections.states import DayMode, Duty, Method
from lms.base.documents import written_date
from lms.people.models import Person, Post
from lms.people.organisation import Organisation

Facts = dict[str, Any]
DUTIES = {
    "Đoàn": ("Trưởng đoàn", "Phó Trưởng đoàn", "Thành viên", "Thư ký"),
    "Tổ": ("Tổ trưởng", "Tổ phó", "Thành viên", "Thư ký"),
}
METHODS = {
    Method.ONSITE: "Kiểm tra trực tiếp tại nơi được kiểm tra",
    Method.REMOTE: "Kiểm tra trực tuyến, từ xa trên dữ liệu điện tử",
    Method.MIXED: "Kiểm tra trên dữ liệu điện tử kết hợp kiểm tra trực tiếp",
}
# Answers that ask for nothing to be put right.
IN_ORDER = frozenset({"dat", "khong_ap_dung", "kad"})
AGENCY_SIGN = re.compile(r"/\s*[A-ZĐ]+-(?P<agency>\S+)$")


def facts_of(document: CaseDocument, on: date) -> Facts:
    """Return every word the document prints, with the names of agencies and persons as they are on that day."""
    case, inputs = document.inspection, document.inputs
    tree = Organisation.on(on)
    return {
        "type": document.type,
        "symbol": document.symbol,
        "number": "",
        "on": "",
        "lead": tree.name(case.lead_id),
        "superior": tree.name(parent) if (parent := tree.parent(case.lead_id)) else "",
        "place": place_of(tree, case.lead_id),
        "closing_document": case.kind_version.closing_document if case.kind_version else "",
        "bases": bases_of(case),
        "case": _case(case),
        "subjects": [_subject(row) for row in case.subjects.all()],
        "team": team_of(case),
        "plan": _plan(case),
        "clock": _clock(case),
        "results": [found for row in case.subjects.all() if (found := _result(row))],
        "signer": signer_of(document.signer, tree, on, inputs),
        "replaces": _replaced(document),
        "words": dict(inputs),
    }


def place_of(tree: Organisation, agency_id: int) -> str:
    """Return the place before the date: the agency's own, else that of the nearest one above."""
    chain = [agency_id, *tree.ancestors(agency_id)]
    return next((place for one in chain if (place := tree.place_name(one))), "")


def agency_sign(case: Inspection) -> str:
    """Return the agency's abbreviation in symbols: as the case's decision has it, else its code.

    The decision "15/QĐ-SNV" gives SNV.
    """
    found = AGENCY_SIGN.search(case.decision_no)
    return found["agency"] if found else Organisation.on(case.named_on).code(case.lead_id)


def team_word(case: Inspection) -> str:
    """Return how the kind calls its team: Đoàn kiểm tra, Tổ kiểm tra."""
    return case.kind_version.team_name if case.kind_version else "Đoàn kiểm tra"


def team_of(case: Inspection) -> Facts:
    """Return the team's name and its members in the order of their duties."""
    name = team_word(case)
    duties = dict(zip(Duty, DUTIES["Tổ" if name.startswith("Tổ") else "Đoàn"], strict=True))
    places = sorted(case.team.all(), key=lambda place: list(Duty).index(Duty(place.duty)))
    members = [
        {"name": place.name, "title": place.title, "duty": duties[Duty(place.duty)]} for place in places
    ]
    return {"name": name, "leader": duties[Duty.LEADER], "members": members}


def bases_of(case: Inspection) -> list[str]:
    """Return the "Căn cứ" lines of the kind's legal texts."""
    version = case.kind_version
    return [basis_line(row) for row in version.bases.all()] if version else []


def basis_line(row: LegalBasis) -> str:
    """Return how a text is cited: its kind, number, day and what it is about."""
    kind, _space, about = row.title.partition(" về ")
    issued = f" {written_date(row.issued_on)}" if row.issued_on else ""
    if about and len(kind.split()) <= 2:
        return f"Căn cứ {kind} số {row.number}{issued} về {about}"
    return f"Căn cứ {row.title} số {row.number}{issued}"


def _case(case: Inspection) -> Facts:
    decision = case.decision
    version = case.kind_version
    return {
        "code": case.code,
        "field": case.field,
        "decision_no": case.decision_no,
        "decided_on": decision.signed_on.isoformat(),
        "signer_title": decision.signer_title,
        "ground": decision.ground_detail,
        "content": decision.content,
        "period": decision.period_inspected,
        "days": decision.days,
        "working_days": bool(version and version.day_mode == DayMode.WORKING),
        "announced": case.needs_announcement,
        "method": METHODS.get(Method(case.method), "") if case.method else "",
        "visit_reason": decision.visit_reason,
        "clear_signs": decision.clear_signs,
    }


def _subject(row: InspectedSubject) -> Facts:
    return {"name": str(row), "identifier": row.identifier, "address": row.address}


def _plan(case: Inspection) -> Facts:
    plan = getattr(case, "work_plan", None)
    if plan is None:
        return {}
    names = ("aims", "content", "schedule", "assignments", "resources")
    return {name: getattr(plan, name) for name in names}


def _clock(case: Inspection) -> Facts:
    clock = getattr(case, "announcement", None)
    if clock is None:
        return {}
    return {
        "announced_on": clock.announced_on.isoformat(),
        "last_day": clock.last_day.isoformat(),
        "place": clock.place,
    }


def _result(row: InspectedSubject) -> Facts:
    """Return what the subject's locked minutes found; nothing while they are a draft."""
    minutes: Minutes | None = getattr(row, "minutes", None)
    if minutes is None or not minutes.is_locked:
        return {}
    items = minutes.content["items"]
    told = dict.fromkeys(item["result"] for item in items)
    return {
        "subject": str(row),
        "on": timezone.localtime(minutes.ended_at).date().isoformat(),
        "counts": [[word, sum(item["result"] == word for item in items)] for word in told],
        "lacking": [
            {name: item[name] for name in ("label", "result", "note")}
            for item in items
            if item["code"] not in IN_ORDER
        ],
        "conclusion": minutes.conclusion,
        "opinion": minutes.content["opinion"],
    }


def signer_of(person: Person, tree: Organisation, on: date, inputs: Facts) -> Facts:
    """Return the signer's name, the lines over it and the authority that decides."""
    post = Post.objects.primary_of(person, on)
    agency = tree.name(tree.bearer(post.agency_id) or post.agency_id) if post else ""
    position = without_agency(post.position if post else "", agency)
    head = without_agency(inputs.get("head_title", ""), agency) or position
    return {
        "name": person.full_name,
        "post": ", ".join(filter(None, [position, agency])),
        "lines": authority_lines(inputs.get("authority", ""), head, position, inputs.get("collective", "")),
        "decider": f"{head} {agency}".strip(),
    }


def _replaced(document: CaseDocument) -> Facts:
    old = document.replaces
    if old is None or old.issued_on is None:
        return {}
    return {
        "number": old.written_number,
        "on": old.issued_on.isoformat(),
        "because": document.replaces_because,
    }
