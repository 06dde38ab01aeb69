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
from courses.actions.facts import write_fact
from courses.models import Answer, Attempt, AttemptQuestion, Completion, Course, Enrolment, Revocation
from courses.rules import Refused, are_done, frozen_place, refuse_revocation, valid_until, way_of
from courses.states import CompletionSource, FactKind
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
    on = local_date(attempt.closed_at)
    evidence = _evidence(attempt, questions, answers)
    completion = _fact(enrolment, attempt.closed_at, CompletionSource.EXAM, evidence, verified_on=on)
    return _write(completion, by)


@transaction.atomic
def complete_practice(*, enrolment: Enrolment, by: Actor | None, at: datetime) -> Completion | None:
    """Write that all lessons of a practice course are done; it is verified by two persons or by nobody.

    None where the course asks for an exam, lessons are missing, or the completion is there.
    """
    locked = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("course", "person")
        .get(pk=enrolment.pk)
    )
    if locked.course.pass_rule != Course.PassRule.LESSONS or locked.is_finished:
        return None
    way = way_of(locked)
    if not way or not are_done(way):
        return None
    lessons = [str(step.lesson.key) for step in way]
    write_fact(enrolment_id=locked.pk, kind=FactKind.LESSONS, at=at, lessons=lessons)
    return _write(_fact(locked, at, CompletionSource.LESSONS, {"lessons": lessons}), by)


def _write(completion: Completion, by: Actor | None) -> Completion:
    completion.save()
    assert completion.enrolment_id is not None  # noqa: S101 (completions of ours have one)
    Enrolment.objects.filter(pk=completion.enrolment_id).update(finished_at=completion.completed_at)
    write_fact(
        enrolment_id=completion.enrolment_id,
        kind=FactKind.COMPLETED,
        at=completion.completed_at,
        completed_on=completion.completed_on,
        code=completion.course_code,
        version=completion.course_version,
        hours=completion.hours,
        tags=completion.tags,
        valid_until=completion.valid_until,
    )
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
    nudge(signals.completed, completion=completion)
    return completion


def _fact(
    enrolment: Enrolment,
    at: datetime,
    source: CompletionSource,
    evidence: dict[str, Any],
    *,
    verified_on: date | None = None,
) -> Completion:
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
        verified_on=verified_on,
        valid_until=valid_until(on, course.valid_months),
        source=source,
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
            [[q.position, q.version, q.points, q.kind, q.text, q.shown, q.key, q.credit] for q in questions]
        ),
        "answers_sha256": _sha256(
            [[str(a.client_id), a.attempt_question_id, a.response, a.saved_at.isoformat()] for a in answers]
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
    nudge(signals.revoked, revocation=revocation)
    return revocation


def nudge(signal: Signal, **facts: Any) -> None:
    """Tell the rooms above, in the transaction that writes the fact."""
    # A broken listener must not cost a learner the completion: the rooms above pull what is due anyway.
    try:
        with transaction.atomic():
            signal.send(sender=Completion, **facts)
    except Exception:
        log.exception("a nudge was lost", facts=[str(fact.pk) for fact in facts.values()])
