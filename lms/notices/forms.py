"""How one wants to be reached."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PreferenceForm(forms.Form):
    """By e-mail beside the page, or not."""

    by_email = forms.BooleanField(label=_("Send my messages by e-mail, too"), required=False)
