"""Roles delegated while their holder is away, and ended."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lms.base.actions import record_event
from lms.base.dates import today
from lms.people.actions.roles import end_grant, sync_groups
from lms.people.delegation import Delegation, may_end, problem_with
from lms.people.models import Grant, Person


@transaction.atomic
def delegate_role(*, asked: Delegation, reason: str, by: Person) -> Grant:
    """Delegate a role for a time; raise ValidationError with the sentence where it may not be."""
    source = Grant.objects.select_for_update(of=("self",)).select_related("person").get(pk=asked.grant.pk)
    if not reason.strip():
        raise ValidationError({"reason": _("A delegation needs a reason.")})
    if sentence := problem_with(asked, by=by, on=today()):
        raise ValidationError(sentence)
    taken = source.delegations.filter(person=asked.to).overlapping(asked.valid_from, asked.valid_to)
    if taken.exists():
        raise ValidationError(_("This role is already delegated to this person in this time."))
    grant = Grant.objects.create(
        person=asked.to.canonical,
        role=source.role,
        agency=asked.agency or source.agency,
        valid_from=asked.valid_from,
        valid_to=asked.valid_to,
        delegated_from=source,
        reason=reason.strip(),
    )
    sync_groups(grant.person)
    record_event(
        by=by,
        action="people.delegate_role",
        target=grant.person,
        new={"role": grant.role, "agency": grant.agency, "from": grant.valid_from, "to": grant.valid_to},
        reason=grant.reason,
    )
    return grant


def end_delegation(*, grant: Grant, reason: str, by: Person) -> None:
    """End a delegation from today; for its giver, its holder, or who grants roles."""
    if not may_end(grant, by):
        raise PermissionDenied(_("Only who gave or holds a delegation may end it."))
    end_grant(grant=grant, on=today(), by=by, reason=reason)
