"""Word templates, and the pictures of signatures and seals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.documents.templates import TEMPLATES
from inspections.forms.choices import AgencyField, agencies_for
from inspections.models import InspectionKind
from inspections.words import PaperType
from lms.base.documents.signatures import SEAL_DIAMETER

PICTURE = forms.FileInput(attrs={"accept": "image/png,image/jpeg"})


class WordTemplateForm(forms.Form):
    """A template for one document of an agency."""

    agency = AgencyField(label=_("Agency"), help_text=_("Agencies below it use the template, too."))
    type = forms.ChoiceField(label=_("Document"))
    kind = forms.ModelChoiceField(
        label=_("Kind of inspection"),
        queryset=InspectionKind.objects.order_by("pk"),
        required=False,
        empty_label=_("all kinds"),
    )
    file = forms.FileField(
        label=_("Template (.docx)"),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        help_text=_("With the fields listed below in double braces, and {{ body }} on a line of its own."),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies_for(person, "system.run")  # type: ignore[attr-defined]
        self.fields["type"].choices = [  # type: ignore[attr-defined]
            (code, PaperType(code).label) for code in TEMPLATES
        ]


class OwnSignatureForm(forms.Form):
    """The picture of one's own signature."""

    file = forms.FileField(
        label=_("Picture of your signature"),
        widget=PICTURE,
        help_text=_("PNG or JPEG, dark on white or transparent. It is printed in blue without its ground."),
    )


class SealForm(forms.Form):
    """The picture of an agency's seal."""

    agency = AgencyField(label=_("Agency"))
    diameter_mm = forms.IntegerField(
        label=_("Diameter (mm)"),
        min_value=20,
        max_value=50,
        initial=int(SEAL_DIAMETER),
        help_text=_("The seal is printed in its real size, over a third of the signature to its left."),
    )
    file = forms.FileField(
        label=_("Picture of the seal"),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text=_("PNG or JPEG. It is printed in red without its ground."),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies_for(person, "inspections.register")  # type: ignore[attr-defined]
