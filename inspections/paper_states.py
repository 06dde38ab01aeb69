"""The life of a case's document as a table: from where, by what, to where, by whom, and whether it asks for a reason.

Registry numbers are given after signing (NĐ 30/2020/NĐ-CP, Điều 15); from then on nothing of the document changes.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PaperState(TextChoices):
    DRAFT = "DRAFT", _("Draft")
    SIGNED = "SIGNED", _("Signed, waits for its number")
    NUMBERED = "NUMBERED", _("Numbered")
    FILED = "FILED", _("Filed")


class PaperEvent(TextChoices):
    MAKE = "make", _("Draft the document")
    CHANGE = "change", _("Change the draft")
    SIGN = "sign", _("Sign")
    SEND_BACK = "return", _("Return to the draft")
    NUMBER = "number", _("Give number and day")
    SIGN_FILE = "sign-file", _("Sign the file electronically")
    SEAL_FILE = "seal-file", _("Sign the file for the agency")
    BRING_BACK = "bring-back", _("Bring back the file signed outside")
    FILE = "file", _("File the document")
    CORRECT = "correct", _("Make a correction")


class Hand(TextChoices):
    """Whose hand an event needs; who drafts and signs depends on whether the team or the agency issues."""

    DRAFTER = "drafter", _("The team leader; of the agency's documents also its inspectors and head")
    SIGNER = "signer", _("The signer named on the document")
    CLERK = "clerk", _("A registry clerk of the lead agency")
    SIGNER_OR_CLERK = "signer_or_clerk", _("The signer or a registry clerk")


@dataclass(frozen=True)
class Passage:
    """One row of the table."""

    event: PaperEvent
    sources: tuple[PaperState | None, ...]
    target: PaperState
    hand: Hand
    reason: bool = False


FIXED = (PaperState.NUMBERED, PaperState.FILED)
PASSAGES: tuple[Passage, ...] = (
    Passage(PaperEvent.MAKE, (None,), PaperState.DRAFT, Hand.DRAFTER),
    Passage(PaperEvent.CHANGE, (PaperState.DRAFT,), PaperState.DRAFT, Hand.DRAFTER),
    Passage(PaperEvent.SIGN, (PaperState.DRAFT,), PaperState.SIGNED, Hand.SIGNER),
    Passage(PaperEvent.SEND_BACK, (PaperState.SIGNED,), PaperState.DRAFT, Hand.SIGNER_OR_CLERK, reason=True),
    Passage(PaperEvent.NUMBER, (PaperState.SIGNED,), PaperState.NUMBERED, Hand.CLERK),
    # Only now is the whole text there to be signed (PAdES): the person, then the agency. The number itself was
    # given after the signer had approved the words (SIGN).
    Passage(PaperEvent.SIGN_FILE, (PaperState.NUMBERED,), PaperState.NUMBERED, Hand.SIGNER),
    Passage(PaperEvent.SEAL_FILE, (PaperState.NUMBERED,), PaperState.NUMBERED, Hand.CLERK),
    Passage(PaperEvent.BRING_BACK, (PaperState.NUMBERED,), PaperState.NUMBERED, Hand.SIGNER_OR_CLERK),
    Passage(PaperEvent.FILE, (PaperState.NUMBERED,), PaperState.FILED, Hand.CLERK),
    # The numbered document stays as it is: a new draft names it.
    Passage(PaperEvent.CORRECT, FIXED, PaperState.DRAFT, Hand.DRAFTER, reason=True),
)
BY_PAPER_EVENT: dict[PaperEvent, Passage] = {row.event: row for row in PASSAGES}
