"""Forms of allauth in our words."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _

from lms.people.models import Person
from lms.people.sign_in.used_codes import take_code


class SignInForm(LoginForm):
    """E-mail or personal number, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail or personal number")
        self.fields["login"].widget.attrs["placeholder"] = ""
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].widget.attrs["placeholder"] = ""
        self.fields["password"].help_text = ""  # the page has its own link

    def clean_login(self) -> str:
        """Take the number of a merged duplicate as the kept record's."""
        login = super().clean_login()
        alias = Person.objects.filter(code=login).exclude(merged_into=None).first()
        return alias.canonical.code if alias else login


class RegisterKeyForm(AddWebAuthnForm):
    """The name of a new security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")


class RenameKeyForm(EditWebAuthnForm):
    """Another name for a security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")


class _CodeOnce(BaseAuthenticateForm):
    """A code of an app that was right opens once, as long as it would be right."""

    def clean_code(self) -> str:
        code: str = super().clean_code()
        found = self.authenticator
        if found.type == Authenticator.Type.TOTP and not take_code(found, code):
            self._emit_authentication_failed(found)
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_CodeOnce, AuthenticateForm):
    """The second factor at the door."""


class CodeAgainForm(_CodeOnce, ReauthenticateForm):
    """The second factor once more, before something grave."""
