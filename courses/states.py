"""What may become of an attempt, and who or what makes it so."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AttemptState(TextChoices):
    """An attempt is open until it is handed in or its time is over; it never opens again."""

    OPEN = "OPEN", _("Open")
    CLOSED = "CLOSED", _("Closed")


class Closing(TextChoices):
    """How an attempt came to its end."""

    SUBMITTED = "SUBMITTED", _("Handed in")
    EXPIRED = "EXPIRED", _("Time was over")


@dataclass(frozen=True)
class Transition:
    """One line of the table: from, event, to, by whom, and what it needs."""

    source: AttemptState
    event: Closing
    target: AttemptState
    by: str
    needs: str


TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        AttemptState.OPEN, Closing.SUBMITTED, AttemptState.CLOSED, "learner", "arrival before the deadline"
    ),
    Transition(AttemptState.OPEN, Closing.EXPIRED, AttemptState.CLOSED, "clock", "deadline reached"),
)


class RevocationMode(TextChoices):
    """From when a withdrawn completion stops counting."""

    FROM_DATE = "from_date", _("From its date on")
    AB_INITIO = "ab_initio", _("As if it had never been")


class CompletionSource(TextChoices):
    """Where the proof of a completion comes from."""

    EXAM = "exam", _("Exam in the system")
    IMPORT = "import", _("Record brought in by a file")
    CLASS = "class", _("Attended class")


class QuestionKind(TextChoices):
    """How many options may be chosen."""

    SINGLE = "single", _("One right option")
    MULTIPLE = "multiple", _("Several right options")
    TRUE_FALSE = "true_false", _("True or false")
