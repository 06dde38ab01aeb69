"""A second inspection of a business in a year needs two: the signer asks, another approves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspections.actions.once_a_year import PERMISSION, SECOND_INSPECTION, grant_second_inspection
from inspections.models import YearOverride
from lms.people.approvals import Kind, NotPossible
from lms.people.models import Approval, Person


def _grant(approval: Approval, by: Person) -> YearOverride:
    override = YearOverride.objects.select_for_update(of=("self",)).get(pk=approval.target_id)
    try:
        return grant_second_inspection(by=by, override=override)
    except ValidationError as refusal:
        raise NotPossible(" ".join(refusal.messages)) from refusal


def _show(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (_("Inspected party"), str(payload["subject"])),
        (_("Field"), str(payload["field"])),
        (_("Year"), str(payload["year"])),
        (_("Clear signs of violation"), str(payload["signs"])),
    ]


def _url(approval: Approval) -> str:
    return reverse("inspections:second", args=[approval.target_id])


KIND = Kind(
    SECOND_INSPECTION,
    name=gettext_lazy("A second inspection of a business in a year"),
    permission=PERMISSION,
    execute=_grant,
    show=_show,
    url=_url,
)
