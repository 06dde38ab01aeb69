"""Forms about corrections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.actions.corrections import Refused, read_value
from lms.people.models import CorrectionRequest

EVIDENCE_LIMIT = 5 * 1024 * 1024
# What a file begins with says what it is; its name says anything.
BEGINNINGS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}


def document_only(file: UploadedFile) -> UploadedFile:
    """Return an uploaded document under a name of ours. Raises ValidationError for what is too large or none."""
    if (file.size or 0) > EVIDENCE_LIMIT:
        raise forms.ValidationError(_("The file is larger than 5 MB."))
    start = file.read(16)
    file.seek(0)
    kind = next((kind for begin, kind in BEGINNINGS.items() if start.startswith(begin)), None)
    if kind is None:
        raise forms.ValidationError(_("The file is no PDF, JPG or PNG."))
    file.name = f"evidence.{kind}"  # the sender's name for it may hold a number
    return file


class CorrectionForm(forms.Form):
    """What is wrong, and how it should be."""

    field = forms.ChoiceField(label=gettext_lazy("What is wrong"), choices=CorrectionRequest.Field.choices)
    new_value = forms.CharField(
        label=gettext_lazy("As it should be"),
        max_length=300,
        help_text=gettext_lazy("A day as 31/12/1990; a gender as nam or nữ; otherwise in your own words."),
    )
    explanation = forms.CharField(
        label=gettext_lazy("Explanation"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence = forms.FileField(
        label=gettext_lazy("Evidence"),
        required=False,
        help_text=gettext_lazy("A PDF, JPG or PNG of up to 5 MB. Only HR of your agency can open it."),
    )

    def clean_evidence(self) -> UploadedFile | None:
        """Refuse what is too large or no document."""
        file: UploadedFile | None = self.cleaned_data["evidence"]
        return document_only(file) if file else None

    def clean(self) -> dict[str, Any]:
        """Let the value be readable where accepting will write it."""
        data = super().clean() or {}
        if data.get("field") in CorrectionRequest.APPLIED and data.get("new_value"):
            try:
                read_value(data["field"], data["new_value"])
            except Refused as refusal:
                self.add_error("new_value", str(refusal))
        return data


class AnswerForm(forms.Form):
    """HR's answer."""

    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Needed for refusing, and to say where something was set right that accepting does not change."
        ),
    )
