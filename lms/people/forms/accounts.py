"""Forms about accounts."""

from __future__ import annotations

from typing import Any

from allauth.account.fields import PasswordField, SetPasswordField
from django import forms
from django.contrib.auth import authenticate, password_validation
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.models import Invitation, InvitationRun
from lms.people.sign_in.invitations import open_invitation


class FirstSignInForm(forms.Form):
    """Number and first code (not asked where a link has shown them), and a password of one's own."""

    number = forms.CharField(
        label=gettext_lazy("Personal number or e-mail"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    code = forms.CharField(
        label=gettext_lazy("Code from the letter"),
        max_length=40,
        help_text=gettext_lazy("Sixteen letters and digits; small letters and missing dashes do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
    password1 = SetPasswordField(label=gettext_lazy("New password"))
    password2 = PasswordField(label=gettext_lazy("New password once more"), autocomplete="new-password")

    def __init__(
        self, *args: Any, request: HttpRequest, invitation: Invitation | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.invitation = request, invitation
        if invitation:
            del self.fields["number"], self.fields["code"]
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def clean(self) -> dict[str, Any]:
        """Ask the door who is meant, then whether the password is taken."""
        data = super().clean() or {}
        if self.invitation is None and not self.errors:
            self.invitation = self._invitation(data["number"], data["code"])
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ: type the same one twice."))
        if first and self.invitation:
            try:
                password_validation.validate_password(first, self.invitation.person)
            except ValidationError as error:
                self.add_error("password1", error)
        return data

    def _invitation(self, number: str, code: str) -> Invitation | None:
        person = authenticate(self.request, username=number.strip(), invitation_secret=code)
        if person is None:
            raise ValidationError(
                _(
                    "This number and code open no account: the code may be mistyped, used already, replaced by a newer"
                    " one, or older than 14 days. Ask your agency's HR officer for a new code."
                )
            )
        return open_invitation(person, code)


class InviteForm(forms.Form):
    """For which unit, and how the codes reach its staff."""

    unit = forms.TypedChoiceField(label=gettext_lazy("Unit"), coerce=int)
    way = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=[
            (InvitationRun.Way.LETTER, gettext_lazy("letters on paper, one page a person (PDF)")),
            (InvitationRun.Way.EMAIL, gettext_lazy("e-mail with a link, to those who have an address")),
        ],
        widget=forms.RadioSelect,
        initial=InvitationRun.Way.LETTER,
    )

    def __init__(self, *args: Any, units: list[tuple[int, str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(pk, f"{name} ({count})") for pk, name, count in units]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why something is done to somebody's account."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class LostFactorForm(ReasonForm):
    """Who has lost every second factor, and why one believes it is they who ask."""

    who = forms.CharField(label=gettext_lazy("E-mail or personal number"), max_length=254)
    field_order = ["who", "reason"]

    def __init__(self, *args: Any, people: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_who(self) -> Any:
        """Find the one person meant among those one may help."""
        named = self.cleaned_data["who"].strip()
        found = list(self.people.filter(Q(code=named) | Q(email__iexact=named)).distinct()[:2])
        if len(found) != 1:
            raise ValidationError(
                _("Nobody you may help has this e-mail or number.")
                if not found
                else _("Several people have this e-mail: use the personal number.")
            )
        return found[0]
