"""Signing in: by e-mail or personal number, staff only."""

import json
from pathlib import Path
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class StaffAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: staff come from the HR import."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse."""
        return False


class SignInForm(LoginForm):
    """E-mail or personal number, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail or personal number")
        self.fields["login"].widget.attrs["placeholder"] = ""
        self.fields["password"].widget.attrs["placeholder"] = ""
        self.fields["password"].help_text = ""  # the page has its own link


def demonstration_accounts() -> list[dict[str, str]]:
    """Return the invented accounts to show on the sign-in page; none outside the demonstration."""
    listed = Path(settings.VAR_DIR) / "demonstration" / "accounts.json"
    if not settings.DEMONSTRATION or not listed.exists():
        return []
    accounts: list[dict[str, str]] = json.loads(listed.read_text(encoding="utf-8"))
    return accounts
