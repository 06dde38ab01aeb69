"""The gate every action on a case goes through."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from inspections.models import Inspection
from inspections.rules import hands
from inspections.states import BY_EVENT, Event
from lms.base.actions import record_event


def pass_gate(event: Event, inspection: Inspection, by: Any) -> Inspection:
    """Lock the case and return it fresh; refuse a wrong hand or a wrong status with a sentence.

    The caller's transaction must be open. Raises PermissionDenied or ValidationError.
    """
    fresh = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
    row = BY_EVENT[event]
    if row.who not in hands(by, fresh):
        raise PermissionDenied(_("In this inspection this is for: %(who)s.") % {"who": row.who.label})
    if not fresh.is_run_here:
        raise ValidationError(_("This inspection was registered, not run here: its records are elsewhere."))
    if fresh.status not in row.sources:
        raise ValidationError(
            _("“%(event)s” is not possible while the inspection is “%(status)s”.")
            % {"event": row.event.label, "status": fresh.get_status_display()}
        )
    return fresh


def log(event: Event, inspection: Inspection, by: Any, *, reason: str = "", **new: Any) -> None:
    """Write the audit event of a transition."""
    record_event(by=by, action=f"inspections.{event.value}", target=inspection, new=new, reason=reason)


def need_reason(reason: str) -> str:
    """Return the reason, stripped; refuse none."""
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    return reason.strip()


def refuse_future(field: str, day: Any) -> None:
    """Refuse a day that has not come."""
    from lms.base.dates import today

    if day > today():
        raise ValidationError({field: _("This day has not come yet.")})
