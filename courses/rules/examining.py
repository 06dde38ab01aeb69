"""What an examiner may decide about one person. Pure functions."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from courses.models import Attempt
from courses.models.examining import MOST_MINUTES, MOST_PERCENT
from courses.rules.refusal import Refusal

MOST_ATTEMPTS = 10


def refuse_extra_time(percent: int, minutes: int) -> Refusal | None:
    """Say why such extra time cannot be given, or None where it can; zero takes back what was given."""
    if percent < 0 or minutes < 0:
        return Refusal("negative", _("Extra time is never negative."))
    if percent > MOST_PERCENT or minutes > MOST_MINUTES:
        return Refusal(
            "too_much", _("Extra time lies between 0 and 300 percent and between 0 and 600 minutes.")
        )
    if percent and minutes:
        return Refusal("both", _("Give extra time in percent or in minutes, not both."))
    return None


def refuse_more_time(attempt: Attempt, minutes: int, now: datetime) -> Refusal | None:
    """Say why a running attempt gets no more time, or None where it may."""
    if minutes < 1 or minutes > MOST_MINUTES:
        return Refusal("minutes", _("Give between 1 and 600 minutes."))
    if attempt.closed_at is not None or attempt.is_past_time(now):
        return Refusal("closed", _("This attempt is over: propose to open it again instead."))
    return None


def refuse_extra_attempts(count: int, *, finished: bool) -> Refusal | None:
    """Say why no more attempts are allowed, or None where they may be."""
    if not 1 <= count <= MOST_ATTEMPTS:
        return Refusal("count", _("Between 1 and 10 extra attempts may be allowed at once."))
    if finished:
        return Refusal("finished", _("This person has completed the course already."))
    return None


def refuse_reopening(attempt: Attempt, minutes: int, *, earned: bool, is_last: bool) -> Refusal | None:
    """Say why a closed attempt is not opened again, or None where it may be."""
    if not 1 <= minutes <= MOST_MINUTES:
        return Refusal("minutes", _("Give between 1 and 600 minutes."))
    if attempt.closed_at is None:
        return Refusal("running", _("This attempt is still running."))
    if attempt.passed or earned:
        return Refusal("earned", _("This attempt has earned a completion: it stays as it is."))
    if not is_last:
        return Refusal("later", _("A later attempt has begun: allow an extra attempt instead."))
    return None


def refuse_resit(attempt: Attempt, *, ordered: bool) -> Refusal | None:
    """Say why no supervised re-sit is ordered for an attempt, or None where it may be."""
    if attempt.closed_at is None:
        return Refusal("running", _("This attempt is still running."))
    if not attempt.passed:
        return Refusal("not_passed", _("Only a passed attempt is sat again under supervision."))
    if ordered or attempt.resit_id:
        return Refusal("ordered", _("A supervised re-sit was already ordered for this attempt."))
    return None
