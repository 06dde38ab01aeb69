"""The search box of the directory."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.words import looks_like_number

SHORTEST_ENDING = 3


class DirectorySearchForm(forms.Form):
    """What somebody looks for. It is posted: a number typed here must not reach an address."""

    q = forms.CharField(
        label=gettext_lazy("Name or number"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("With or without accents; or a personal number, or its last digits."),
    )
    agency = forms.CharField(label=gettext_lazy("Agency (name or code)"), required=False, max_length=100)
    position = forms.CharField(label=gettext_lazy("Position"), required=False, max_length=100)

    def clean_q(self) -> str:
        """Ask for enough of a number to mean somebody."""
        text: str = self.cleaned_data["q"].strip()
        if looks_like_number(text) and len("".join(text.split())) < SHORTEST_ENDING:
            raise ValidationError(_("Type at least the last three digits of the number."))
        return text

    def clean_agency(self) -> str:
        """Refuse what is a personal number."""
        return _no_number(self.cleaned_data["agency"])

    def clean_position(self) -> str:
        """Refuse what is a personal number."""
        return _no_number(self.cleaned_data["position"])


def _no_number(text: str) -> str:
    # A personal number has twelve digits and a former identity card nine; agencies' codes are shorter.
    if sum(character.isdigit() for character in text) >= 9:
        raise ValidationError(_("A personal number belongs into the first box."))
    return text.strip()
