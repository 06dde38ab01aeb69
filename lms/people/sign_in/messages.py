"""Messages about accounts, in Vietnamese: they leave from jobs, where nobody's language is known; the first in English too."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from lms.people.models import Invitation, Person

# Keyed by the names allauth gives its own messages.
NOTICES = {
    "password_changed": gettext_lazy("The password of your account was changed."),
    "password_set": gettext_lazy("The password of your account was set."),
    "password_reset": gettext_lazy("The password of your account was reset by a link."),
    "totp_activated": gettext_lazy("An authenticator app was added to your account."),
    "totp_deactivated": gettext_lazy("The authenticator app was taken off your account."),
    "webauthn_added": gettext_lazy("A security key was added to your account."),
    "webauthn_removed": gettext_lazy("A security key was taken off your account."),
    "recovery_codes_generated": gettext_lazy("New recovery codes were made for your account."),
    "factors_taken_off": gettext_lazy("An officer took the second factors off your account at your request."),
}


def send_invitation(invitation: Invitation, code: str) -> None:
    """Send the link with which a person opens their account."""
    person = invitation.person
    path = reverse("first-sign-in-link", kwargs={"key": invitation.key, "code": code})
    words = {
        "name": person.full_name,
        "site": settings.WAGTAIL_SITE_NAME,
        "link": settings.SITE_URL.rstrip("/") + path,
        "until": f"{timezone.localtime(invitation.expires_at):%d/%m/%Y}",
    }
    with override("vi"):
        subject, vietnamese = _("Open your account"), _invitation(words)
    with override("en"):
        english = _invitation(words)
    # Which language a newcomer reads is not known before the first sign-in.
    _send(person, subject, f"{vietnamese}\n\n----\n\n{english}")


def _invitation(words: dict[str, str]) -> str:
    return (
        _(
            "Dear %(name)s,\n\nyour account on %(site)s has been made from the staff list. Open it with this link and"
            " choose a password:\n\n%(link)s\n\nThe link works once, until %(until)s. Give it to nobody. If it no longer"
            " works, ask your agency's HR officer for a new one."
        )
        % words
    )


def send_notice_mail(person: Person, what: str, at: datetime) -> None:
    """Tell the owner that something about the account has changed."""
    with override("vi"):
        words = {
            "name": person.full_name,
            "what": NOTICES.get(what, _("Something about your account was changed.")),
            "at": f"{timezone.localtime(at):%d/%m/%Y %H:%M}",
            "page": settings.SITE_URL.rstrip("/") + reverse("mfa_index"),
        }
        _send(
            person,
            _("A change of your account"),
            _(
                "Dear %(name)s,\n\n%(what)s (%(at)s)\n\nIf this was not you, change the password at once, sign out everywhere"
                " and tell your agency's HR officer:\n\n%(page)s"
            )
            % words,
        )


def _send(person: Person, subject: str, body: str) -> None:
    send_mail(f"{settings.WAGTAIL_SITE_NAME}: {subject}", body, settings.DEFAULT_FROM_EMAIL, [person.email])
