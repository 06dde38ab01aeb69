"""A signature drawn on the screen, or typed."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SignatureForm(forms.Form):
    """What was drawn in the box, or the name typed instead, under the words that were shown."""

    shown = forms.CharField(max_length=64, widget=forms.HiddenInput)
    strokes = forms.CharField(
        label=_("Signature"),
        required=False,
        max_length=200_000,
        widget=forms.HiddenInput(attrs={"data-strokes": ""}),
    )
    typed = forms.CharField(
        label=_("Or type the full name"),
        required=False,
        max_length=200,
        help_text=_(
            "For whoever cannot draw: the typed name counts as the signature and is printed as such."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_strokes(self) -> Any:
        """Return the strokes as they were sent; what is no list is no signature."""
        try:
            return json.loads(self.cleaned_data["strokes"] or "null")
        except ValueError:
            return None
