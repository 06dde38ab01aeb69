"""Who may do what with a case's document, and when."""

from typing import Any

from inspections.models import CaseDocument, Inspection
from inspections.paper_states import BY_PAPER_EVENT, Hand, PaperEvent
from inspections.rules.authority import Reach, hands
from inspections.states import Who


def may_draft(person: Any, case: Inspection, *, by_team: bool) -> bool:
    """Tell whether this person drafts such documents of the case: the team's are its leader's."""
    if not case.is_run_here:
        return False
    needed = {Who.LEADER} if by_team else {Who.LEADER, Who.OFFICE}
    return bool(needed & hands(person, case))


def may_paper(person: Any, event: PaperEvent, document: CaseDocument) -> bool:
    """Tell whether this person may let this happen to the document now."""
    row = BY_PAPER_EVENT[event]
    return document.state in row.sources and _has_hand(person, row.hand, document)


def _has_hand(person: Any, hand: Hand, document: CaseDocument) -> bool:
    if hand == Hand.DRAFTER:
        return may_draft(person, document.inspection, by_team=document.by_team)
    if hand == Hand.SIGNER:
        return _signs(person, document)
    if hand == Hand.CLERK:
        return _registers(person, document)
    return _signs(person, document) or _registers(person, document)


def _signs(person: Any, document: CaseDocument) -> bool:
    """Only the person named signs, and only while the case gives them that hand."""
    needed = Who.LEADER if document.by_team else Who.SIGNER
    return bool(person.pk == document.signer_id and needed in hands(person, document.inspection))


def _registers(person: Any, document: CaseDocument) -> bool:
    return Reach.of(person).keeps_registry(document.agency_id)
