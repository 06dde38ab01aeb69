"""Forms of the steps of a case; each is one action."""

from __future__ import annotations

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.forms.choices import DayInput, MomentInput
from inspections.models import Minutes
from lms.base.dates import today

SHORT = {"rows": 3}


class AnnounceForm(forms.Form):
    """The announcement."""

    announced_on = forms.DateField(label=_("Announced on"), widget=DayInput(), initial=today)
    place = forms.CharField(label=_("Place of the announcement"), max_length=300, required=False)
    flagrant = forms.BooleanField(
        label=_("Caught in the act, not announced"),
        required=False,
        help_text=_("The clock starts all the same (NĐ 217/2025, Điều 15.1)."),
    )


class ReasonForm(forms.Form):
    """A step that needs nothing but its reason."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs=SHORT))


class NoForm(forms.Form):
    """A step that needs nothing but the hand."""


class ResultForm(forms.Form):
    """The result document."""

    number = forms.CharField(
        label=_("Number"), max_length=60, help_text=_("As the registry gave it, e.g. 22/TB-SKHCN.")
    )
    issued_on = forms.DateField(label=_("Issued on"), widget=DayInput(), initial=today)
    signer_name = forms.CharField(label=_("Signer's name"), max_length=200, required=False)
    summary = forms.CharField(label=_("Summary"), required=False, widget=forms.Textarea(attrs=SHORT))


class EvidenceForm(forms.Form):
    """One file that proves."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Photo, PDF or MP4 video, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf,video/mp4"}),
    )
    caption = forms.CharField(label=_("What it shows"), max_length=300, required=False)
    uuid = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid.uuid4)


class MinutesForm(forms.ModelForm):
    """The minutes of one subject."""

    started_at = forms.DateTimeField(label=_("Begun"), widget=MomentInput())
    ended_at = forms.DateTimeField(label=_("Ended"), widget=MomentInput())

    class Meta:
        model = Minutes
        fields = (
            "started_at",
            "ended_at",
            "place",
            "representative",
            "representative_title",
            "others",
            "conclusion",
            "opinion",
            "refused",
            "witness_kind",
            "witness_name",
            "witness_title",
        )
        widgets = {
            "others": forms.Textarea(attrs=SHORT),
            "conclusion": forms.Textarea(attrs=SHORT),
            "opinion": forms.Textarea(attrs=SHORT),
        }
        help_texts = {
            "others": _("One person a line."),
            "refused": _(
                "Then a representative of the commune or a witness signs (NĐ 217/2025, Điều 15.3.a)."
            ),
        }
