"""Asking for a second inspection of a business in a year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.forms.choices import AgencyField, agencies_for
from inspections.models import Subject
from lms.base.dates import today

SHORT = {"rows": 3}


class SecondForm(forms.Form):
    """Signs of violation, reason and evidence: what NQ 198/2025/QH15 Điều 4 asks of a second inspection."""

    lead = AgencyField(label=_("Lead agency"))
    identifier = forms.CharField(label=_("Tax code or identification number"), max_length=40)
    field = forms.CharField(label=_("Field"), max_length=200, help_text=_("As the decision will name it."))
    year = forms.IntegerField(label=_("Year of the decision"), min_value=2021, max_value=2100)
    signs = forms.CharField(label=_("Clear signs of violation"), widget=forms.Textarea(attrs=SHORT))
    reason = forms.CharField(
        label=_("Reason of the second inspection in a year"), widget=forms.Textarea(attrs=SHORT)
    )
    evidence = forms.FileField(
        label=_("Evidence"),
        help_text=_("Photo, PDF or MP4 video, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf,video/mp4"}),
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leads = agencies_for(by, "inspections.sign")
        self.fields["lead"].queryset = leads  # type: ignore[attr-defined]
        if leads.count() == 1:
            self.fields["lead"].initial = leads.first()
        self.fields["year"].initial = today().year

    def clean_identifier(self) -> str:
        """Refuse a number the register does not hold."""
        number = str(self.cleaned_data["identifier"]).strip()
        if not Subject.objects.filter(identifier=number).exists():
            raise forms.ValidationError(_("The register of inspected parties holds no such number."))
        return number

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        facts = dict(self.cleaned_data)
        facts["subject"] = Subject.objects.get(identifier=facts.pop("identifier"))
        return facts
