"""The register of inspected parties."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.forms.choices import DayInput
from inspections.models import Subject
from inspections.words import SuccessionKind
from lms.base.dates import today


class SubjectForm(forms.ModelForm):
    """One subject, as it is called today."""

    since = forms.DateField(
        label=_("Name or address changed on"),
        required=False,
        widget=DayInput(),
        help_text=_("Then the former name stays on record. Leave it empty to correct a mistake."),
    )

    class Meta:
        model = Subject
        fields = ("kind", "identifier", "name", "address", "representative", "ended_on")
        widgets = {"ended_on": DayInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["since"]

    def _post_clean(self) -> None:
        """Leave the checking of the whole to the action, which alone writes."""


class PremiseForm(forms.Form):
    """One place where a subject works."""

    name = forms.CharField(label=_("Name of the place"), max_length=200, required=False)
    address = forms.CharField(label=_("Address"), max_length=300)
    valid_from = forms.DateField(label=_("From"), widget=DayInput(), initial=today)


class SubjectField(forms.CharField):
    """A subject named by its number."""

    def clean(self, value: Any) -> Any:
        """Return the subject; refuse a number the register does not hold."""
        number = super().clean(value)
        found = Subject.objects.filter(identifier=number).first()
        if found is None:
            raise forms.ValidationError(_("The register of inspected parties holds no such number."))
        return found


class SuccessionForm(forms.Form):
    """How a subject went on as another."""

    successor = SubjectField(label=_("Number of the successor"), max_length=40)
    kind = forms.ChoiceField(label=_("How it went on"), choices=SuccessionKind)
    on = forms.DateField(label=_("From"), widget=DayInput(), initial=today)


class SubjectPairForm(forms.Form):
    """What two alike rows are."""

    FIRST, SECOND, APART = "first", "second", "apart"

    decision = forms.ChoiceField(
        label=_("What they are"),
        choices=(
            (FIRST, _("One subject: keep the first")),
            (SECOND, _("One subject: keep the second")),
            (APART, _("Two subjects")),
        ),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(forms.Form):
    """A reason alone."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
