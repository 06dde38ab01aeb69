"""Deriving everything again from the facts, and keeping what is found stored otherwise. Nothing is mended here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.actions.uploads import workbooks_of
from courses.models import (
    ActivityProgress,
    Answer,
    Attempt,
    AttemptQuestion,
    Completion,
    Decision,
    Drift,
    Enrolment,
    LearningFact,
    LessonProgress,
    Replay,
)
from courses.ports import Difference, compared_above
from courses.questions import Uploads, grade
from courses.rules import Fact, Result, has_passed, replay, score
from courses.rules.drift import Stored, StoredCompletion, differences
from courses.states import DriftKind
from lms.base.actions import record_event
from lms.people.models import Approval, Person

BATCH = 2000
PERMISSION = "training.verify"
Span = tuple[int, int]
Identity = tuple[str, str, str, str, str]


def found_differences(progress: Callable[[int, int], None] | None = None) -> Iterator[Difference]:
    """Yield everything stored otherwise than the facts say: a fixed number of statements a batch of enrolments."""
    total = Enrolment.objects.count() if progress else 0
    done = 0
    for span, rows in _batches():
        yield from _of_batch(span, rows)
        done += len(rows)
        if progress:
            progress(done, total)
    yield from _unapproved()
    yield from compared_above()


def _batches() -> Iterator[tuple[Span, list[Enrolment]]]:
    last = 0
    while rows := list(Enrolment.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield (last, rows[-1].pk), rows
        last = rows[-1].pk


def _of_batch(span: Span, rows: list[Enrolment]) -> Iterator[Difference]:
    facts = _facts(span)
    lessons, activities = _lessons(span), _activities(span)
    attempts, regraded = _attempts(span)
    completions = _completions(span)
    for row in rows:
        stored = Stored(
            enrolment=row.pk,
            person=row.person_id,
            finished_at=row.finished_at,
            lessons=lessons[row.pk],
            activities=activities[row.pk],
            attempts=attempts[row.pk],
            regraded=regraded[row.pk],
            completion=completions.get(row.pk),
        )
        yield from differences(stored, replay(facts[row.pk]))


def _within(span: Span, path: str = "enrolment") -> dict[str, int]:
    return {f"{path}__gt": span[0], f"{path}__lte": span[1]}


def _facts(span: Span) -> dict[int, list[Fact]]:
    facts: dict[int, list[Fact]] = defaultdict(list)
    rows = LearningFact.objects.filter(**_within(span)).order_by()
    for enrolment, kind, subject, at, detail in rows.values_list(
        "enrolment", "kind", "subject", "at", "detail"
    ):
        facts[enrolment].append(Fact(kind, subject, at, detail))
    decided = Decision.objects.filter(**_within(span, "completion__enrolment")).order_by()
    for enrolment, pk, kind, at, on, hours in decided.values_list(
        "completion__enrolment", "pk", "kind", "decided_at", "decided_on", "hours"
    ):
        facts[enrolment].append(Fact(f"decision.{kind}", str(pk), at, {"on": on, "hours": hours}))
    return facts


def _lessons(span: Span) -> dict[int, dict[str, datetime]]:
    found: dict[int, dict[str, datetime]] = defaultdict(dict)
    rows = LessonProgress.objects.filter(**_within(span), finished_at__isnull=False).order_by()
    for enrolment, key, at in rows.values_list("enrolment", "lesson_key", "finished_at"):
        if at is not None:
            found[enrolment][str(key)] = at
    return found


def _activities(span: Span) -> dict[int, dict[str, datetime]]:
    found: dict[int, dict[str, datetime]] = defaultdict(dict)
    rows = ActivityProgress.objects.filter(**_within(span)).order_by()
    for enrolment, lesson, key, at in rows.values_list(
        "enrolment", "lesson_key", "activity_key", "finished_at"
    ):
        found[enrolment][f"{lesson}/{key}"] = at
    return found


Results = dict[int, dict[str, Result]]


def _attempts(span: Span) -> tuple[Results, Results]:
    """Return the results stored, and those that the stored answers and keys give."""
    stored: Results = defaultdict(dict)
    regraded: Results = defaultdict(dict)
    closed = Attempt.objects.filter(**_within(span), closed_at__isnull=False).order_by()
    put, responses = _put(span), _responses(span)
    workbooks = workbooks_of(responses.values())
    for row in closed.only("enrolment", "key", "closed_at", "right", "score", "passed", "pass_mark"):
        assert row.closed_at is not None  # noqa: S101 (only closed ones are read)
        stored[row.enrolment_id][str(row.key)] = Result(
            row.closed_at, row.right or 0, row.score or Decimal(0), bool(row.passed)
        )
        regraded[row.enrolment_id][str(row.key)] = _regraded(row, put[row.pk], responses, workbooks)
    return stored, regraded


def _regraded(
    attempt: Attempt, put: list[AttemptQuestion], responses: Mapping[int, Any], workbooks: Uploads
) -> Result:
    assert attempt.closed_at is not None  # noqa: S101 (only closed ones are graded)
    earned = [_earned(one, responses.get(one.pk, {}), workbooks) for one in put]
    points = sum(one.points for one in put)
    total = sum(earned, Fraction(0))
    right = sum(points == one.points for points, one in zip(earned, put, strict=True))
    return Result(
        attempt.closed_at, right, score(total, points), has_passed(total, points, attempt.pass_mark)
    )


def _earned(question: AttemptQuestion, response: Any, workbooks: Uploads) -> Fraction:
    """Grade one answer; where somebody made the key unreadable there is nothing to earn, and it is seen."""
    try:
        return grade(question.parsed, response, workbooks) * question.points
    except Exception:
        return Fraction(0)


def _put(span: Span) -> dict[int, list[AttemptQuestion]]:
    put: dict[int, list[AttemptQuestion]] = defaultdict(list)
    rows = AttemptQuestion.objects.filter(**_within(span, "attempt__enrolment")).order_by()
    for row in rows.only("attempt", "kind", "key", "points"):
        put[row.attempt_id].append(row)
    return put


def _responses(span: Span) -> dict[int, Any]:
    """The answers in force, as at the closing: the last of each question."""
    rows = Answer.objects.filter(**_within(span, "attempt_question__attempt__enrolment"))
    return dict(rows.order_by("sequence", "pk").values_list("attempt_question", "response"))


def _completions(span: Span) -> dict[int, StoredCompletion]:
    rows = Completion.objects.filter(**_within(span)).order_by()
    columns = (
        "enrolment", "pk", "completed_at", "source", "passed", "verified_on", "hours", "valid_until"
    )  # fmt: skip
    return {enrolment: StoredCompletion(*facts) for enrolment, *facts in rows.values_list(*columns)}


def _unapproved() -> Iterator[Difference]:
    """Yield decisions that no two persons took: a row written past the application has no approval behind it."""
    sound = Q(approval__state=Approval.State.APPROVED, approval__decided_by=F("approved_by"))
    about = Q(approval__proposed_by=F("proposed_by"), approval__reason=F("reason"))
    for row in Decision.objects.exclude(sound & about).select_related("completion"):
        yield Difference(
            DriftKind.DECISION, "courses.Decision", str(row.pk), row.kind, "–", row.completion.person_id
        )
    rows = Decision.objects.filter(sound & about).select_related("approval", "completion")
    for row in rows.iterator(chunk_size=BATCH):
        said = row.approval.payload
        hours = f"{row.hours:.2f}" if row.hours is not None else ""
        approved = f"{Decimal(said['hours']):.2f}" if said["hours"] else ""
        if (row.kind, hours, str(row.completion_id)) != (said["decision"], approved, row.approval.target_id):
            yield Difference(
                DriftKind.DECISION,
                "courses.Decision",
                str(row.pk),
                f"{row.kind} {hours}".strip(),
                f"{said['decision']} {approved}".strip(),
                row.completion.person_id,
            )


def derive_again(*, progress: Callable[[int, int], None] | None = None) -> Replay:
    """Derive everything, and keep what was found: new differences since now, known ones seen again, others gone."""
    started = timezone.now()
    found = list(found_differences(progress))
    return keep_findings(found=found, started_at=started)


@transaction.atomic
def keep_findings(*, found: Iterable[Difference], started_at: datetime) -> Replay:
    """Write the differences of one replay beside those known."""
    now = timezone.now()
    wanted = {_identity(one): one for one in found}
    known = {_identity(row): row.pk for row in Drift.objects.select_for_update().open()}
    Drift.objects.bulk_create(
        (_drift(one, started_at) for key, one in wanted.items() if key not in known), batch_size=BATCH
    )
    _stamp([pk for key, pk in known.items() if key in wanted], seen_at=started_at)
    _stamp([pk for key, pk in known.items() if key not in wanted], gone_at=now)
    return Replay.objects.create(
        started_at=started_at, finished_at=now, enrolments=Enrolment.objects.count(), drifts=len(wanted)
    )


def _stamp(pks: list[int], **values: Any) -> None:
    for start in range(0, len(pks), BATCH):
        Drift.objects.filter(pk__in=pks[start : start + BATCH]).update(**values)


def _identity(one: Difference | Drift) -> Identity:
    return one.kind, one.record, one.record_id, one.stored[:300], one.derived[:300]


def _drift(one: Difference, at: datetime) -> Drift:
    return Drift(
        kind=one.kind,
        record=one.record,
        record_id=one.record_id,
        person_id=one.person,
        stored=one.stored[:300],
        derived=one.derived[:300],
        found_at=at,
        seen_at=at,
    )


@transaction.atomic
def answer_drift(*, drift: Drift, answer: str, by: Person) -> Drift:
    """Keep what a person says of a difference. Raises PermissionDenied or ValidationError; it mends nothing."""
    if not Drift.scoped.for_person(by, PERMISSION).filter(pk=drift.pk).exists():
        raise PermissionDenied(_("Your roles do not include this decision at this agency."))
    if not answer.strip():
        raise ValidationError({"answer": _("Say what became of it.")})
    held = Drift.objects.select_for_update().get(pk=drift.pk)
    old = held.answer
    held.answer, held.answered_by, held.answered_at = answer.strip(), by, timezone.now()
    held.save(update_fields=["answer", "answered_by", "answered_at"])
    record_event(
        by=by,
        action="courses.answer_drift",
        target=held,
        old={"answer": old},
        new={"answer": held.answer},
        reason=held.answer,
    )
    return held
