"""Forms of the steps of a case; each is one action."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.actions.gate import Paper
from inspections.forms.choices import DayInput, MomentInput
from inspections.models import Minutes
from lms.base.dates import today

SHORT = {"rows": 3}
OF_A_REFUSAL = ("refusal_reason", "witness_kind", "witness_name", "witness_title")


class StepForm(forms.Form):
    """One step of a case; its facts are what the action takes."""

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        return dict(self.cleaned_data)


class AnnounceForm(StepForm):
    """The announcement."""

    announced_on = forms.DateField(label=_("Announced on"), widget=DayInput(), initial=today)
    place = forms.CharField(label=_("Place of the announcement"), max_length=300, required=False)
    flagrant = forms.BooleanField(
        label=_("Caught in the act, not announced"),
        required=False,
        help_text=_("The clock starts all the same (NĐ 217/2025, Điều 15.1)."),
    )


class ReasonForm(StepForm):
    """A step that needs nothing but its reason."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs=SHORT))


class PaperForm(ReasonForm):
    """A step with its reason and the document it rests on."""

    paper_needed = True

    paper_number = forms.CharField(
        label=_("Number of the document"), max_length=60, help_text=_("As the registry gave it.")
    )
    paper_on = forms.DateField(label=_("Date of the document"), widget=DayInput(), initial=today)
    paper_file = forms.FileField(
        label=_("The signed document (PDF)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("paper_number", "paper_on"):
            self.fields[name].required = self.paper_needed

    def facts(self) -> dict[str, Any]:
        """Return what the action takes; the paper in one piece."""
        facts = super().facts()
        number, on, file = (facts.pop(name, None) for name in ("paper_number", "paper_on", "paper_file"))
        facts["paper"] = Paper(number, on or today(), file) if number else None
        return facts


class StopForm(PaperForm):
    """A stop: with the day from which it counts."""

    on = forms.DateField(label=_("From the day"), widget=DayInput(), initial=today)


class LooseStopForm(StopForm):
    """A stop that may do without a document."""

    paper_needed = False


class HandOverForm(PaperForm):
    """A violation handed over."""

    recipient = forms.CharField(label=_("Handed over to"), max_length=200)


class WorkPlanForm(StepForm):
    """The contents of Điều 14 NĐ 217/2025."""

    aims = forms.CharField(label=_("Aims and requirements"), widget=forms.Textarea(attrs=SHORT))
    content = forms.CharField(label=_("Content to be inspected"), widget=forms.Textarea(attrs=SHORT))
    schedule = forms.CharField(label=_("Time and place"), widget=forms.Textarea(attrs=SHORT))
    assignments = forms.CharField(label=_("Who does what"), widget=forms.Textarea(attrs=SHORT))
    resources = forms.CharField(label=_("Means"), required=False, widget=forms.Textarea(attrs=SHORT))


class NoForm(StepForm):
    """A step that needs nothing but the hand."""


class ResultForm(StepForm):
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
            "refusal_reason",
            "witness_kind",
            "witness_name",
            "witness_title",
        )
        widgets = {
            "others": forms.Textarea(attrs=SHORT),
            "conclusion": forms.Textarea(attrs=SHORT),
            "opinion": forms.Textarea(attrs=SHORT),
            "refusal_reason": forms.Textarea(attrs=SHORT),
        }
        help_texts = {
            "others": _("One person a line."),
            "refused": _(
                "Then a representative of the commune or a witness signs (NĐ 217/2025, Điều 15.3.a)."
            ),
        }

    def clean(self) -> dict[str, Any]:
        """Ask for what a refusal needs at its own field; take what belongs to none."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("refused"):
            return data | dict.fromkeys(OF_A_REFUSAL, "")
        for name in OF_A_REFUSAL:
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("Needed where the subject refuses to sign."))
        return data
