"""When a completion may be written or withdrawn."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from courses.models import Completion
from courses.rules.refusal import Refusal
from courses.states import RevocationMode
from lms.people.models import Post
from lms.people.organisation import History


def frozen_place(post: Post | None, on: date, known: History) -> dict[str, Any]:
    """Return agency and post of a day as a completion freezes them.

    A post open past the end of its agency goes on in the single successor.
    """
    if post is None:
        return {}
    agency_id = known.bearer(post.agency_id, on) or post.agency_id
    period = known.period(agency_id, on)
    return {
        "agency_id": agency_id,
        "agency_code": period.code if period else "",
        "agency_name": period.name if period else "",
        "post_category": post.category,
        "post_position": post.position,
    }


def refuse_revocation(
    completion: Completion, *, mode: str, on: date, reason: str, is_revoked: bool, today: date
) -> Refusal | None:
    """Say why a completion may not be withdrawn on a day, or None where it may."""
    if is_revoked:
        return Refusal("revoked", _("This completion is already withdrawn."))
    if mode not in RevocationMode.values:
        return Refusal("no_mode", _("Say whether it is withdrawn from its date on or from the beginning."))
    if not reason.strip():
        return Refusal("no_reason", _("A withdrawal needs a reason."))
    if on < completion.completed_on:
        return Refusal(
            "before_completion", _("A completion cannot be withdrawn before the day it was earned.")
        )
    if on > today:
        return Refusal("to_come", _("A withdrawal cannot be dated in the future."))
    return None
