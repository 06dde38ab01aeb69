"""What an auditor looks for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.base.audit.labels import action_choices, kind_choices
from lms.people.forms.roles import AgencyCodeField
from lms.people.words import looks_like_number


class DayField(forms.DateField):
    """A day of the calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AuditForm(forms.Form):
    """Who did what to which record, where and when. It stands in the address, so it takes no personal number."""

    who = forms.CharField(label=gettext_lazy("Who (name)"), required=False, max_length=100)
    action = forms.ChoiceField(label=gettext_lazy("Action"), required=False)
    target_type = forms.ChoiceField(label=gettext_lazy("Kind of record"), required=False)
    agency = AgencyCodeField(label=gettext_lazy("Agency (code)"), required=False, max_length=40)
    since = DayField(label=gettext_lazy("From"), required=False)
    until = DayField(label=gettext_lazy("To (last day)"), required=False)
    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)
    # Links from an event: everything of this person, everything of this record.
    actor = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    target_id = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("All"))]
        self.fields["action"].choices = everything + action_choices()  # type: ignore[attr-defined]
        self.fields["target_type"].choices = everything + kind_choices()  # type: ignore[attr-defined]

    def clean_who(self) -> str:
        """Refuse what is a personal number."""
        return _no_number(self.cleaned_data["who"])

    def clean_q(self) -> str:
        """Refuse what is a personal number."""
        return _no_number(self.cleaned_data["q"])


def _no_number(text: str) -> str:
    if looks_like_number(text):
        raise ValidationError(
            _("Personal numbers are not searched here: find the person in the directory, then the events.")
        )
    return text.strip()
