"""May this happen now, and is this team lawful?"""

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inspections.states import BY_EVENT, Event, Status


def may_happen(event: Event, status: Status | str | None) -> bool:
    """Tell whether the table of states lets this event happen in this status."""
    return status in BY_EVENT[event].sources


def problem_with_team(
    *, signer_id: int | None, leader_id: int | None, member_ids: Collection[int], in_conflict: Collection[int]
) -> Promise | None:
    """Say what is unlawful about a team, or nothing: Điều 12.2 NĐ 217/2025.

    Who signs the decision neither leads nor takes part; nobody holds two duties; nobody with a
    conflict of interest takes part.
    """
    if leader_id is None:
        return _("The team needs a leader.")
    if leader_id == signer_id:
        return _("The person who signed the decision cannot lead the team.")
    if signer_id is not None and signer_id in member_ids:
        return _("The person who signed the decision cannot be in the team.")
    if len({leader_id, *member_ids}) != 1 + len(member_ids):
        return _("Each person can hold only one duty in the team.")
    if set(in_conflict) & {leader_id, *member_ids}:
        return _("A person with a conflict of interest cannot take part in the team.")
    return None
