"""Looking for what a person should look at, once an attempt is closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from courses.models import Answer, Attempt, IntegrityFlag, Sitting
from courses.rules.integrity import Seen, Told, signals_of

COMPARED = timedelta(days=30)  # how far apart two attempts may lie and still be compared
MOST_COMPARED = 200  # a computer room of a whole day; more would only repeat the same question
KEPT = timedelta(days=365)


@transaction.atomic
def find_signals(*, attempt: Attempt) -> list[IntegrityFlag]:
    """Write a flag for each signal of a closed attempt; again changes nothing."""
    if attempt.closed_at is None:
        return []
    others = _near(attempt)
    seen = _seen([attempt, *others])
    found = signals_of(seen[0], seen[1:])
    for signal, facts in found.items():
        IntegrityFlag.objects.get_or_create(attempt=attempt, signal=signal, defaults={"facts": facts})
    return list(attempt.flags.all())


def _near(attempt: Attempt) -> list[Attempt]:
    """Return the closed attempts at the same exam that share a device or an address with this one."""
    sittings = list(attempt.sittings.all())
    devices = {row.device for row in sittings if row.device}
    addresses = {row.address for row in sittings if row.address}
    shared = Sitting.objects.filter(Q(device__in=devices) | Q(address__in=addresses))
    rows = Attempt.objects.filter(
        exam=attempt.exam_id,
        closed_at__gte=attempt.started_at - COMPARED,
        pk__in=shared.values("attempt"),
    )
    return list(
        rows.exclude(pk=attempt.pk).select_related("enrolment").order_by("-closed_at")[:MOST_COMPARED]
    )


def _seen(attempts: Sequence[Attempt]) -> list[Seen]:
    ids = [attempt.pk for attempt in attempts]
    told = _told(ids)
    sittings: dict[int, list[Sitting]] = defaultdict(list)
    for row in Sitting.objects.filter(attempt__in=ids):
        sittings[row.attempt_id].append(row)
    return [_one(attempt, told[attempt.pk], sittings[attempt.pk]) for attempt in attempts]


def _one(attempt: Attempt, told: dict[int, Told], sittings: Sequence[Sitting]) -> Seen:
    assert attempt.closed_at is not None  # noqa: S101 (only closed ones are compared)
    return Seen(
        key=str(attempt.key),
        person_id=attempt.enrolment.person_id,
        started_at=attempt.started_at,
        closed_at=attempt.closed_at,
        questions=attempt.questions.count(),
        answers=told,
        devices=frozenset(row.device for row in sittings if row.device),
        addresses=frozenset(row.address for row in sittings if row.address),
        away=sum(row.away for row in sittings),
    )


def _told(attempt_ids: Sequence[int]) -> dict[int, dict[int, Told]]:
    told: dict[int, dict[int, Told]] = defaultdict(dict)
    answers = Answer.objects.filter(attempt_question__attempt__in=attempt_ids)
    for answer in answers.select_related("attempt_question").in_force():
        put = answer.attempt_question
        if put.question_id:
            told[put.attempt_id][put.question_id] = _as_told(answer)
    return told


def _as_told(answer: Answer) -> Told:
    put = answer.attempt_question
    return Told(answer.response, put.earned == put.points, answer.saved_at)


def forget_traces(*, now: datetime | None = None) -> int:
    """Forget device and address of the attempts closed a year ago; return how many rows were cleared."""
    before = (now or timezone.now()) - KEPT
    old = Sitting.objects.filter(attempt__closed_at__lt=before)
    cleared, _rows = old.delete()
    return cleared
