"""Confirming that a person is made nameless."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.base.vietnamese import fold
from lms.people.models import Person


class ErasureForm(forms.Form):
    """The name once more and the reason: it cannot be undone."""

    name = forms.CharField(
        label=gettext_lazy("Type the person's name"),
        max_length=200,
        help_text=gettext_lazy("So that nobody is erased by a slip."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)

    def __init__(self, *args: object, person: Person, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.person = person

    def clean_name(self) -> str:
        """Compare with the person's name, accents ignored."""
        name: str = self.cleaned_data["name"]
        if fold(name) != self.person.name_folded:
            raise ValidationError(_("This is not the name of the person."))
        return name
