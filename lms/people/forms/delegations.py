"""Forms for delegating a role."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.base.dates import today
from lms.people.delegation import Delegation
from lms.people.forms.roles import AgencyCodeField, PersonField
from lms.people.models import Grant


class DelegationForm(forms.Form):
    """Which of one's own roles, to whom, for how long and why."""

    grant = forms.ChoiceField(label=gettext_lazy("Role"))
    person = PersonField(label=gettext_lazy("To whom: e-mail or personal number"), max_length=254)
    agency = AgencyCodeField(
        label=gettext_lazy("Only at agency (code)"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Empty: everywhere the role reaches."),
    )
    valid_from = forms.DateField(
        label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    valid_to = forms.DateField(
        label=gettext_lazy("No longer from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("For example the number of the written delegation and why you are away."),
    )

    def __init__(self, *args: Any, own: list[Grant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = {str(grant.pk): grant for grant in own}
        self.fields["grant"].choices = [(key, _named(grant)) for key, grant in self.own.items()]  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = today()

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        data = super().clean() or {}
        if data.get("valid_to") and data.get("valid_from") and data["valid_to"] <= data["valid_from"]:
            raise ValidationError({"valid_to": _("The end must come after the start.")})
        return data

    @property
    def asked(self) -> Delegation:
        """What is asked for; the form must be valid."""
        data = self.cleaned_data
        return Delegation(
            grant=self.own[data["grant"]],
            to=data["person"],
            agency=data["agency"],
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
        )


def _named(grant: Any) -> str:
    return f"{grant.role_name} · {grant.place}"
