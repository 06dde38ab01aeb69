"""The form by which authors bring an .h5p file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from courses.h5p.models import Content


class UploadForm(WagtailAdminModelForm):
    """An .h5p file; its title and type come from the file itself."""

    file = forms.FileField(
        label=_("H5P file"),
        widget=forms.FileInput(attrs={"accept": ".h5p"}),
        help_text=_(
            "A file ending in .h5p, made in any H5P editor with the libraries approved here. "
            "A new file replaces the activity everywhere it is used; learners then begin it anew."
        ),
    )

    class Meta:
        model = Content
        fields: list[str] = []

    def clean_file(self) -> Any:
        """Ask for the right ending; everything else is checked when the package is read."""
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(".h5p"):
            raise forms.ValidationError(_("Choose a file whose name ends in .h5p."))
        return file
