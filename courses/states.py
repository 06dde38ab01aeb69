"""What may become of an attempt, and who or what makes it so."""

from dataclasses import dataclass

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class AttemptState(TextChoices):
    """An attempt is open until it is handed in or its time is over; only two persons together open it again."""

    OPEN = "OPEN", _("Open")
    CLOSED = "CLOSED", _("Closed")


class Closing(TextChoices):
    """How an attempt came to its end."""

    SUBMITTED = "SUBMITTED", _("Handed in")
    EXPIRED = "EXPIRED", _("Time was over")


REOPENING = "REOPENED"


@dataclass(frozen=True)
class Transition:
    """One line of the table: from, event, to, by whom, and what it needs."""

    source: AttemptState
    event: str
    target: AttemptState
    by: str
    needs: str


TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        AttemptState.OPEN, Closing.SUBMITTED, AttemptState.CLOSED, "learner", "arrival before the deadline"
    ),
    Transition(AttemptState.OPEN, Closing.EXPIRED, AttemptState.CLOSED, "clock", "deadline reached"),
    Transition(
        AttemptState.CLOSED,
        REOPENING,
        AttemptState.OPEN,
        "two examiners",
        "a reason, no completion earned, no later attempt",
    ),
)


class ReviewPolicy(TextChoices):
    """When the right answers and explanations of an exam may be seen."""

    NEVER = "never", _("Never")
    AFTER_LAST = "after_last", _("After a pass or the last attempt")
    AFTER_WINDOW = "after_window", _("After the exam has closed for everybody")


class Signal(TextChoices):
    """What is noticed about an attempt and shown to a person, who decides what it means."""

    FAST_WHOLE = "fast_whole", _("Very fast as a whole")
    FAST_QUESTION = "fast_question", _("Very fast between questions")
    SAME_ANSWERS = "same_answers", _("Same answers from one address")
    SHARED_DEVICE = "shared_device", _("Several persons on one device")
    FOCUS_LOST = "focus_lost", _("Page often left")
    MANY_ADDRESSES = "many_addresses", _("Answers from many addresses")


class RevocationMode(TextChoices):
    """From when a withdrawn completion stops counting."""

    FROM_DATE = "from_date", _("From its date on")
    AB_INITIO = "ab_initio", _("As if it had never been")


class CompletionSource(TextChoices):
    """Where the proof of a completion comes from."""

    EXAM = "exam", _("Exam in the system")
    IMPORT = "import", _("Record brought in by a file")
    CLASS = "class", _("Attended class")
    LESSONS = "lessons", _("Lessons followed as practice")


class FactKind(TextChoices):
    """What the log of a person's way through a course may say."""

    LESSON = "lesson", _("Lesson finished")
    ACTIVITY = "activity", _("Activity finished")
    ATTEMPT = "attempt", _("Exam attempt closed")
    REOPENED = "reopened", _("Exam attempt opened again")
    LESSONS = "lessons", _("All lessons finished")
    COMPLETED = "completed", _("Completion written")


class DecisionKind(TextChoices):
    """What an officer and a second person may decide about a completion."""

    RECOGNISE = "recognise", _("Recognise")
    REFUSE = "refuse", _("Refuse to recognise")
    HOURS = "hours", _("Correct the periods")


class DriftKind(TextChoices):
    """What is stored otherwise than its facts say."""

    LESSON = "lesson", _("Lesson finished")
    ACTIVITY = "activity", _("Activity finished")
    ATTEMPT = "attempt", _("Result of an exam attempt")
    GRADING = "grading", _("Marks of an exam attempt")
    FINISHED = "finished", _("End of an enrolment")
    COMPLETION = "completion", _("Completion")
    DECISION = "decision", _("Decision without a second person")
    CERTIFICATE = "certificate", _("Certificate")


class QuestionKind(TextChoices):
    """What a question asks of a learner; `courses.questions` holds what each type can do."""

    SINGLE = "single", _("One right option")
    MULTIPLE = "multiple", _("Several right options")
    TRUE_FALSE = "true_false", _("True or false")
    MATCHING = "matching", _("Matching")
    ORDERING = "ordering", _("Ordering")
    NUMERIC = "numeric", _("Number")
    SHORT_TEXT = "short_text", _("Short text")
    BLANKS = "blanks", _("Fill in the blanks")
    CASE = "case", _("Case with several questions")
    SPREADSHEET = "spreadsheet", _("Spreadsheet task")


class Difficulty(IntegerChoices):
    """How hard a question is, in its author's judgement; statistics tell how hard it was."""

    EASY = 1, _("Easy")
    MEDIUM = 2, _("Medium")
    HARD = 3, _("Hard")


class QuestionState(TextChoices):
    """An exam draws reviewed questions only. A reviewed one is never rewritten: a change is the next version."""

    DRAFT = "draft", _("Draft")
    REVIEWED = "reviewed", _("Reviewed")
    RETIRED = "retired", _("Retired")
