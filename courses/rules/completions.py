"""When a completion may be written or withdrawn."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from courses.models import Completion
from courses.rules.exams import Refusal


def refuse_revocation(
    completion: Completion, *, on: date, reason: str, is_revoked: bool, today: date
) -> Refusal | None:
    """Say why a completion may not be withdrawn on a day, or None where it may."""
    if is_revoked:
        return Refusal("revoked", _("This completion is already withdrawn."))
    if not reason.strip():
        return Refusal("no_reason", _("A withdrawal needs a reason."))
    if on < completion.completed_on:
        return Refusal(
            "before_completion", _("A completion cannot be withdrawn before the day it was earned.")
        )
    if on > today:
        return Refusal("to_come", _("A withdrawal cannot be dated in the future."))
    return None
