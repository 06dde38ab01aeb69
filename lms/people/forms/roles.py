"""Forms about people and their roles."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.base.dates import today
from lms.people.models import Person
from lms.people.organisation import code_bearer
from lms.people.roles import ROLES


class PersonField(forms.CharField):
    """A person, named by e-mail or personal number."""

    def clean(self, value: Any) -> Any:
        """Find the one person meant."""
        named = super().clean(value).strip()
        if not named:
            return None
        found = list(Person.objects.kept().filter(Q(code=named) | Q(email__iexact=named))[:2])
        if len(found) != 1:
            raise ValidationError(
                _("Nobody has this e-mail or number.")
                if not found
                else _("Several people have this e-mail: use the personal number.")
            )
        return found[0]


class AgencyCodeField(forms.CharField):
    """An agency of today, named by its code."""

    def clean(self, value: Any) -> Any:
        """Find who bears the code today."""
        code = super().clean(value).strip()
        if not code:
            return None
        agency = code_bearer(code, today())
        if agency is None:
            raise ValidationError(_("No agency bears this code today."))
        return agency


class GrantForm(forms.Form):
    """Who gets which role, where and from when."""

    person = PersonField(label=gettext_lazy("E-mail or personal number"), max_length=254)
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=lambda: [(role.code, role.name) for role in ROLES.values()]
    )
    agency = AgencyCodeField(
        label=gettext_lazy("Agency code"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("The role reaches this agency and all below it. Empty: the whole province."),
    )
    valid_from = forms.DateField(label=gettext_lazy("From"), initial=today)
    valid_to = forms.DateField(
        label=gettext_lazy("No longer from"), required=False, help_text=gettext_lazy("Empty: until ended.")
    )

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        data = super().clean() or {}
        if data.get("valid_to") and data.get("valid_from") and data["valid_to"] <= data["valid_from"]:
            self.add_error("valid_to", _("The end must come after the start."))
        return data


class EndGrantForm(forms.Form):
    """Why a role ends."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
