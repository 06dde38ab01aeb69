"""Uploading a checklist."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.models import ChecklistTemplate

XLSX = ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(forms.Form):
    """A new version of a checklist, or the first of a new one."""

    template = forms.ModelChoiceField(
        label=_("Checklist"),
        queryset=ChecklistTemplate.objects.all(),
        required=False,
        empty_label=_("A new checklist"),
    )
    code = forms.SlugField(
        label=_("Code of the new checklist"),
        max_length=60,
        required=False,
        help_text=_("Small letters without marks and hyphens, e.g. an-toan-thuc-pham."),
    )
    name = forms.CharField(label=_("Name of the new checklist"), max_length=200, required=False)
    field = forms.CharField(label=_("Field"), max_length=200, required=False)
    sheet = forms.FileField(
        label=_("XLSForm (XLSX)"),
        widget=forms.FileInput(attrs={"accept": XLSX}),
        help_text=_("A new version never touches sheets already begun on an older one."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for code and name of a new checklist."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("template") is None:
            for name in ("code", "name"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("A new checklist needs its code and name."))
            if ChecklistTemplate.objects.filter(code=data.get("code") or "").exists():
                self.add_error("code", _("There is already a checklist with this code: choose it above."))
        return data
