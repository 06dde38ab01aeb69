"""The steps of a case that are one form each: which event, which form, which action, in which words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inspections.actions import course, work_plan
from inspections.forms.course import (
    AnnounceForm,
    HandOverForm,
    LooseStopForm,
    NoForm,
    PaperForm,
    ReasonForm,
    ResultForm,
    StepForm,
    StopForm,
    WorkPlanForm,
)
from inspections.states import Event


@dataclass(frozen=True)
class Step:
    """One step of the course: its event, form, action and words."""

    event: Event
    form: type[StepForm]
    action: Callable[..., Any]
    title: Promise
    done: Promise


STEPS: dict[str, Step] = {
    "plan": Step(
        Event.SUBMIT_PLAN,
        WorkPlanForm,
        work_plan.submit_plan,
        _("Submit the work plan"),
        _("The work plan is submitted to the signer of the decision."),
    ),
    "approve-plan": Step(
        Event.APPROVE_PLAN,
        NoForm,
        work_plan.approve_plan,
        _("Approve the work plan"),
        _("The work plan is approved."),
    ),
    "send-back-plan": Step(
        Event.SEND_BACK_PLAN,
        ReasonForm,
        work_plan.send_back_plan,
        _("Send the work plan back"),
        _("The work plan is sent back to the leader."),
    ),
    "announce": Step(
        Event.ANNOUNCE,
        AnnounceForm,
        course.announce,
        _("Announce the decision"),
        _("The decision is announced: the clock runs."),
    ),
    "extend": Step(Event.EXTEND, PaperForm, course.extend, _("Extend once"), _("The time is extended.")),
    "hand-over": Step(
        Event.HAND_OVER,
        HandOverForm,
        course.hand_over,
        _("Hand a violation over"),
        _("It is recorded that the violation was handed over."),
    ),
    "result": Step(
        Event.ISSUE_RESULT,
        ResultForm,
        course.issue_result,
        _("Enter the result document"),
        _("The result document is recorded."),
    ),
    "no-result": Step(
        Event.WAIVE_RESULT,
        ReasonForm,
        course.waive_result,
        _("Do without a result document"),
        _("It is recorded that no result document is needed."),
    ),
    "complete": Step(
        Event.COMPLETE,
        NoForm,
        course.complete,
        _("Complete the inspection"),
        _("The inspection is completed."),
    ),
    "suspend": Step(
        Event.SUSPEND,
        StopForm,
        course.suspend,
        _("Suspend"),
        _("The inspection is suspended: the clock stands still."),
    ),
    "resume": Step(
        Event.RESUME,
        LooseStopForm,
        course.resume,
        _("Resume"),
        _("The inspection goes on, its last day is moved."),
    ),
    "terminate": Step(
        Event.TERMINATE, StopForm, course.terminate, _("Terminate"), _("The inspection is terminated.")
    ),
    "cancel": Step(
        Event.CANCEL,
        LooseStopForm,
        course.cancel,
        _("Cancel the inspection"),
        _("The inspection is cancelled."),
    ),
}
GRAVE = ("terminate", "cancel")
BESIDE = (
    "approve-plan",
    "send-back-plan",
    "extend",
    "hand-over",
    "no-result",
    "suspend",
    "terminate",
    "cancel",
)
