"""What an officer says of two alike records."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.models import Person


class PairForm(forms.Form):
    """Which of two records is kept, or that they are two people; with a reason."""

    APART = "apart"

    decision = forms.ChoiceField(label=_("What are they?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It is kept in the audit log."),
    )

    def __init__(self, *args: Any, pair: tuple[Person, Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep = _("One person: keep %(code)s, the other record leads to it")
        self.fields["decision"].choices = [  # type: ignore[attr-defined]
            *((str(person.pk), keep % {"code": person.masked_code}) for person in pair),
            (self.APART, _("Two different people")),
        ]
