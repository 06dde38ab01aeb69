"""What is decided about a completion, and what a person says of a difference."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from courses.states import DecisionKind
from lms.people.forms.corrections import document_only


class DecisionForm(forms.Form):
    """What is to be decided about a completion, why, and on what evidence."""

    decision = forms.ChoiceField(label=gettext_lazy("Decision"), choices=DecisionKind.choices)
    hours = forms.DecimalField(
        label=gettext_lazy("Right number of periods"),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=6,
        decimal_places=2,
        help_text=gettext_lazy("Only where the periods are corrected."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    reference = forms.CharField(
        label=gettext_lazy("Document it rests on"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Its number, date and who signed it."),
    )
    evidence = forms.FileField(
        label=gettext_lazy("Evidence"),
        required=False,
        help_text=gettext_lazy("A PDF, JPG or PNG of up to 5 MB. Only who decides can open it."),
    )

    def clean_evidence(self) -> UploadedFile | None:
        """Refuse what is too large or no document."""
        file: UploadedFile | None = self.cleaned_data["evidence"]
        return document_only(file) if file else None

    def clean(self) -> dict[str, Any]:
        """Periods belong to a correction and to nothing else."""
        data = super().clean() or {}
        if data.get("decision") != DecisionKind.HOURS:
            data["hours"] = None
        return data


class DriftAnswerForm(forms.Form):
    """What a person says of a difference."""

    answer = forms.CharField(
        label=gettext_lazy("What became of it"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
