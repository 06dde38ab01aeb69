"""When two persons may decide about a completion."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from courses.models import Completion
from courses.rules.refusal import Refusal
from courses.states import DecisionKind

MOST_HOURS = Decimal(1000)


def refuse_decision(
    completion: Completion, *, kind: str, hours: Decimal | None, is_revoked: bool, has_paper: bool
) -> Refusal | None:
    """Say why a decision about a completion cannot be taken, or None where it can."""
    if is_revoked:
        return Refusal("revoked", _("This completion is withdrawn: nothing is decided about it any more."))
    if kind == DecisionKind.HOURS:
        return _refuse_hours(completion, hours, has_paper)
    if completion.verified_on is not None:
        return Refusal(
            "verified", _("This completion is verified already. To take it back, withdraw it instead.")
        )
    if kind == DecisionKind.RECOGNISE and not completion.passed:
        return Refusal("not_passed", _("The course was not passed: there is nothing to recognise."))
    return None


def _refuse_hours(completion: Completion, hours: Decimal | None, has_paper: bool) -> Refusal | None:
    if hours is None or not 0 < hours < MOST_HOURS:
        return Refusal("no_hours", _("Give the right number of periods, more than 0 and less than 1000."))
    if hours == completion.hours:
        return Refusal("same_hours", _("These are the periods already recorded."))
    if has_paper:
        return Refusal(
            "has_paper",
            _("A certificate prints these periods. Withdraw it first; what was printed is never changed."),
        )
    return None


def refuse_evidence(*, reference: str, has_file: bool) -> Refusal | None:
    """Say that a decision rests on something others can look at."""
    if reference.strip() or has_file:
        return None
    return Refusal("no_evidence", _("Name the document the decision rests on, or attach it."))
