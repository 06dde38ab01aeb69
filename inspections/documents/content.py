"""What minutes say, frozen as plain values: the PDF is made from these and from nothing else."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.utils import timezone

from inspections.documents.facts import team_of
from inspections.models import ChecklistRecord, Evidence, InspectedSubject, Minutes, PartyStatement
from lms.people.organisation import Organisation

RESULTS = ("select one", "select_one")


def content_of(minutes: Minutes, record: ChecklistRecord | None) -> dict[str, Any]:
    """Return every word the minutes print."""
    subject = minutes.subject
    case, decision = subject.inspection, subject.inspection.decision
    tree = Organisation.on(case.named_on)
    evidence, team = _evidence(subject, record), team_of(case)
    return {
        "lead": tree.name(case.lead_id),
        "code": case.code,
        "field": case.field,
        "legal_basis": case.kind_version.legal_basis if case.kind_version else "",
        "decision_no": case.decision_no,
        "decided_on": decision.signed_on.isoformat(),
        "signer_title": decision.signer_title,
        "content": decision.content,
        "started_at": timezone.localtime(minutes.started_at).isoformat(),
        "ended_at": timezone.localtime(minutes.ended_at).isoformat(),
        "place": minutes.place,
        "team_name": team["name"],
        "team": team["members"],
        "subject": {"name": str(subject), "identifier": subject.identifier, "address": subject.address},
        "representative": minutes.representative,
        "representative_title": minutes.representative_title,
        "others": minutes.others,
        "items": items_of(record, evidence) if record else [],
        "remarks": _remarks(record) if record else [],
        "evidence": evidence,
        "conclusion": minutes.conclusion,
        "opinion": opinion_of(minutes),
        "refused": minutes.refused,
        "refusal_reason": minutes.refusal_reason,
        "witness_kind": minutes.witness_kind,
        "witness_name": minutes.witness_name,
        "witness_title": minutes.witness_title,
        "sheet": _sheet(record) if record else {},
    }


def opinion_of(minutes: Minutes) -> str:
    """Return the opinion as the team wrote it down, and what the party itself said of the minutes in its portal."""
    said = [
        f"{row.by_name} (gửi qua cổng lúc {timezone.localtime(row.at):%H:%M ngày %d/%m/%Y}): {row.text}"
        for row in minutes.subject.statements.all()
        if row.about == PartyStatement.About.MINUTES
    ]
    return "\n".join(filter(None, [minutes.opinion, *said]))


def content_sha256(content: dict[str, Any]) -> str:
    """Return the hash of every word the minutes print but the signatures: what each of them is bound to."""
    words = {name: value for name, value in content.items() if name != "drawn"}
    return hashlib.sha256(json.dumps(words, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _sheet(record: ChecklistRecord) -> dict[str, Any]:
    version = record.version
    return {
        "uuid": str(record.uuid),
        "sha256": record.content_sha256,
        "name": version.template.name,
        "version": version.number,
    }


def _evidence(subject: InspectedSubject, record: ChecklistRecord | None) -> list[dict[str, Any]]:
    """List the files the minutes rest on: those of the sheet that counts, and those added beside it."""
    kept = [row for row in subject.evidence.all() if row.record_id in (None, record.pk if record else None)]
    return [_file(row, number) for number, row in enumerate(kept, start=1)]


def _file(row: Evidence, number: int) -> dict[str, Any]:
    return {
        "no": f"CC{number:02d}",
        "name": row.name,
        "caption": row.caption,
        "size": row.size,
        "sha256": row.sha256,
        "question": row.question,
    }


def items_of(record: ChecklistRecord, evidence: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """List the items of a filled checklist: each question with a choice, with the note and files of its group."""
    found: list[dict[str, Any]] = []
    questions = record.version.questions
    for question in questions:
        if question["type"] not in RESULTS or question["name"] not in record.answers:
            continue
        group = [other for other in questions if question["group"] and other["group"] == question["group"]]
        names = {other["name"] for other in group} or {question["name"]}
        notes = [record.answers[other["name"]] for other in group if _is_note(other, record)]
        answer = record.answers[question["name"]]
        found.append(
            {
                "label": question["group"] or question["label"],
                "result": question["choices"].get(answer, answer),
                "code": answer,
                "note": " ".join(notes),
                "evidence": [file["no"] for file in evidence if file["question"] in names],
            }
        )
    return found


def _is_note(question: dict[str, Any], record: ChecklistRecord) -> bool:
    return question["type"] == "text" and question["name"] in record.answers


def _remarks(record: ChecklistRecord) -> list[str]:
    """List the answers in words that belong to no group."""
    return [
        record.answers[question["name"]]
        for question in record.version.questions
        if not question["group"] and _is_note(question, record)
    ]
