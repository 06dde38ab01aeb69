"""Forms about the tree of agencies and its changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.changes.checks import YEARS
from lms.people.models import OrganisationChange
from lms.people.organisation import Organisation
from lms.people.rules import Scope

Kind = OrganisationChange.Kind
Choice = tuple[str, str]


# A district of 2025 went into as many as nine communes.
MOST_PARTS = 20


class DayField(forms.DateField):
    """A day of the calendar, between years in which agencies can be."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], **kwargs)
        self.error_messages["invalid"] = gettext_lazy(
            "This is no day of the calendar; write 2025-12-31 or 31/12/2025."
        )

    def clean(self, value: Any) -> date | None:
        """Refuse slips of the pen."""
        day: date | None = super().clean(value)
        if day is not None and day.year not in YEARS:
            raise ValidationError(
                _("The day must lie between the years %(first)d and %(last)d.")
                % {"first": YEARS.start, "last": YEARS.stop - 1}
            )
        return day


class TreeForm(forms.Form):
    """Which day's tree is shown, and what is looked for in it."""

    on = DayField(label=gettext_lazy("The tree on"), required=False)
    q = forms.CharField(label=gettext_lazy("Name or code"), required=False, max_length=100)


class StartForm(forms.Form):
    """What kind of change, and from which day."""

    kind = forms.ChoiceField(label=gettext_lazy("What the decree does"), choices=Kind.choices)
    on = DayField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy("The first day on which the new organisation holds."),
    )
    agency = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AgencyForm(forms.Form):
    """Which one agency changes."""

    agency = forms.ChoiceField(label=gettext_lazy("Agency"))

    parts = forms.IntegerField(
        label=gettext_lazy("Into how many"), min_value=2, max_value=MOST_PARTS, initial=2, required=False
    )

    def __init__(self, *args: Any, kind: str, tree: Organisation, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != Kind.SPLIT:
            del self.fields["parts"]
        self.fields["agency"].choices = [("", "—"), *tree_choices(tree, scope)]  # type: ignore[attr-defined]


def tree_choices(tree: Organisation, scope: Scope) -> Iterator[Choice]:
    """Yield the agencies of the tree within reach, each after the one above, with its code."""

    def walk(agency_id: int, depth: int) -> Iterator[Choice]:
        reached = scope.covers(agency_id)
        if reached:
            yield str(agency_id), f"{'– ' * depth}{tree.name(agency_id)} ({tree.code(agency_id)})"
        for child in tree.children(agency_id):
            yield from walk(child, depth + reached)

    for root in tree.roots():
        yield from walk(root, 0)


class ReasonForm(forms.Form):
    """Why a change is undone."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class StaffListForm(forms.Form):
    """The list by which the staff is split."""

    file = forms.FileField(
        label=gettext_lazy("CSV or XLSX file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )
