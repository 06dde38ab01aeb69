"""Deciding about a completion needs two: one proposes, another approves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.actions.decisions import DECISION, PERMISSION, decide
from courses.models import Decision
from courses.rules import Refused
from courses.states import DecisionKind
from lms.people.approvals import Kind, NotPossible
from lms.people.models import Approval, Person


def _decide(approval: Approval, by: Person) -> Decision:
    try:
        return decide(approval=approval, by=by)
    except Refused as refusal:
        raise NotPossible(str(refusal)) from refusal


def _show(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    said = [(_("Decision"), str(DecisionKind(payload["decision"]).label))]
    if payload["hours"]:
        said.append((_("Right number of periods"), str(payload["hours"])))
    if payload["reference"]:
        said.append((_("Document it rests on"), str(payload["reference"])))
    if payload["file_sha256"]:
        said.append((_("Evidence (SHA-256)"), str(payload["file_sha256"])))
    return said


def _url(approval: Approval) -> str:
    return reverse("training_record", args=[approval.target_id])


KIND = Kind(
    DECISION,
    name=gettext_lazy("Decide about a completion"),
    permission=PERMISSION,
    execute=_decide,
    show=_show,
    url=_url,
)
