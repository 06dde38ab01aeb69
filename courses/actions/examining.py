"""What examiners decide: extra time, extra attempts, a reopened attempt, a supervised re-sit, a flag looked at."""

from __future__ import annotations

import random
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.actions.facts import write_fact
from courses.models import (
    Attempt,
    Completion,
    Enrolment,
    Exam,
    ExtraAttempts,
    ExtraTime,
    IntegrityFlag,
    Reopening,
    Resit,
)
from courses.rules import (
    Refusal,
    Refused,
    refuse_extra_attempts,
    refuse_extra_time,
    refuse_more_time,
    refuse_reopening,
    refuse_resit,
)
from courses.states import FactKind
from lms.base.actions import enqueue, record_event
from lms.people.models import Person


def _stop(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused(refusal)


def _reasoned(reason: str) -> str:
    if not reason.strip():
        raise Refused(Refusal("no_reason", _("Give the reason.")))
    return reason.strip()


def _not_own(enrolment: Enrolment, *deciding: Person) -> None:
    if enrolment.person.canonical.pk in {person.canonical.pk for person in deciding}:
        raise Refused(Refusal("own", _("Nobody decides about an exam of their own.")))


def promise_closing(attempt: Attempt) -> None:
    """Promise that the attempt is closed at its deadline; each deadline is a promise of its own."""
    enqueue(
        kind="courses.close_attempt",
        key=f"{attempt.key}@{attempt.deadline_at.isoformat()}",
        payload={"attempt": attempt.pk},
        run_after=attempt.deadline_at,
    )


@transaction.atomic
def give_extra_time(
    *, enrolment: Enrolment, percent: int, minutes: int, reason: str, by: Person
) -> ExtraTime:
    """Give a person more time in every attempt to come; the last decision counts. Raises Refused."""
    _not_own(enrolment, by)
    _stop(refuse_extra_time(percent, minutes))
    earlier = enrolment.extra_times.filter(attempt=None).last()
    row = ExtraTime.objects.create(
        enrolment=enrolment, percent=percent, minutes=minutes, reason=_reasoned(reason), by=by
    )
    old = {"percent": earlier.percent, "minutes": earlier.minutes} if earlier else None
    _record("courses.give_extra_time", enrolment, by, row.reason, percent=percent, minutes=minutes, old=old)
    return row


@transaction.atomic
def prolong_attempt(*, attempt: Attempt, minutes: int, reason: str, by: Person, second: Person) -> Attempt:
    """Move the deadline of a running attempt; two persons decided it. Raises Refused."""
    _not_own(attempt.enrolment, by, second)
    held = Attempt.objects.select_for_update().get(pk=attempt.pk)
    _stop(refuse_more_time(held, minutes, timezone.now()))
    ExtraTime.objects.create(
        enrolment_id=held.enrolment_id,
        attempt=held,
        minutes=minutes,
        reason=_reasoned(reason),
        by=by,
        second=second,
    )
    before, held.deadline_at = held.deadline_at, held.deadline_at + timedelta(minutes=minutes)
    held.save(update_fields=["deadline_at"])
    promise_closing(held)
    _record(
        "courses.prolong_attempt",
        held,
        by,
        reason,
        old={"deadline_at": before},
        deadline_at=held.deadline_at,
        approved_by=second.audit_name,
    )
    return held


@transaction.atomic
def allow_attempts(
    *, enrolment: Enrolment, count: int, reason: str, by: Person, second: Person
) -> ExtraAttempts:
    """Allow more attempts than the exam does; two persons decided it. Raises Refused."""
    _not_own(enrolment, by, second)
    held = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    _stop(refuse_extra_attempts(count, finished=held.is_finished))
    row = ExtraAttempts.objects.create(
        enrolment=held, count=count, reason=_reasoned(reason), by=by, second=second
    )
    Enrolment.objects.filter(pk=held.pk).update(extra_attempts=F("extra_attempts") + count)
    _record("courses.allow_attempts", held, by, reason, count=count, approved_by=second.audit_name)
    return row


@transaction.atomic
def reopen_attempt(
    *, attempt: Attempt, minutes: int, reason: str, by: Person, second: Person, at: datetime | None = None
) -> Attempt:
    """Open a closed attempt again for so many minutes; two persons decided it. Raises Refused."""
    now = at or timezone.now()
    _not_own(attempt.enrolment, by, second)
    Enrolment.objects.select_for_update().get(pk=attempt.enrolment_id)
    held = Attempt.objects.select_for_update().get(pk=attempt.pk)
    _stop(may_not_reopen(held, minutes))
    assert held.closed_at is not None and held.score is not None  # noqa: S101 (the rule has said so)
    Reopening.objects.create(
        attempt=held,
        minutes=minutes,
        closed_at=held.closed_at,
        closing=held.closing,
        deadline_at=held.deadline_at,
        score=held.score,
        reason=_reasoned(reason),
        by=by,
        second=second,
    )
    old = {"closed_at": held.closed_at, "closing": held.closing, "score": held.score}
    held.closed_at = held.right = held.score = held.passed = None
    held.closing, held.deadline_at = "", now + timedelta(minutes=minutes)
    held.save()
    write_fact(enrolment_id=held.enrolment_id, kind=FactKind.REOPENED, subject=str(held.key), at=now)
    promise_closing(held)
    _record(
        "courses.reopen_attempt",
        held,
        by,
        reason,
        old=old,
        deadline_at=held.deadline_at,
        approved_by=second.audit_name,
    )
    return held


def may_not_reopen(attempt: Attempt, minutes: int) -> Refusal | None:
    """Ask the rule with what the database knows of the attempt."""
    earned = Completion.objects.filter(enrolment=attempt.enrolment_id).exists()
    later = Attempt.objects.filter(enrolment=attempt.enrolment_id, number__gt=attempt.number).exists()
    return refuse_reopening(attempt, minutes, earned=earned, is_last=not later)


@transaction.atomic
def order_resit(*, attempt: Attempt, reason: str, by: Person, sample: str = "") -> Resit:
    """Order one supervised sitting beside a closed attempt. Nothing of the attempt changes. Raises Refused."""
    _not_own(attempt.enrolment, by)
    held = Attempt.objects.select_for_update().get(pk=attempt.pk)
    _stop(refuse_resit(held, ordered=Resit.objects.filter(attempt=held).exists()))
    row = Resit.objects.create(attempt=held, reason=_reasoned(reason), by=by, sample=sample)
    _record("courses.order_resit", held, by, reason, resit=row.pk, sample=sample)
    return row


@transaction.atomic
def order_resits_of_sample(*, exam: Exam, count: int, reason: str, by: Person) -> list[Resit]:
    """Draw so many passed attempts by lot and order a supervised re-sit of each. Raises Refused.

    The seed is kept with each, so that anybody can draw again and see that nobody was picked.
    """
    passed = Attempt.objects.filter(exam=exam, passed=True, resit=None, resit_ordered=None).order_by("pk")
    own = Enrolment.objects.of(by).values("pk")  # nobody decides about their own
    keys = list(passed.exclude(enrolment__in=own).values_list("pk", flat=True))
    if not 1 <= count <= len(keys):
        sentence = _("%(held)d passed attempts can be drawn from: choose a number between 1 and that.")
        raise Refused(Refusal("sample", sentence % {"held": len(keys)}))
    seed = secrets.token_hex(16)
    drawn = random.Random(seed).sample(keys, count)  # noqa: S311 (fair; the seed itself is secret's)
    rows = {row.pk: row for row in Attempt.objects.filter(pk__in=drawn)}
    return [order_resit(attempt=rows[pk], reason=reason, by=by, sample=seed) for pk in drawn]


@transaction.atomic
def look_at_flag(*, flag: IntegrityFlag, note: str, by: Person) -> IntegrityFlag:
    """Mark a flag as looked at, with what the examiner says of it. Raises Refused."""
    _not_own(flag.attempt.enrolment, by)
    held = IntegrityFlag.objects.select_for_update().get(pk=flag.pk)
    if not note.strip():
        raise Refused(
            Refusal("no_note", _("Write a note: what did you look at, and what do you make of it?"))
        )
    if held.looked_at is not None:
        raise Refused(Refusal("looked", _("This flag was already looked at.")))
    held.looked_at, held.looked_by, held.note = timezone.now(), by, note.strip()
    held.save(update_fields=["looked_at", "looked_by", "note"])
    _record("courses.look_at_flag", held, by, held.note, signal=held.signal)
    return held


def _record(action: str, target: Any, by: Person, reason: str, *, old: Any = None, **new: Any) -> None:
    record_event(by=by, action=action, target=target, old=old, new=new, reason=reason.strip())
