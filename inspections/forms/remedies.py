"""Forms of findings and remedies."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.forms.choices import DayInput
from inspections.forms.course import EvidenceForm
from inspections.models import Finding, LegalBasis, Remedy

SHORT = {"rows": 3}


class FindingForm(forms.ModelForm):
    """What the team says of one finding."""

    class Meta:
        model = Finding
        fields = ("severity", "words", "article", "basis", "about_skills", "evidence")
        widgets = {"words": forms.Textarea(attrs=SHORT), "evidence": forms.CheckboxSelectMultiple()}
        help_texts = {
            "article": _(
                "As the minutes and the result document cite it, e.g. Điều 9 Nghị định số 85/2016/NĐ-CP."
            ),
            "basis": _("Texts in force on the day of the inspection."),
            "about_skills": _("Then a course can be proposed to named staff of the body."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        finding = self.instance
        evidence = finding.subject.evidence.all()
        self.fields["evidence"].queryset = evidence  # type: ignore[attr-defined]
        if not evidence:
            del self.fields["evidence"]
        kept = LegalBasis.objects.filter(pk=finding.basis_id)
        bases = LegalBasis.objects.in_force(finding.record.examined_on) | kept
        self.fields["basis"].queryset = bases  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """Leave the row as it is: the action writes it."""


class RemedyForm(forms.ModelForm):
    """What a finding asks for."""

    class Meta:
        model = Remedy
        fields = ("what", "responsible", "deadline")
        widgets = {"what": forms.Textarea(attrs=SHORT), "deadline": DayInput()}
        help_texts = {"responsible": _("Name and post.")}


class RemedyEvidenceForm(EvidenceForm):
    """One file the subject brings."""


class HandInForm(forms.Form):
    """What was done, in words."""

    reason = forms.CharField(label=_("What was done"), required=False, widget=forms.Textarea(attrs=SHORT))


class SendBackForm(forms.Form):
    """What is missing."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs=SHORT))


class AcceptForm(forms.Form):
    """Accepting needs nothing but the hand."""


def fresh_uuid() -> dict[str, uuid.UUID]:
    """Return what a form of evidence begins with."""
    return {"uuid": uuid.uuid4()}
