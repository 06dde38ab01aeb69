"""The life of a remedy as a table (Điều 16 NĐ 217/2025), and the words of findings.

Overdue is no state: it is what a deadline and a day say together, and nobody has to write it down.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from inspections.states import Who


class Severity(TextChoices):
    MINOR = "MINOR", _("Minor")
    SERIOUS = "SERIOUS", _("Serious")
    GRAVE = "GRAVE", _("Very serious")


class RemedyState(TextChoices):
    OPEN = "OPEN", _("Open")
    HANDED_IN = "HANDED_IN", _("Handed in")
    SENT_BACK = "SENT_BACK", _("Sent back")
    ACCEPTED = "ACCEPTED", _("Accepted")


class RemedyEvent(TextChoices):
    ASK = "ask", _("Ask for the remedy")
    HAND_IN = "hand_in", _("Hand in what was done")
    SEND_BACK = "send_back", _("Send back")
    ACCEPT = "accept", _("Accept")


class Due(TextChoices):
    """How a remedy that is not accepted stands to its deadline on a day."""

    OVERDUE = "overdue", _("overdue")
    SOON = "soon", _("due soon")
    LATER = "later", _("in time")


@dataclass(frozen=True)
class RemedyTransition:
    """One row of the table; `reason`: refused without one, by the action and by the database."""

    event: RemedyEvent
    sources: tuple[RemedyState | None, ...]
    target: RemedyState
    who: tuple[Who, ...]
    reason: bool = False


# The clerk and the inspector of the lead agency enter what the subject brings; the team and the head judge it.
ENTER, JUDGE = (Who.RUNNER, Who.OFFICE, Who.CLERK, Who.SIGNER), (Who.RUNNER, Who.SIGNER)
_WAITING = (RemedyState.OPEN, RemedyState.SENT_BACK)

REMEDY_TRANSITIONS: tuple[RemedyTransition, ...] = (
    RemedyTransition(RemedyEvent.ASK, (None,), RemedyState.OPEN, JUDGE),
    RemedyTransition(RemedyEvent.HAND_IN, _WAITING, RemedyState.HANDED_IN, ENTER),
    RemedyTransition(
        RemedyEvent.SEND_BACK, (RemedyState.HANDED_IN,), RemedyState.SENT_BACK, JUDGE, reason=True
    ),
    RemedyTransition(RemedyEvent.ACCEPT, (RemedyState.HANDED_IN,), RemedyState.ACCEPTED, JUDGE),
)
BY_REMEDY_EVENT: dict[RemedyEvent, RemedyTransition] = {row.event: row for row in REMEDY_TRANSITIONS}


def remedy_passages() -> Iterator[tuple[str, str, str]]:
    """Yield every (event, from, to) the log of a remedy may hold; from nothing is an empty word."""
    for row in REMEDY_TRANSITIONS:
        for source in row.sources:
            yield row.event, source or "", row.target
