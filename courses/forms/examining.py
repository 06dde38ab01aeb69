"""What an examiner sends."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.base.forms import ReasonForm


class ExtraTimeForm(ReasonForm):
    """More time in every attempt to come: in % or in minutes."""

    percent = forms.IntegerField(label=_("Extra time in percent"), min_value=0, max_value=300, initial=0)
    minutes = forms.IntegerField(label=_("Extra time in minutes"), min_value=0, max_value=600, initial=0)
    field_order = ("percent", "minutes", "reason")


class MinutesForm(ReasonForm):
    """More time for one attempt."""

    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600)
    field_order = ("minutes", "reason")


class ExtraAttemptsForm(ReasonForm):
    """More attempts than the exam allows."""

    count = forms.IntegerField(label=_("Extra attempts"), min_value=1, max_value=10, initial=1)
    field_order = ("count", "reason")


class SampleForm(ReasonForm):
    """How many passed attempts are drawn by lot."""

    count = forms.IntegerField(label=_("How many are drawn by lot"), min_value=1, max_value=1000)
    field_order = ("count", "reason")


class NoteForm(forms.Form):
    """What an examiner says of what was noticed."""

    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        help_text=_("What you looked at and what you make of it. Kept with the attempt."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
