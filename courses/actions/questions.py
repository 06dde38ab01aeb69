"""Writing questions, reviewing them, taking them out of use."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Question
from courses.rules import Refusal, Refused, refuse_change, refuse_retirement, refuse_review
from courses.states import QuestionState
from lms.base.actions import Actor, record_event

WRITTEN = ("bank_id", "kind", "code", "text", "content", "explanation", "topic", "difficulty", "points")


@transaction.atomic
def save_question(*, question: Question, by: Actor | None) -> Question:
    """Write a question as a draft and return its row; a change of a reviewed one is its next version. Raises Refused."""
    before = Question.objects.select_for_update().filter(pk=question.pk).first()
    if refusal := refuse_change(question, before):
        raise Refused(refusal)
    if before is None:
        return _write(question, {}, by)
    old = _traced(before)
    if _written(before) == _written(question):
        return before
    if before.state == QuestionState.DRAFT:
        question.author_id = by.pk if by else None
        question.save()
        _record("courses.write_question", question, old, by)
        return question
    return _write(_next_version(question, before), old, by)


def _write(question: Question, old: dict[str, Any], by: Actor | None) -> Question:
    question.state = QuestionState.DRAFT
    question.author_id = by.pk if by else None
    question.save(force_insert=True)
    _record("courses.write_question", question, old, by)
    return question


def _next_version(question: Question, before: Question) -> Question:
    if Question.objects.filter(previous=before).exists():
        raise Refused(
            Refusal("followed", _("This version has a following one already: change that one instead."))
        )
    return Question(**_written(question), version=before.version + 1, previous=before)


def _written(question: Question) -> dict[str, Any]:
    return {field: getattr(question, field) for field in WRITTEN}


def _traced(question: Question) -> dict[str, Any]:
    """Return what the log keeps of a question: whoever reads the log must not read the key."""
    written = _written(question)
    plain = json.dumps(written.pop("content"), ensure_ascii=False, sort_keys=True)
    written.pop("explanation")
    return {**written, "content_sha256": hashlib.sha256(plain.encode()).hexdigest()}


def _record(action: str, question: Question, old: dict[str, Any], by: Actor | None) -> None:
    new = {**_traced(question), "version": question.version}
    changed = {field: value for field, value in new.items() if old.get(field) != value}
    record_event(
        by=by,
        action=action,
        target=question,
        old={field: old[field] for field in changed if field in old},
        new=changed,
    )


@transaction.atomic
def review_question(*, question: Question, by: Actor | None) -> Question:
    """Let exams draw a draft; the version before it is retired. Raises Refused."""
    locked = Question.objects.select_for_update().get(pk=question.pk)
    if refusal := refuse_review(locked, by.pk if by else None):
        raise Refused(refusal)
    locked.state = QuestionState.REVIEWED
    locked.reviewed_at = timezone.now()
    locked.reviewed_by_id = by.pk if by else None
    locked.save(update_fields=["state", "reviewed_at", "reviewed_by"])
    _record_state("courses.review_question", locked, QuestionState.DRAFT, by)
    before = Question.objects.select_for_update().filter(following=locked).first()
    if before is not None and before.state == QuestionState.REVIEWED:
        _retire(before, by)
    return locked


@transaction.atomic
def retire_question(*, question: Question, by: Actor | None, reason: str = "") -> Question:
    """Take a question out of use; attempts that saw it keep it. Raises Refused."""
    locked = Question.objects.select_for_update().get(pk=question.pk)
    if refusal := refuse_retirement(locked):
        raise Refused(refusal)
    return _retire(locked, by, reason)


def _retire(question: Question, by: Actor | None, reason: str = "") -> Question:
    old = question.state
    question.state = QuestionState.RETIRED
    question.save(update_fields=["state"])
    _record_state("courses.retire_question", question, old, by, reason)
    return question


def _record_state(action: str, question: Question, old: str, by: Actor | None, reason: str = "") -> None:
    record_event(
        by=by,
        action=action,
        target=question,
        old={"state": old},
        new={"state": question.state, "version": question.version},
        reason=reason,
    )
