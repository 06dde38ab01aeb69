"""What of an exam needs two: more time for a running attempt, more attempts, a closed attempt opened again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.actions.examining import allow_attempts, may_not_reopen, prolong_attempt, reopen_attempt
from courses.examiners import EXAMINE, may_examine
from courses.models import Attempt, Course, Enrolment
from courses.rules import Refusal, Refused, refuse_extra_attempts, refuse_more_time
from lms.people.actions.approvals import propose
from lms.people.approvals import Kind, NotPossible
from lms.people.models import Approval, Person

MORE_TIME, MORE_ATTEMPTS, REOPENING = (
    "courses.prolong_attempt",
    "courses.allow_attempts",
    "courses.reopen_attempt",
)


def propose_more_time(*, attempt: Attempt, minutes: int, reason: str, by: Person) -> Approval:
    """Propose to move a running attempt's deadline. Raises PermissionDenied, ValidationError, Refused."""
    _stop(refuse_more_time(attempt, minutes, timezone.now()))
    return _propose(
        MORE_TIME,
        attempt,
        attempt.enrolment.course,
        {"minutes": minutes, "number": attempt.number},
        reason,
        by,
    )


def propose_attempts(*, enrolment: Enrolment, count: int, reason: str, by: Person) -> Approval:
    """Propose to allow more attempts. Raises PermissionDenied, ValidationError, Refused."""
    _stop(refuse_extra_attempts(count, finished=enrolment.is_finished))
    return _propose(MORE_ATTEMPTS, enrolment, enrolment.course, {"count": count}, reason, by)


def propose_reopening(*, attempt: Attempt, minutes: int, reason: str, by: Person) -> Approval:
    """Propose to open a closed attempt again. Raises PermissionDenied, ValidationError, Refused."""
    _stop(may_not_reopen(attempt, minutes))
    return _propose(
        REOPENING,
        attempt,
        attempt.enrolment.course,
        {"minutes": minutes, "number": attempt.number},
        reason,
        by,
    )


def _stop(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused(refusal)


def _propose(
    kind: str, target: Model, course: Course, payload: dict[str, Any], reason: str, by: Person
) -> Approval:
    if not may_examine(by, course):
        raise PermissionDenied(_("Your roles do not include the exams of this course's agency."))
    if course.agency_id is None:
        raise Refused(Refusal("no_agency", _("Name the issuing agency of the course first.")))
    facts = {**payload, "course": course.name}
    return propose(kind=kind, target=target, agency=course.agency_id, payload=facts, reason=reason, by=by)


def _executing(
    do: Callable[..., object], model: type[Model], name: str
) -> Callable[[Approval, Person], object]:
    def execute(approval: Approval, by: Person) -> object:
        target = model._default_manager.get(pk=approval.target_id)
        amount = {key: approval.payload[key] for key in ("minutes", "count") if key in approval.payload}
        try:
            return do(**{name: target}, **amount, reason=approval.reason, by=approval.proposed_by, second=by)
        except Refused as refusal:
            raise NotPossible(str(refusal)) from refusal

    return execute


def _minutes(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(_("Course"), payload["course"]), *_number(payload), (_("Minutes"), str(payload["minutes"]))]


def _count(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(_("Course"), payload["course"]), (_("Extra attempts"), str(payload["count"]))]


def _number(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(_("Attempt"), str(payload["number"]))]


def _attempt_url(approval: Approval) -> str:
    row = Attempt.objects.filter(pk=approval.target_id).only("enrolment_id").first()
    return reverse("examined-person", args=[row.enrolment_id]) if row else ""


def _enrolment_url(approval: Approval) -> str:
    return reverse("examined-person", args=[approval.target_id])


KINDS = (
    Kind(
        MORE_TIME,
        name=gettext_lazy("Give a running exam attempt more time"),
        permission=EXAMINE,
        execute=_executing(prolong_attempt, Attempt, "attempt"),
        show=_minutes,
        url=_attempt_url,
    ),
    Kind(
        MORE_ATTEMPTS,
        name=gettext_lazy("Allow more exam attempts"),
        permission=EXAMINE,
        execute=_executing(allow_attempts, Enrolment, "enrolment"),
        show=_count,
        url=_enrolment_url,
    ),
    Kind(
        REOPENING,
        name=gettext_lazy("Open a closed exam attempt again"),
        permission=EXAMINE,
        execute=_executing(reopen_attempt, Attempt, "attempt"),
        show=_minutes,
        url=_attempt_url,
    ),
)
