"""The acts on a version of a plan that are one form each: which event, which form, which action, in which words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from inspections.actions import plans as acts
from inspections.forms.course import PaperForm, ReasonForm
from inspections.forms.plan import ApproveForm, PublishForm, SendForm
from inspections.models import PlanVersion
from inspections.plan_states import PlanEvent
from inspections.rules import has_drafted, may_plan


@dataclass(frozen=True)
class Act:
    """One act on a version: its event, form, action and words."""

    event: PlanEvent
    form: type[forms.Form]
    action: Callable[..., PlanVersion]
    done: Promise | Any
    grave: bool = False


ACTS: dict[str, Act] = {
    "send": Act(
        PlanEvent.SEND, SendForm, acts.send_plan, gettext_lazy("The plan is sent: other agencies see it now.")
    ),
    "approve": Act(
        PlanEvent.APPROVE, ApproveForm, acts.approve_plan_version, gettext_lazy("The plan is approved.")
    ),
    "return": Act(
        PlanEvent.RETURN, ReasonForm, acts.return_plan, gettext_lazy("The plan is a draft again."), grave=True
    ),
    "publish": Act(
        PlanEvent.PUBLISH, PublishForm, acts.publish_plan, gettext_lazy("The plan is numbered and published.")
    ),
    "renew": Act(
        PlanEvent.RENEW,
        PaperForm,
        acts.renew_plan,
        gettext_lazy("A new version is drafted: the one in force stays until it is approved."),
        grave=True,
    ),
}


def offered_acts(
    person: Any, version: PlanVersion, wrong: str = "", form: Any = None
) -> list[tuple[str, Any, Any, bool]]:
    """Return what this person may do with the version: name, words, form, whether it is grave."""
    found = []
    for slug, act in ACTS.items():
        if not may_plan(person, act.event, version):
            continue
        if slug == "approve" and has_drafted(person, version):
            continue
        if slug == "renew" and any(one.number > version.number for one in version.plan.versions.all()):
            continue
        found.append((slug, act.event.label, form if slug == wrong else act.form(prefix=slug), act.grave))
    return found
