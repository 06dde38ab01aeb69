"""Writing the fact of a completion, and withdrawing it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import structlog
from django.db import transaction
from django.dispatch import Signal

from courses import signals
from courses.models import Answer, Attempt, AttemptQuestion, Completion, Enrolment, Revocation
from courses.rules import Refused, frozen_place, refuse_revocation
from courses.states import CompletionSource
from lms.base.actions import Actor, record_event
from lms.base.dates import local_date, today
from lms.people.models import Post
from lms.people.organisation import history

log = structlog.get_logger("lms.courses")


@transaction.atomic
def complete(
    *,
    attempt: Attempt,
    questions: Sequence[AttemptQuestion],
    answers: Sequence[Answer],
    by: Actor | None,
) -> Completion:
    """Write what a passed attempt earns; the same attempt again returns the same completion."""
    assert attempt.passed and attempt.closed_at is not None  # noqa: S101 (callers hand in passed attempts)
    enrolment = Enrolment.objects.select_related("course", "person").get(pk=attempt.enrolment_id)
    if earlier := Completion.objects.filter(enrolment=enrolment).first():
        return earlier
    completion = _fact(enrolment, attempt.closed_at, _evidence(attempt, questions, answers))
    completion.save()
    Enrolment.objects.filter(pk=enrolment.pk).update(finished_at=attempt.closed_at)
    record_event(
        by=by,
        action="courses.complete",
        target=completion,
        new={
            "course": completion.course_code,
            "version": completion.course_version,
            "hours": completion.hours,
        },
    )
    _nudge(signals.completed, completion=completion)
    return completion


def _fact(enrolment: Enrolment, at: datetime, evidence: dict[str, Any]) -> Completion:
    course, on = enrolment.course, local_date(at)
    return Completion(
        person=enrolment.person,
        person_name=enrolment.person.full_name,
        course=course,
        enrolment=enrolment,
        course_code=course.code,
        course_version=course.version,
        course_name=course.name,
        hours=course.hours,
        is_ds=course.is_ds,
        is_da=course.is_da,
        started_on=local_date(enrolment.enrolled_at),
        completed_at=at,
        completed_on=on,
        passed=True,
        verified_on=on,
        source=CompletionSource.EXAM,
        evidence=evidence,
        **frozen_place(Post.objects.primary_of(enrolment.person, on), on, history()),
    )


def _evidence(
    attempt: Attempt, questions: Sequence[AttemptQuestion], answers: Sequence[Answer]
) -> dict[str, Any]:
    return {
        "attempt": str(attempt.key),
        "number": attempt.number,
        "score": str(attempt.score),
        "right": attempt.right,
        "questions": len(questions),
        "pass_mark": attempt.pass_mark,
        "questions_sha256": _sha256(
            [[q.position, q.kind, q.text, q.options, q.right_ids] for q in questions]
        ),
        "answers_sha256": _sha256(
            [[str(a.client_id), a.attempt_question_id, a.chosen, a.saved_at.isoformat()] for a in answers]
        ),
    }


def _sha256(content: Any) -> str:
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


@transaction.atomic
def revoke_completion(
    *, completion: Completion, mode: str, on: date, reason: str, by: Actor | None
) -> Revocation:
    """Withdraw a completion; the one home of a withdrawal. Raises Refused."""
    is_revoked = Revocation.objects.filter(completion=completion).exists()
    if refusal := refuse_revocation(
        completion, mode=mode, on=on, reason=reason, is_revoked=is_revoked, today=today()
    ):
        raise Refused(refusal)
    revocation = Revocation.objects.create(
        completion=completion,
        on=on,
        mode=mode,
        reason=reason.strip(),
        by_id=by.pk if by else None,
        by_name=by.audit_name if by else "",
    )
    record_event(
        by=by,
        action="courses.revoke_completion",
        target=completion,
        new={"on": on, "mode": mode},
        reason=revocation.reason,
    )
    _nudge(signals.revoked, revocation=revocation)
    return revocation


def _nudge(signal: Signal, **facts: Any) -> None:
    # A broken listener must not cost a learner the completion: the rooms above pull what is due anyway.
    try:
        with transaction.atomic():
            signal.send(sender=Completion, **facts)
    except Exception:
        log.exception("a nudge was lost", facts=[str(fact.pk) for fact in facts.values()])
