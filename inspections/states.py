"""The life of an inspection as a table a lawyer can check, and the words its records use.

Law: NĐ 217/2025/NĐ-CP (kiểm tra chuyên ngành). Each transition has one action of the same name;
docs/inspection-states.md prints this table, and a test keeps the two alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import IntegerChoices, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inspections.words import PaperType


class Act(TextChoices):
    """What the case is in law: only kiểm tra counts in the digital share."""

    KT = "KT", _("Inspection (kiểm tra)")
    TT = "TT", _("State inspectorate case (thanh tra)")
    DANG = "DANG", _("Party inspection")


class Status(TextChoices):
    PLANNED = "PLANNED", _("Planned")
    IN_PROGRESS = "IN_PROGRESS", _("In progress")
    SUSPENDED = "SUSPENDED", _("Suspended")
    TERMINATED = "TERMINATED", _("Terminated")
    CANCELLED = "CANCELLED", _("Cancelled")
    COMPLETED = "COMPLETED", _("Completed")


class Method(TextChoices):
    ONSITE = "ONSITE", _("On site")
    REMOTE = "REMOTE", _("Online or remote")
    MIXED = "MIXED", _("Partly on site, partly online")


class Origin(TextChoices):
    """Where the records are: run here (steps derived) or registered from elsewhere (steps declared)."""

    SYSTEM = "SYSTEM", _("Run in this system")
    REGISTERED = "REGISTERED", _("Registered")


class SubjectKind(TextChoices):
    DN = "DN", _("Company")
    HKD = "HKD", _("Household business")
    CNKD = "CNKD", _("Individual trader")
    CQNN = "CQNN", _("State body")
    OTHER = "OTHER", _("Other")


class Mark(TextChoices):
    """How one step was done."""

    DIGITAL = "D", _("Done in the system in time")
    PAPER = "P", _("On paper, or entered late")
    NONE = "N", _("Not required or not yet due")


class Verdict(TextChoices):
    FULL = "FULL", _("Fully digital")
    PARTIAL = "PARTIAL", _("Partly digital")
    PAPER = "PAPER", _("On paper")


class Step(IntegerChoices):
    """The five steps of each inspected subject, in order."""

    DECISION = 1, _("Decision and plan")
    ANNOUNCEMENT = 2, _("Announcement and collection of documents")
    CHECKLIST = 3, _("Checklist and findings")
    MINUTES = 4, _("Minutes of the inspection")
    RESULT = 5, _("Result document")


class Ground(TextChoices):
    """Why an inspection may be opened: Điều 11.2 NĐ 217/2025."""

    SIGNS = "SIGNS", _("Signs of violation or an incident")
    ORDER = "ORDER", _("Order or request of a competent authority")
    PLAN = "PLAN", _("Approved thematic plan")


class Duty(TextChoices):
    LEADER = "LEADER", _("Team leader")
    DEPUTY = "DEPUTY", _("Deputy leader")
    MEMBER = "MEMBER", _("Member")
    SECRETARY = "SECRETARY", _("Secretary")


class DayMode(TextChoices):
    CALENDAR = "calendar", _("Calendar days")
    WORKING = "working", _("Working days")


class Event(TextChoices):
    OPEN = "open", _("Open the decision")
    REGISTER = "register", _("Register a paper inspection")
    FORM_TEAM = "form_team", _("Form the team")
    SUBMIT_PLAN = "submit_plan", _("Submit the work plan")
    APPROVE_PLAN = "approve_plan", _("Approve the work plan")
    SEND_BACK_PLAN = "send_back_plan", _("Send the work plan back")
    ANNOUNCE = "announce", _("Announce the decision")
    EXTEND = "extend", _("Extend once")
    CHANGE_TEAM = "change_team", _("Change the team")
    REQUEST = "request", _("Request documents")
    RECORD = "record", _("Fill the checklist, add evidence")
    LOCK_MINUTES = "lock_minutes", _("Lock the minutes")
    HAND_OVER = "hand_over", _("Hand a violation over")
    ISSUE_RESULT = "issue_result", _("Issue the result document")
    WAIVE_RESULT = "waive_result", _("Do without a result document")
    COMPLETE = "complete", _("Complete the inspection")
    SUSPEND = "suspend", _("Suspend")
    RESUME = "resume", _("Resume")
    TERMINATE = "terminate", _("Terminate")
    CANCEL = "cancel", _("Cancel")


class Who(TextChoices):
    """Whose hand an event needs."""

    RUNNER = "runner", _("An inspector of the lead agency or a member of the team")
    OFFICE = "office", _("An inspector or head of the lead agency")
    LEADER = "leader", _("The team leader only")
    SIGNER = "signer", _("The signer of the decision or the head of the lead agency")
    CLERK = "clerk", _("A registry clerk or inspector of the lead agency")


# The permissions at the lead agency that give a hand; the team and the signer have theirs by relation.
PERMISSIONS: dict[Who, tuple[str, ...]] = {
    Who.RUNNER: ("inspections.run",),
    Who.OFFICE: ("inspections.run", "inspections.sign"),
    Who.LEADER: (),
    Who.SIGNER: ("inspections.sign",),
    Who.CLERK: ("inspections.register", "inspections.run"),
}


@dataclass(frozen=True)
class Transition:
    """One row of the table: from where, by what, to where, by whom, what must exist, which article.

    `reason`: it is refused without one. `paper`: the document it rests on, refused without its number and date.
    A row without target leaves the status as it is (for a registration: as it is told).
    """

    event: Event
    sources: tuple[Status | None, ...]
    target: Status | None
    who: Who
    needs: Promise
    article: str
    reason: bool = False
    paper: PaperType | None = None

    def ends(self, source: Status | None) -> tuple[Status, ...]:
        """Return the statuses in which the case may stand afterwards."""
        if self.target is not None:
            return (self.target,)
        return (source,) if source is not None else tuple(Status)


_P, _R, _S = Status.PLANNED, Status.IN_PROGRESS, Status.SUSPENDED
_217 = "NĐ 217/2025"

TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        Event.OPEN, (None,), _P, Who.OFFICE, _("The five contents of a decision"), f"{_217}, Điều 11.2, 11.3"
    ),
    Transition(
        Event.REGISTER, (None,), None, Who.CLERK, _("The number of the decision"), "NĐ 30/2020, Điều 15"
    ),
    Transition(
        Event.FORM_TEAM,
        (_P,),
        _P,
        Who.OFFICE,
        _("A leader; the signer is not in the team; nobody with a conflict of interest"),
        f"{_217}, Điều 12.2",
    ),
    Transition(
        Event.SUBMIT_PLAN, (_P, _R), None, Who.LEADER, _("The contents of a work plan"), f"{_217}, Điều 14"
    ),
    Transition(
        Event.APPROVE_PLAN, (_P, _R), None, Who.SIGNER, _("A submitted work plan"), f"{_217}, Điều 14"
    ),
    Transition(
        Event.SEND_BACK_PLAN,
        (_P, _R),
        None,
        Who.SIGNER,
        _("A submitted work plan"),
        f"{_217}, Điều 14",
        reason=True,
    ),
    Transition(
        Event.ANNOUNCE,
        (_P,),
        _R,
        Who.RUNNER,
        _("A team with a leader; an approved work plan where the kind asks for one"),
        f"{_217}, Điều 13, 15.1",
    ),
    Transition(
        Event.EXTEND,
        (_R,),
        _R,
        Who.SIGNER,
        _("Once only, before the last day, by the days of the level"),
        f"{_217}, Điều 13",
        reason=True,
        paper=PaperType.EXTENSION,
    ),
    Transition(
        Event.CHANGE_TEAM,
        (_R, _S),
        None,
        Who.SIGNER,
        _("A leader; the signer is not in the team; nobody with a conflict of interest"),
        f"{_217}, Điều 12.2, 7.2.đ",
        reason=True,
        paper=PaperType.TEAM_CHANGE,
    ),
    Transition(
        Event.REQUEST,
        (_R,),
        _R,
        Who.LEADER,
        _("A signed and numbered list; minutes of the subject not yet locked"),
        f"{_217}, Điều 15.2, 15.4",
        paper=PaperType.REQUEST,
    ),
    Transition(
        Event.RECORD,
        (_R,),
        _R,
        Who.RUNNER,
        _("Minutes of the subject not yet locked"),
        f"{_217}, Điều 15.2, 15.4",
    ),
    Transition(
        Event.LOCK_MINUTES,
        (_R,),
        _R,
        Who.LEADER,
        _("A finalised checklist for the subject"),
        f"{_217}, Điều 15.3.a",
    ),
    Transition(
        Event.HAND_OVER,
        (_R, _S),
        None,
        Who.SIGNER,
        _("To whom it goes"),
        f"{_217}, Điều 15.3.c, 15.3.d",
        reason=True,
        paper=PaperType.HAND_OVER,
    ),
    Transition(
        Event.ISSUE_RESULT,
        (_R,),
        _R,
        Who.OFFICE,
        _("Locked minutes for every subject"),
        f"{_217}, Điều 15.3.đ",
    ),
    Transition(
        Event.WAIVE_RESULT,
        (_R,),
        _R,
        Who.LEADER,
        _("A kind that allows it"),
        f"{_217}, Điều 15.3.đ",
        reason=True,
    ),
    Transition(
        Event.COMPLETE,
        (_R,),
        Status.COMPLETED,
        Who.RUNNER,
        _("Locked minutes for every subject and the result document where one is required"),
        f"{_217}, Điều 15.3.đ",
    ),
    Transition(
        Event.SUSPEND,
        (_R,),
        _S,
        Who.SIGNER,
        _("Force majeure; the clock stops"),
        f"{_217}, Điều 7.2.đ",
        reason=True,
        paper=PaperType.SUSPENSION,
    ),
    Transition(
        Event.RESUME,
        (_S,),
        _R,
        Who.SIGNER,
        _("The clock goes on, the days between are not counted"),
        f"{_217}, Điều 7.2.đ",
        reason=True,
    ),
    Transition(
        Event.TERMINATE,
        (_R, _S),
        Status.TERMINATED,
        Who.SIGNER,
        _("The subject is gone, prosecuted or under thanh tra, or it was ordered"),
        f"{_217}, Điều 7.2.đ",
        reason=True,
        paper=PaperType.TERMINATION,
    ),
    Transition(
        Event.CANCEL,
        (_P,),
        Status.CANCELLED,
        Who.SIGNER,
        _("Not yet announced"),
        f"{_217}, Điều 7.2.đ",
        reason=True,
    ),
)
BY_EVENT: dict[Event, Transition] = {row.event: row for row in TRANSITIONS}
# What is written so often that its own rows are its log.
UNLOGGED = frozenset({Event.RECORD})

# Statuses after which nothing changes any more.
CLOSED = frozenset({Status.COMPLETED, Status.TERMINATED, Status.CANCELLED})
# Before the announcement no party is asked for anything; a case ended without a result asks for nothing any more.
OPEN_TO_PARTIES = (Status.IN_PROGRESS, Status.SUSPENDED, Status.COMPLETED)
# Subjects whom NQ 198/2025/QH15 Điều 4 protects from a second inspection in a year.
PROTECTED_SUBJECTS = frozenset({SubjectKind.DN, SubjectKind.HKD, SubjectKind.CNKD})


def events_from(status: Status | None) -> tuple[Event, ...]:
    """List the events that may happen to an inspection in this status."""
    return tuple(row.event for row in TRANSITIONS if status in row.sources)


def passages() -> Iterator[tuple[Event, str, str]]:
    """Yield every (event, from, to) that the log of a case may hold; from nothing is an empty word."""
    for row in TRANSITIONS:
        if row.event not in UNLOGGED:
            for source in row.sources:
                yield from ((row.event, source or "", target) for target in row.ends(source))
